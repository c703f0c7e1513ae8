"""One reminder in the list: its time, what for, its days, whether it is on; what it opens is its editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coach.ui.i18n import tr
from coach.ui.reminder_words import lead_of, next_text, note_of, title_of
from coach.ui.widgets.day_picker import DayPicker
from coach.ui.widgets.paint import painter_for, rounded
from coach.ui.widgets.text import Text
from coach.ui.widgets.toggle import Toggle

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from coach.domain.reminders.rule import Reminder
    from coach.ui.pages.reminders_state import RemindersState
    from coach.ui.theme.look import Look

_LEAD = 96


class _Open(QAbstractButton):
    """Time and name; opens the editor below."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 8, 6, 8)
        row.setSpacing(12)
        self.lead = Text(look, "", "title", tabular=True, wrap=True)
        row.addWidget(self.lead)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title = Text(look, "", "strong", wrap=True)
        self.note = Text(look, "", "small", "ink2", wrap=True)
        self.upcoming = Text(look, "", "small", "ink3", wrap=True)
        for text in (self.title, self.note, self.upcoming):
            words.addWidget(text)
        row.addLayout(words, 1)
        look.changed.connect(self._fit)
        self._fit()

    def ring_radius(self) -> float:
        """Corner, for the focus ring."""
        return 10

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout is not None else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        folds = event.key() == Qt.Key.Key_Escape and self.isChecked()
        if folds or event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.underMouse() or self.isChecked():
            painter = painter_for(self)
            rounded(painter, QRectF(self.rect()), 10, self._look.theme.sunken)
            painter.end()

    def _fit(self) -> None:
        self.lead.setFixedWidth(self._look.px(_LEAD))
        self.updateGeometry()


class ReminderRow(QWidget):
    """`opened` asks for the editor, `changed` carries the reminder with other days, `switched` on or off."""

    opened = Signal(object)
    days_chosen = Signal(object, object)
    switched = Signal(object, bool)

    def __init__(self, look: Look, rule: Reminder) -> None:
        super().__init__()
        self._look = look
        self.key = rule.id
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(16)
        self.open = _Open(look)
        self.open.clicked.connect(lambda _on=False: self.opened.emit(self.key))
        self._line.addWidget(self.open, 1)
        end = QWidget()
        self._end = QHBoxLayout(end)
        self._end.setContentsMargins(6, 4, 0, 4)
        self._end.setSpacing(14)
        self.days = DayPicker(look, tr("Days"))
        self.days.chosen.connect(lambda days: self.days_chosen.emit(self.key, days))
        self._end.addWidget(self.days)
        self._end.addStretch(1)
        self.toggle = Toggle(look)
        self.toggle.toggled.connect(lambda on: self.switched.emit(self.key, on))
        self._end.addWidget(self.toggle)
        self._line.addWidget(end)
        whole.addLayout(self._line)
        self.below = QVBoxLayout()
        whole.addLayout(self.below)

    def render_rule(self, rule: Reminder, state: RemindersState) -> None:
        """Show a reminder."""
        title = title_of(rule, state.routines)
        words = self.open
        words.lead.set_text(lead_of(rule))
        words.title.set_text(title)
        words.note.set_text(note_of(rule, state.routines))
        coming = state.next_of(rule.id)
        then = ""
        if coming is not None:
            then = tr("Next: {when}", when=next_text(coming, state.now))
        words.upcoming.set_text(then)
        words.note.setVisible(bool(words.note.text()))
        words.upcoming.setVisible(bool(then))
        struck = state.locked or not rule.on
        words.lead.set_style(color="ink3" if struck else "ink")
        words.title.set_style(color="ink3" if struck else "ink")
        self.days.set_days(rule.weekdays)
        self.days.setEnabled(rule.on)
        blocked = self.toggle.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.toggle.setChecked(rule.on)
        self.toggle.blockSignals(blocked)
        self.toggle.setAccessibleName(tr("{title}, on or off", title=title))
        spoken = ", ".join(filter(None, (lead_of(rule), title, words.note.text(), then)))
        words.setAccessibleName(spoken)
        words.setAccessibleDescription(tr("Opens its settings"))

    def set_narrow(self, *, narrow: bool) -> None:
        """Days and switch below the words."""
        down = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._line.setDirection(down)
        self._line.setSpacing(0 if narrow else 16)
