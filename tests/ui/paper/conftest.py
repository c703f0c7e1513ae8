"""Where the fonts and themes of the paper are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.conftest import ASSETS

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


@pytest.fixture
def assets(qapp: QApplication) -> Path:
    """The shipped ones; with a running application, without which nothing can be painted."""
    return ASSETS
