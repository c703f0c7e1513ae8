"""F1 and ?: the keys, and where to read more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from coach.ui.i18n import tr
from coach.ui.widgets.button import Button, Kind
from coach.ui.widgets.dialog import DialogBase
from coach.ui.widgets.keycap import draw_keycap, keycap_size, native_key
from coach.ui.widgets.page import ColumnScroll
from coach.ui.widgets.paint import painter_for
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QShowEvent

    from coach.ui.theme.look import Look


class KeyCap(QWidget):
    """One key cap on its own."""

    def __init__(self, look: Look, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._label = native_key(keys)
        self.setAccessibleName(self._label)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return keycap_size(self._look, self._label)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        draw_keycap(painter, self._look, self._label, QRectF(self.rect()), self._look.theme.ink2)
        painter.end()


class KeysDialog(DialogBase):
    """All keys, by place."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, tr("Keys"), parent, width=480)
        scroll = ColumnScroll()
        scroll.set_padding(0, 0)
        scroll.column.setSpacing(6)
        every = [keys for _, rows in key_list() for keys, _ in rows]
        self._widest = max(keycap_size(look, native_key(keys)).width() for keys in every)
        for title, rows in key_list():
            heading = Text(look, title, "strong")
            scroll.column.addWidget(heading)
            scroll.column.addLayout(self._rows(look, rows))
            scroll.column.addSpacing(12)
        scroll.column.addStretch(1)
        self.body.addWidget(scroll)
        window = parent.window().size() if parent else QSize(960, 640)
        scroll.setMinimumHeight(min(look.px(560), window.height() - 220))
        self.close_button = Button(look, tr("Close"), Kind.PRIMARY, key="Esc")
        self.close_button.clicked.connect(self.accept)
        self.buttons.addWidget(self.close_button)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rows(self, look: Look, rows: tuple[tuple[str, str], ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, self._widest)
        for index, (keys, words) in enumerate(rows):
            grid.addWidget(KeyCap(look, keys), index, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Text(look, words, "small", "ink2", wrap=True), index, 1)
        return grid


def key_list() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Where, and which keys do what."""
    return (
        (
            tr("Everywhere"),
            (
                ("Ctrl+1", tr("Today")),
                ("Ctrl+2", tr("Progress")),
                ("Ctrl+3", tr("Exercises")),
                ("Ctrl+4", tr("Reminders")),
                ("Ctrl+,", tr("Settings")),
                ("Ctrl+F", tr("Search the exercises")),
                ("Ctrl+Z", tr("Undo what the message at the bottom says")),
                ("F1", tr("This list, also with ?")),
            ),
        ),
        (tr("Today"), (("Enter", tr("Start")),)),
        (
            tr("Session"),
            (
                ("Space", tr("Pause or go on; so does any other key")),
                ("Right", tr("Skip")),
                ("Left", tr("Back")),
                ("H", tr("It hurts")),
                ("V", tr("Voice on or off")),
                ("F", tr("Full screen")),
                ("+", tr("5 seconds more on a hold, minus for 5 less")),
                ("Esc", tr("End, after a question")),
            ),
        ),
        (
            tr("A chart"),
            (
                ("Left", tr("The day before, with Ctrl the week before; Right for later")),
                ("Home", tr("The first day, End for the last")),
                ("+", tr("Fewer days, minus for more, 0 for all")),
                ("Alt+Left", tr("Earlier days, with Right later ones")),
            ),
        ),
        (
            tr("Pain check-in"),
            (
                ("Up", tr("Another area, with the arrows")),
                ("L", tr("Left, C for centre, R for right")),
                ("0", tr("0 to 9; 1 then 0 for 10")),
                ("Del", tr("Clear")),
                ("N", tr("No change")),
                ("Ctrl+Return", tr("Save")),
            ),
        ),
    )
