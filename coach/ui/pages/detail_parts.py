"""Parts of an exercise's page: the level table, numbered steps, lists with marks, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from coach.domain.exercise import Sides, Tag
from coach.ui.i18n import tr
from coach.ui.widgets.banner import Icon
from coach.ui.widgets.button import Button, Kind
from coach.ui.widgets.card import Card
from coach.ui.widgets.dialog import DialogBase
from coach.ui.widgets.page import ColumnScroll
from coach.ui.widgets.paint import painter_for, rounded
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QSize
    from PySide6.QtGui import QPaintEvent

    from coach.domain.exercise import Exercise, Level, Source, Step
    from coach.ui.theme.look import Look


def level_dose(level: Level) -> str:
    """`2–3 × 10–15` or `2 × 15–20 s`."""
    if level.reps is not None:
        return f"{level.sets} × {level.reps}"
    return tr("{sets} × {hold} s", sets=level.sets, hold=level.hold_s)


def sides_word(sides: Sides) -> str:
    """`both` or `each`."""
    return tr("both") if sides is Sides.BOTH else tr("each")


class LevelRow(QRadioButton):
    """One level: number, name, dose, sides. Stacks its parts where there is little room."""

    def __init__(self, look: Look, level: Level) -> None:
        super().__init__()
        self._look = look
        self.level = level
        dose, sides = level_dose(level), sides_word(level.sides)
        self.setText(level.name)
        self.setAccessibleName(
            tr("Level {number}, {name}, {dose}, {sides}", number=level.level, name=level.name, dose=dose, sides=sides)
        )
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(14)
        self._number = Text(look, str(level.level), "small", tabular=True)
        self._name = Text(look, level.name, "small", wrap=True)
        self._dose = Text(look, dose, "small", tabular=True)
        self._sides = Text(look, sides, "small")
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(4)
        self._parts.addWidget(self._name, 1)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(12)
        self._figures.addWidget(self._dose)
        self._figures.addWidget(self._sides)
        self._parts.addLayout(self._figures)
        row.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._parts, 1)
        self.toggled.connect(self._dress)
        look.changed.connect(self._dress)
        self._dress()

    def ring_radius(self) -> float:
        """Corner, for the focus ring."""
        return 8

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        fill = theme.soft if self.isChecked() else theme.sunken if self.underMouse() else None
        painter = painter_for(self)
        rounded(painter, QRectF(self.rect()), 8, fill)
        painter.end()

    def _dress(self) -> None:
        on = self.isChecked()
        for part in (self._number, self._name, self._dose, self._sides):
            part.set_style("small_strong" if on else "small", "on_soft" if on else "ink")
        down = self._look.percent > 130
        self._parts.setDirection(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)
        self._figures.setAlignment(Qt.AlignmentFlag.AlignLeading if down else Qt.AlignmentFlag.AlignTrailing)
        self._sides.setMinimumWidth(0 if down else self._look.px(34))


class LevelTable(QWidget):
    """All levels as one choice. `picked` carries the level number."""

    picked = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.rows: list[LevelRow] = []
        self.setAccessibleName(tr("Levels"))

    def show_levels(self, levels: Sequence[Level], chosen: int) -> None:
        """Show these levels, one of them chosen."""
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for level in levels:
            row = LevelRow(self._look, level)
            row.setChecked(level.level == chosen)
            row.toggled.connect(lambda on, number=level.level: self.picked.emit(number) if on else None)
            self._column.addWidget(row)
            self.rows.append(row)


class _Number(QLabel):
    """The number of a step in its box."""

    def __init__(self, look: Look, number: int) -> None:
        super().__init__(str(number))
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._fit)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        rounded(painter, QRectF(self.rect()), 8, self._look.theme.sunken)
        painter.setFont(self._look.font("small_strong"))
        painter.setPen(QColor(self._look.theme.ink))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()

    def _fit(self) -> None:
        self.setFixedSize(self._look.px(26), self._look.px(26))


def step_row(look: Look, number: int, step: Step) -> QHBoxLayout:
    """A numbered step with its seconds."""
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(_Number(look, number), 0, Qt.AlignmentFlag.AlignTop)
    words = tr("{step} ({seconds} s)", step=step.text, seconds=step.seconds) if step.seconds else step.text
    row.addWidget(Text(look, words, "body", wrap=True), 1)
    return row


def marked_row(look: Look, icon: str, color: str, words: str, size: int = 16) -> QHBoxLayout:
    """A line of a list with its mark."""
    row = QHBoxLayout()
    row.setSpacing(10)
    mark = QVBoxLayout()
    mark.setContentsMargins(0, 2, 0, 0)
    mark.addWidget(Icon(look, icon, color, size))
    mark.addStretch(1)
    row.addLayout(mark)
    row.addWidget(Text(look, words, "small", wrap=True), 1)
    return row


def list_card(look: Look, title: str, icon: str, color: str, lines: Sequence[str]) -> Card:
    """A small card with a heading and marked lines."""
    card = Card(look, pad=18, gap=5)
    card.column.addWidget(Text(look, title, "strong"))
    for line in lines:
        card.column.addLayout(marked_row(look, icon, color, line))
    card.column.addStretch(1)
    return card


def tag_word(tag: Tag) -> str:
    """How well a figure is founded, in words."""
    return {
        Tag.VERIFIED: tr("checked in the source"),
        Tag.KNOWN: tr("known, not checked again"),
        Tag.PRODUCT: tr("our own choice"),
    }[tag]


def kind_word(kind: str) -> str:
    """The kind of a source with a capital letter."""
    return kind[:1].upper() + kind[1:]


class SourcesDialog(DialogBase):
    """Every source: what it is, where, what it gives, and how well we know."""

    def __init__(self, look: Look, exercise: Exercise, parent: QWidget | None = None) -> None:
        super().__init__(look, tr("Where the doses of {title} come from", title=exercise.title), parent, width=560)
        scroll = ColumnScroll()
        scroll.set_padding(0, 0)
        scroll.column.setSpacing(16)
        for source in exercise.sources:
            scroll.column.addLayout(self._source(look, source))
        scroll.column.addStretch(1)
        scroll.setMinimumHeight(min(look.px(240), 340))
        self.body.addWidget(scroll)
        close = Button(look, tr("Close"), Kind.PRIMARY, key="Esc")
        close.clicked.connect(self.accept)
        self.buttons.addWidget(close)

    def _source(self, look: Look, source: Source) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(Text(look, source.gives, "body", wrap=True))
        column.addWidget(Text(look, source.reference, "small", "ink2", wrap=True))
        kind = tr("{kind}, {tag}", kind=kind_word(source.kind), tag=tag_word(source.tag))
        column.addWidget(Text(look, kind if source.tag is not Tag.PRODUCT else kind_word(source.kind), "small", "ink3"))
        return column
