"""Figures that a run has measured, told at its end: one line each, and as JSON in the file that `--figures` names.

They travel as properties of the test's report, so that it does not matter which process has run the test.
"""

from __future__ import annotations

import json
import os
import resource
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

FIGURE = "figure"
SOAK = os.environ.get("COACH_SOAK") == "1"
"""Whether this is the long version."""


def amount(short: int, long: int) -> int:
    """How often something is tried."""
    return long if SOAK else short


def cpu_s() -> float:
    """Seconds of CPU that this process and its children that have ended have used so far."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(part.ru_utime + part.ru_stime for part in used)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where to keep the figures."""
    parser.addoption("--figures", type=Path, metavar="FILE", help="write the measured figures to FILE as JSON")


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Tell a figure: a sentence, and its numbers by name. The test's seconds of CPU so far are added.

    `cpu_s` may name what processes have used that have not ended yet.
    """
    begun = cpu_s()

    def tell(text: str, **numbers: float) -> None:
        numbers["cpu_s"] = round(numbers.get("cpu_s", 0.0) + cpu_s() - begun, 2)
        told = {"test": request.node.nodeid, "text": text, **numbers}
        request.node.user_properties.append((FIGURE, told))

    return tell


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print them, and write them down where that was asked for."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    calls = [report for report in reports if report.when == "call"]
    found: list[dict[str, Any]] = [
        dict(value) for report in calls for name, value in report.user_properties if name == FIGURE
    ]
    if found:
        terminalreporter.section("figures")
    for told in sorted(found, key=lambda told: told["test"]):
        terminalreporter.write_line(f"{told['text']} ({told['cpu_s']:.1f} s of CPU)")
    target: Path | None = config.getoption("--figures")
    if target is not None:
        target.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
