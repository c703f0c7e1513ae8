"""The sidebar: logo, the pages, settings at its foot; a rail of icons where words have no room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from coach.ui.i18n import tr
from coach.ui.room import rail_width, sidebar_width
from coach.ui.widgets.keycap import native_key
from coach.ui.widgets.paint import painter_for, rounded, start_x

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from coach.ui.theme.look import Look

_INDENT = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the sidebar; `key` is its shortcut such as `Ctrl+1`, `foot` puts it at the bottom."""

    id: str
    title: str
    icon: str
    key: str
    foot: bool = False


class Logo(QWidget):
    """The arch mark: the inner arch of a foot seen from the side, with the product's name unless in the rail."""

    def __init__(self, look: Look, *, bare: bool = False, indent: int = _INDENT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._bare = bare
        self._indent = indent
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)
        look.changed.connect(self.update)

    def set_bare(self, *, bare: bool) -> None:
        """Without the name."""
        self._bare = bare
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(26 if self._bare else 140), self._look.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        mark = self._look.px(26)
        left = (self.width() - mark) / 2 if self._bare else start_x(self, self._indent, mark)
        paint_arch(painter, QRectF(left, (self.height() - mark) / 2, mark, mark), self._look.theme.accent)
        if not self._bare:
            painter.setFont(self._look.font("h3", 600))
            painter.setPen(QColor(self._look.theme.ink))
            begin = self._indent + mark + self._look.px(9)
            area = QRectF(0 if self.isRightToLeft() else begin, 0, self.width() - begin, self.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, tr("Foot Coach"))
        painter.end()


def paint_arch(painter: QPainter, rect: QRectF, color: str) -> None:
    """The mark in a square: one stroke that rises steeply over the heel and runs out to the toes."""
    unit = rect.width() / 26
    path = QPainterPath(QPointF(2.2, 21.0))
    path.cubicTo(QPointF(3.0, 13.5), QPointF(6.4, 5.0), QPointF(11.4, 5.0))
    path.cubicTo(QPointF(17.0, 5.0), QPointF(17.4, 19.6), QPointF(23.8, 20.6))
    painter.save()
    painter.translate(rect.topLeft())
    painter.scale(unit, unit)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(color), 3.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPath(path)
    painter.restore()


class _Item(QAbstractButton):
    """A row of the sidebar. Each is a tab stop of its own; what is open is told by `Sidebar.select`."""

    chosen = Signal(str)

    def __init__(self, look: Look, entry: Entry) -> None:
        super().__init__()
        self._look = look
        self.entry = entry
        self._rail = False
        self.setText(entry.title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard to the page that it opens
        self.setAccessibleName(entry.title)
        self.setAccessibleDescription(native_key(entry.key))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)
        look.changed.connect(self.update)

    def set_rail(self, *, rail: bool) -> None:
        """Icon only; the words become a tool tip."""
        self._rail = rail
        self.setToolTip(f"{self.entry.title}  {native_key(self.entry.key)}" if rail else "")
        self.update()

    def ring_radius(self) -> float:
        """Corner, for the focus ring."""
        return 10

    def nextCheckState(self) -> None:
        self.chosen.emit(self.entry.id)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(40), self._look.line("medium") + 18)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = painter_for(self)
        on = self.isChecked()
        if on or self.underMouse():
            rounded(painter, QRectF(self.rect()), 10, theme.soft if on else theme.sunken)
        color = theme.on_soft if on else theme.ink2
        size = self._look.px(20)
        pad = (self.width() - size) / 2 if self._rail else 12
        icon = self._look.icon(self.entry.icon, size, color, self.devicePixelRatioF())
        painter.drawPixmap(round(start_x(self, pad, size)), round((self.height() - size) / 2), icon)
        if not self._rail:
            painter.setFont(self._look.font("medium", 600 if on else 500))
            painter.setPen(QColor(color))
            begin = pad + size + 12
            area = QRectF(0 if self.isRightToLeft() else begin, 0, self.width() - begin, self.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, self.text())
        painter.end()


class Sidebar(QWidget):
    """Emits `chosen` with the id of a page."""

    chosen = Signal(str)

    def __init__(self, look: Look, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(tr("Pages"))
        self._logo = Logo(look)
        self._items: dict[str, _Item] = {}
        self._column = QVBoxLayout(self)
        self._column.setSpacing(2)
        self._column.addWidget(self._logo)
        self._column.addSpacing(24)
        for entry in (*(e for e in entries if not e.foot), None, *(e for e in entries if e.foot)):
            if entry is None:
                self._column.addStretch(1)
                continue
            item = _Item(look, entry)
            item.chosen.connect(self.chosen)
            self._items[entry.id] = item
            self._column.addWidget(item)
        self.set_rail(rail=False)
        look.changed.connect(self.update)

    def item(self, page: str) -> QAbstractButton:
        """The row of a page."""
        return self._items[page]

    def select(self, page: str) -> None:
        """Mark the page that is shown."""
        for name, item in self._items.items():
            item.setChecked(name == page)

    def set_rail(self, *, rail: bool) -> None:
        """Words, or icons alone."""
        percent = self._look.percent
        self.setFixedWidth(rail_width(percent) if rail else sidebar_width(percent))
        side = 10 if rail else 16
        self._column.setContentsMargins(side, 26, side + 1, 20)
        self._logo.set_bare(bare=rail)
        for item in self._items.values():
            item.set_rail(rail=rail)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        x = 0 if self.isRightToLeft() else self.width() - 1
        painter.setPen(QColor(self._look.theme.line))
        painter.drawLine(x, 0, x, self.height() - 1)
        painter.end()
