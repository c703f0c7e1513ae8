"""Parts of the library: facets with counts, cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coach.ui.i18n import tr
from coach.ui.widgets.figures import Still, StillView
from coach.ui.widgets.paint import painter_for, rounded, start_x
from coach.ui.widgets.text import Text
from coach.ui.widgets.toggle import Check
from coach.ui.words import join_words

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from coach.ui.pages.exercises_state import Entry
    from coach.ui.theme.look import Look
    from coach.ui.widgets.figures import Gallery


class FacetGroup(QWidget):
    """A heading and one tick box for each value, with how many exercises it would show."""

    changed = Signal()

    def __init__(self, look: Look, title: str) -> None:
        super().__init__()
        self._look = look
        self._rows: dict[str, tuple[Check, Text]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._column.addWidget(Text(look, title, "small_strong"))
        self.setAccessibleName(title)

    @property
    def chosen(self) -> frozenset[str]:
        """The ticked values."""
        return frozenset(value for value, (check, _) in self._rows.items() if check.isChecked())

    def check(self, value: str) -> Check:
        """The tick box of a value."""
        return self._rows[value][0]

    def set_counts(self, counts: dict[str, int]) -> None:
        """Show these values; a tick stays where it was."""
        for value, count in counts.items():
            if value not in self._rows:
                self._add(value)
            check, number = self._rows[value]
            number.set_text(str(count))
            words = value[:1].upper() + value[1:]
            check.setAccessibleName(tr("{value}, {count}", value=words, count=count))

    def clear(self) -> None:
        """Take every tick away, without a signal."""
        for check, _ in self._rows.values():
            blocked = check.blockSignals(True)  # noqa: FBT003 - Qt's signature
            check.setChecked(False)
            check.blockSignals(blocked)

    def _add(self, value: str) -> None:
        check = Check(self._look, value[:1].upper() + value[1:])
        check.toggled.connect(lambda _: self.changed.emit())
        number = Text(self._look, "", "small", "ink3", tabular=True)
        row = QHBoxLayout()
        row.addWidget(check, 1)
        row.addWidget(number)
        self._column.addLayout(row)
        self._rows[value] = (check, number)


class LevelDots(QWidget):
    """One dot for each level, filled up to the person's."""

    def __init__(self, look: Look, level: int, levels: int) -> None:
        super().__init__()
        self._look = look
        self._level, self._levels = level, levels
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(tr("Level {level} of {levels}", level=level, levels=levels))
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(10) * self._levels, self._look.px(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        theme, pitch, size = self._look.theme, self._look.px(10), self._look.px(7)
        for index in range(self._levels):
            on = index < self._level
            painter.setPen(QPen(QColor(theme.accent if on else theme.ctl), 1.0))
            painter.setBrush(QColor(theme.accent) if on else Qt.BrushStyle.NoBrush)
            left = start_x(self, index * pitch + (pitch - size), size)
            painter.drawEllipse(QRectF(left + 0.5, (self.height() - size) / 2 + 0.5, size - 1, size - 1))
        painter.end()


class ExerciseCard(QAbstractButton):
    """An option card: picture, name, what it trains and needs, level."""

    opened = Signal(str)

    def __init__(self, look: Look, gallery: Gallery, entry: Entry, person: int) -> None:
        super().__init__()
        self._look = look
        self.entry = entry
        self.person = person
        exercise, level = entry.exercise, entry.level
        areas = join_words(exercise.areas)
        facts = f"{areas[:1].upper()}{areas[1:]} · {join_words(level.equipment)}"
        words = tr("level {level} of {levels}", level=entry.level_no, levels=len(exercise.levels))
        self.setText(exercise.title)
        self.setAccessibleName(f"{exercise.title}, {facts}, {words}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 14)
        column.setSpacing(0)
        still = Still(exercise.id, level.pose, exercise.poses[level.pose], person)
        self.picture = StillView(look, gallery, still, size=QSize(240, 168), radius=15, top_only=True)
        column.addWidget(self.picture)
        text = QVBoxLayout()
        text.setContentsMargins(16, 13, 16, 0)
        text.setSpacing(1)
        text.addWidget(Text(look, exercise.title, "strong", wrap=True))
        line = QHBoxLayout()
        line.addWidget(Text(look, facts, "small", "ink3", wrap=True), 1)
        line.addWidget(LevelDots(look, entry.level_no, len(exercise.levels)), 0, Qt.AlignmentFlag.AlignVCenter)
        text.addLayout(line)
        column.addLayout(text)
        column.addStretch(1)
        self.clicked.connect(lambda: self.opened.emit(self.entry.exercise.id))
        look.changed.connect(self._fit)
        self._fit()

    def shows(self, entry: Entry) -> bool:
        """Whether this card says all there is to say about an entry."""
        return self.entry.exercise is entry.exercise and self.entry.level_no == entry.level_no

    def ring_radius(self) -> float:
        """Corner, for the focus ring."""
        return 16

    def sizeHint(self) -> QSize:
        layout = self.layout()
        if layout is None:
            return super().sizeHint()
        # No more than it must have: the grid gives all tiles the same.
        return QSize(layout.minimumSize().width(), layout.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = painter_for(self)
        fill = theme.sunken if self.underMouse() else theme.surface
        rounded(painter, QRectF(self.rect()), 16, fill, theme.ctl if self.underMouse() else theme.line, 1.0)
        painter.end()

    def _fit(self) -> None:
        self.picture.setFixedHeight(168 if self._look.percent <= 150 else 240)
