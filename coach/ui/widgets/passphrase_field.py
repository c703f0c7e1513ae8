"""A field for a passphrase: its letters are hidden until they are asked for, and never kept, completed or copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from coach.ui.i18n import tr
from coach.ui.widgets.button import Button
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from coach.ui.theme.look import Look

LONGEST = 1024
_STACKED_FROM = 150
_HINTS = (
    Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
    | Qt.InputMethodHint.ImhHiddenText
)


class PassphraseField(QWidget):
    """A name, the field, and a button that shows what is typed. Enter is left to the page or the dialog."""

    changed = Signal()

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        label = Text(look, name, "small_strong", wrap=True)
        whole.addWidget(label)
        self.edit = QLineEdit()
        self.edit.setAccessibleName(name)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setInputMethodHints(_HINTS)
        self.edit.setMaxLength(LONGEST)
        self.edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.edit.textChanged.connect(lambda _text: self.changed.emit())
        label.setBuddy(self.edit)
        self.reveal = Button(look, tr("Show"), name=tr("Show the passphrase"))
        self.reveal.setCheckable(True)
        self.reveal.setAutoDefault(False)
        self.reveal.toggled.connect(self._reveal)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(8)
        self._row.addWidget(self.edit, 1)
        self._row.addWidget(self.reveal, 0, Qt.AlignmentFlag.AlignLeading)
        whole.addLayout(self._row)
        self.setFocusProxy(self.edit)
        look.changed.connect(self._arrange)
        self._arrange()

    def take(self) -> str:
        """What was typed."""
        return self.edit.text()

    def clear(self) -> None:
        """Empty it, hide it again, and be ready for another try."""
        self.edit.clear()
        self.reveal.setChecked(False)

    def _reveal(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        mode = QLineEdit.EchoMode
        self.edit.setEchoMode(mode.Normal if on else mode.Password)
        self.reveal.setText(tr("Hide") if on else tr("Show"))
        self.reveal.setAccessibleName(tr("Hide the passphrase") if on else tr("Show the passphrase"))
        self.reveal.updateGeometry()

    def _arrange(self) -> None:
        large = self._look.percent > _STACKED_FROM
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if large else direction.LeftToRight)
        self.edit.setFont(self._look.font("body"))
        self.updateGeometry()
