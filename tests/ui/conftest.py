"""One look for all widget tests, set back before each of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coach.domain.preferences import Preferences, ThemeChoice
from coach.ui.theme.look import Look
from coach.ui.widgets.figures import Gallery

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

ASSETS = Path(__file__).resolve().parent.parent.parent / "assets"
PLAIN = Preferences(theme=ThemeChoice.LIGHT)


@pytest.fixture(scope="session")
def one_look(qapp: QApplication) -> Look:
    """Fonts are loaded once for the whole run."""
    return Look(ASSETS)


@pytest.fixture
def look(one_look: Look) -> Iterator[Look]:
    """Light, 100 %, motion as the system has it."""
    one_look.apply(PLAIN)
    yield one_look
    one_look.set_system_reduced_motion(reduced=False)
    one_look.apply(PLAIN)


@pytest.fixture
def gallery(qapp: QApplication) -> Iterator[Gallery]:
    """Draws nothing unless a test flushes it."""
    drawn = Gallery()
    yield drawn
    drawn.stop()
