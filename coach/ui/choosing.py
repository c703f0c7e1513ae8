"""Asking for a place on the disk with the system's own dialog, without a nested event loop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from coach.ui.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


def ask_for_folder(parent: QWidget, chosen: Callable[[Path], None], not_chosen: Callable[[], None]) -> None:
    """Ask for a folder that exists; exactly one of the two is called, later."""
    dialog = QFileDialog(parent, tr("Choose a folder"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.rejected.connect(not_chosen)
    dialog.open()
