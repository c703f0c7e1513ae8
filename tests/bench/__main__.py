"""Prints every speed budget beside its floor, measured in the same run.

./dev bench [--quick] [--json FILE] [PART ...]

Floors: an empty PySide6 window, a copy of the frame's pixels, a bare interpreter, a raw commit of SQLite. The exit code
is 1 when a budget is exceeded or a part could not be measured. Close other programs first: a busy machine makes every
figure worse, its floor included; where the floor alone is over the budget, the row says `busy`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import figure_frame, phases, progress, report, resident, session_cost, start_up, storage

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.report import Row

PARTS: dict[str, Callable[[bool], list[Row]]] = {
    "start": start_up.measure,
    "figure": figure_frame.budget,
    "session": session_cost.measure,
    "phases": phases.measure,
    "storage": storage.measure,
    "progress": progress.measure,
    "core": start_up.measure_core,
    "resident": resident.measure,
}


def main() -> int:
    """Measure the parts asked for, print the table, write the JSON."""
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__.split("\n\n")[0])
    parser.add_argument(
        "parts", nargs="*", choices=[*PARTS, []], metavar="PART", help=f"{', '.join(PARTS)}; all if none"
    )
    parser.add_argument("--quick", action="store_true", help="fewer runs; good for a look, not for a record")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    arguments = parser.parse_args()
    rows: list[Row] = []
    failed: list[str] = []
    for name in arguments.parts or PARTS:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        try:
            rows += PARTS[name](arguments.quick)
        except Exception:  # noqa: BLE001 - one part that breaks must not hide the others' figures
            traceback.print_exc()
            failed.append(name)
    print(report.table(rows))
    for name in failed:
        print(f"{name}: could not be measured, see above")
    if arguments.json:
        data = {"machine": machine(), "quick": arguments.quick, "rows": [row.data() for row in rows], "failed": failed}
        arguments.json.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    return 1 if failed or any(row.verdict == "OVER" for row in rows) else 0


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
    }


if __name__ == "__main__":
    sys.exit(main())
