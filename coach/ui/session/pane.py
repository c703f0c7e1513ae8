"""What all painted parts of the session screen share: a style, a value to show, a name for screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from coach.ui.session.style import Style

V = TypeVar("V")


class Pane(QLabel, Generic[V]):
    """A label that paints its value itself. Screen readers and tests read its text, which stays a sentence."""

    def __init__(self, style: Style, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.style_now = style
        self.value: V | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def restyle(self, style: Style) -> None:
        """Another size or another look."""
        self.style_now = style
        self.update()

    def show_value(self, value: V) -> None:
        """Show something else; nothing is painted where nothing changed."""
        before, self.value = self.value, value
        if before != value:
            self.tell(self.words(value))
            self.repaint_change(before, value)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)  # its size follows from what it paints, not from its sentence

    def repaint_change(self, before: V | None, now: V) -> None:
        """Ask for what has to be painted anew."""
        self.update()

    def words(self, value: V) -> str:
        """The value as a sentence."""
        raise NotImplementedError

    def tell(self, words: str) -> None:
        """Hand the sentence to screen readers, once."""
        if words != self.text():
            self.setText(words)
