"""The check-in as a list: one row for each region, one cell for each side. One tab stop; arrows move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGridLayout, QRadioButton, QSizePolicy, QWidget

from coach.domain.pain import Area, BodySide, band
from coach.ui.i18n import tr
from coach.ui.pages.checkin_model import ALL_AREAS, REGIONS, sides_of
from coach.ui.widgets.card import Hairline
from coach.ui.widgets.paint import painter_for, rounded
from coach.ui.widgets.text import Text
from coach.ui.words import area_word, band_word, body_side_word, region_word

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent

    from coach.ui.pages.checkin_model import CheckIn
    from coach.ui.theme.look import Look

_COLUMNS = {BodySide.LEFT: 1, BodySide.CENTRE: 2, BodySide.RIGHT: 3}
_PICKS = {Qt.FocusReason.MouseFocusReason, Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
_COLORS = {BodySide.LEFT: "left", BodySide.CENTRE: "ink2", BodySide.RIGHT: "right"}


class AreaCell(QRadioButton):
    """One side of one region: its number, or a dash while there is no answer."""

    def __init__(self, look: Look, model: CheckIn, area: Area) -> None:
        super().__init__()
        self._look = look
        self._model = model
        self.area = area
        self.setAutoExclusive(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def ring_radius(self) -> float:
        """Corner, for the focus ring."""
        return self._look.px(7)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(58), self._look.line("strong") + 8)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def nextCheckState(self) -> None:
        self._model.select(self.area)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # Opening the page, or coming back to the window, puts the focus here too and picks nothing.
        if event.reason() in _PICKS:
            self._model.select(self.area)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # the page knows the keys of the check-in

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = painter_for(self)
        nrs = self._model.answer(self.area)
        rect = QRectF(self.rect())
        radius = self.ring_radius()
        hover = theme.sunken if self.underMouse() else None
        rounded(painter, rect, radius, hover if nrs is None else theme.pain.fills[nrs], theme.ctl, 1.0)
        if self.area == self._model.current:
            rounded(painter, rect, radius, None, theme.ink, 3.0)
        painter.setFont(self._look.font("strong", tabular=True))
        painter.setPen(QColor(theme.ink3 if nrs is None else theme.pain.digits(nrs)))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "–" if nrs is None else str(nrs))
        painter.end()


class AreaList(QWidget):
    """All regions, from the back down. Left stays left, also in right-to-left languages."""

    def __init__(self, look: Look, model: CheckIn) -> None:
        super().__init__()
        self._look = look
        self._model = model
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAccessibleName(tr("Areas"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self._names: dict[str, Text] = {}
        self.cells: dict[Area, AreaCell] = {}
        self._build_head()
        for row, region in enumerate(REGIONS):
            self._grid.addWidget(Hairline(look), 2 * row + 1, 0, 1, 4)
            name = Text(look, region_word(region), "medium", wrap=True)
            self._names[region] = name
            self._grid.addWidget(name, 2 * row + 2, 0)
            for side in sides_of(region):
                cell = AreaCell(look, model, Area(region, side))
                self.cells[cell.area] = cell
                self._grid.addWidget(cell, 2 * row + 2, _COLUMNS[side])
        model.changed.connect(self.refresh)
        self.refresh()

    @property
    def first(self) -> Area:
        """The area that carries the keyboard focus while none is asked about."""
        return ALL_AREAS[0]

    def refresh(self) -> None:
        """Follow the model: names, bold rows, and the one tab stop."""
        current = self._model.current or self.first
        answered = {area.region for area, _ in self._model.answers} | {area.region for area in self._model.active}
        for region, name in self._names.items():
            name.set_style(role="strong" if region in answered else "medium")
        for area, cell in self.cells.items():
            cell.setAccessibleName(said(self._model, area))
            cell.setChecked(area == self._model.current)
            stop = Qt.FocusPolicy.StrongFocus if area == current else Qt.FocusPolicy.ClickFocus
            cell.setFocusPolicy(stop)
            cell.update()
        focus = self.focusWidget()
        if isinstance(focus, AreaCell) and focus.hasFocus() and focus.area != current:
            self.cells[current].setFocus(Qt.FocusReason.TabFocusReason)
        self.setFocusProxy(self.cells[current])

    def _build_head(self) -> None:
        self._grid.addWidget(Text(self._look, tr("Area"), "small_strong", "ink3"), 0, 0)
        for side, column in _COLUMNS.items():
            color = _COLORS[side]
            words = body_side_word(side)
            head = Text(self._look, words, "small_strong", color, align=Qt.AlignmentFlag.AlignHCenter)
            self._grid.addWidget(head, 0, column)


def said(model: CheckIn, area: Area) -> str:
    """`Heel or sole, right: 3 of 10, mild`."""
    nrs = model.answer(area)
    if nrs is None:
        return tr("{area}: no answer", area=area_word(area))
    word = band_word(band(nrs)).lower()
    return tr("{area}: {number} of 10, {word}", area=area_word(area), number=nrs, word=word)
