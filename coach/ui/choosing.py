"""Files and folders as the desktop lets people choose them. Nothing waits: the answer arrives later, or never."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog

from coach.ui.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Kind:
    """What is chosen: `words` name it, `suffixes` are its endings without a dot; none means any file."""

    words: str
    suffixes: tuple[str, ...] = ()

    @property
    def filter(self) -> str:
        """In Qt's way of writing it."""
        return f"{self.words} ({' '.join(f'*.{suffix}' for suffix in self.suffixes) or '*'})"


class Chooser(Protocol):
    """Asks for a place on disk, and calls `then` with it; not at all when the person thinks better of it."""

    def open_file(self, parent: QWidget, title: str, kind: Kind, then: Callable[[Path], None]) -> None:
        """A file that exists."""
        ...

    def open_folder(self, parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
        """A folder that exists."""
        ...

    def save_file(self, parent: QWidget, title: str, name: str, kind: Kind, then: Callable[[Path], None]) -> None:
        """A file to be written; `name` is proposed."""
        ...


class NativeChooser:
    """The desktop's own dialogs, as windows of ours that nothing waits for."""

    def open_file(self, parent: QWidget, title: str, kind: Kind, then: Callable[[Path], None]) -> None:
        """A file that exists."""
        dialog = _dialog(parent, title, then)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(kind.filter)
        dialog.open()

    def open_folder(self, parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
        """A folder that exists."""
        _folder_dialog(parent, title, then).open()

    def save_file(self, parent: QWidget, title: str, name: str, kind: Kind, then: Callable[[Path], None]) -> None:
        """A file to be written; `name` is proposed."""
        dialog = _dialog(parent, title, then)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(kind.filter)
        if kind.suffixes:
            dialog.setDefaultSuffix(kind.suffixes[0])
        dialog.selectFile(name)
        dialog.open()


def _folder_dialog(parent: QWidget, title: str, then: Callable[[Path], None]) -> QFileDialog:
    dialog = _dialog(parent, title, then)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return dialog


def _dialog(parent: QWidget, title: str, then: Callable[[Path], None]) -> QFileDialog:
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, title, place if Path(place).is_dir() else str(Path.home()))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    return dialog


def ask_for_folder(parent: QWidget, chosen: Callable[[Path], None], not_chosen: Callable[[], None]) -> None:
    """Ask for a folder that exists; exactly one of the two is called, later."""
    dialog = _folder_dialog(parent, tr("Choose a folder"), chosen)
    dialog.rejected.connect(not_chosen)
    dialog.open()
