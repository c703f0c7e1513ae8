"""A desk for every journey: a folder of its own, one look for all, the window closed in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coach.desktop.paths import resources
from coach.domain.preferences import Preferences
from coach.ui.theme.look import Look
from tests.journeys import hands
from tests.journeys.desk import Desk
from tests.journeys.reminded import Reminded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from tests.fakes import FakeClock


@pytest.fixture(scope="session")
def journey_look(qapp: QApplication) -> Look:
    """Fonts are loaded once for all journeys."""
    return Look(resources() / "assets")


@pytest.fixture
def desk(tmp_path: Path, journey_look: Look, clock: FakeClock, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """A computer with an empty folder. With `@pytest.mark.parametrize("desk", ["thread"], indirect=True)` its worker is
    the real thread."""
    made = Desk(tmp_path / "person", journey_look, clock, threaded=getattr(request, "param", "") == "thread")
    yield made
    made.close()
    journey_look.apply(Preferences())


@pytest.fixture
def practised(desk: Desk) -> Desk:
    """The same of someone who has accepted the safety notice and works in a window."""
    desk.settings(safety_accepted="2026-11-01T08:00:00+00:00", full_screen=False)
    return desk


@pytest.fixture
def guided(practised: Desk) -> Desk:
    """The same in the first second of today's routine; nothing hurts."""
    practised.open()
    hands.press("Enter")
    hands.click("Nothing hurts")
    assert practised.guiding
    return practised


@pytest.fixture
def reminded(practised: Desk) -> Iterator[Reminded]:
    """A person with a desktop that rings, at noon."""
    made = Reminded(practised)
    made.open()
    yield made
    practised.desktop = None
