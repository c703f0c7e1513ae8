"""The desktop's own dialogs for files and folders: nothing waits for them, and the answer arrives later or never."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from coach.ui.choosing import Kind, NativeChooser
from tests.ui.pages.seeing import settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

KIND = Kind("JSON files", ("json",))
MODES = {
    "file": QFileDialog.FileMode.ExistingFile,
    "folder": QFileDialog.FileMode.Directory,
    "save": QFileDialog.FileMode.AnyFile,
}


@pytest.mark.parametrize("what", MODES)
def test_what_is_chosen_comes_later(qtbot: QtBot, what: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    chosen: list[Path] = []
    chooser = NativeChooser()
    match what:
        case "file":
            chooser.open_file(window, "Choose", KIND, chosen.append)
        case "folder":
            chooser.open_folder(window, "Choose", chosen.append)
        case _:
            chooser.save_file(window, "Choose", "mine.json", KIND, chosen.append)
    (dialog,) = window.findChildren(QFileDialog)
    assert chosen == []
    assert dialog.fileMode() is MODES[what]
    if what == "save":
        assert Path(dialog.selectedFiles()[0]).name == "mine.json"
        assert dialog.defaultSuffix() == "json"
    dialog.fileSelected.emit("/stick/mine.json")
    assert chosen == [Path("/stick/mine.json")]
    dialog.reject()
    settle()


def test_a_kind_in_the_words_of_qt() -> None:
    assert KIND.filter == "JSON files (*.json)"
    assert Kind("Anything").filter == "Anything (*)"
