"""The frame of a page: a scrolling column that never scrolls sideways, a title row, an optional pinned bottom bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QScrollBar,
    QVBoxLayout,
    QWidget,
)

from coach.ui.room import CONTENT_MAX, Room, room_for
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

    from coach.ui.theme.look import Look


WIDE = 16_777_215
"""Qt's largest size: no limit."""


class Page(QWidget):
    """One page of the window. Subclasses fill `column` and follow `arrange`."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.room = room_for(1280, 800, look.percent)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.area = ColumnScroll()
        whole.addWidget(self.area, 1)
        self.column = self.area.column
        self.pinned = _BottomBar(look)
        whole.addWidget(self.pinned)
        self.pinned.hide()
        self.area.bar.rangeChanged.connect(self._line_up)

    def set_room(self, room: Room) -> None:
        """Fit the page to a window; called before it is shown and whenever the window or the text size changes."""
        self.room = room
        self.area.set_padding(room.padding, 32 if room.padding >= 40 else 24)
        self.arrange(room)

    def arrange(self, room: Room) -> None:
        """Put columns side by side or below each other."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._line_up()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.area.turn(event)

    def _line_up(self) -> None:
        # The pinned action stands exactly under the column.
        margins = self.column.contentsMargins()
        bar = self.area.bar
        end = bar.width() if bar.maximum() > bar.minimum() else 0
        left, right = margins.left(), margins.right() + end
        if self.isRightToLeft():
            left, right = margins.left() + end, margins.right()
        self.pinned.row.setContentsMargins(left, 12, right, 12)

    def entered(self) -> None:
        """The page has just been opened."""

    def pin(self, widget: QWidget, *, pinned: bool, home: QBoxLayout, at: int = -1) -> None:
        """Keep the main action at the bottom edge while the window is low, else at its place in `home`."""
        target: QBoxLayout = self.pinned.row if pinned else home
        if target.indexOf(widget) < 0:
            if pinned:
                target.addWidget(widget)
            else:
                target.insertWidget(at, widget)
        self.pinned.setVisible(pinned)
        widget.show()


class ColumnScroll(QScrollArea):
    """A column of at most `CONTENT_MAX` px in the middle, scrolled up and down only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Asking Qt for parts it made itself wakes up every widget class there is, 15 ms of the first paint; so these
        # are ours.
        self._port = QWidget()
        self.setViewport(self._port)
        self.bar = QScrollBar(Qt.Orientation.Vertical)
        self.setVerticalScrollBar(self.bar)
        self._padding = (40, 32)
        inner = QWidget()
        inner.setObjectName("column")
        self.column = QVBoxLayout(inner)
        self.column.setSpacing(20)
        self.setWidget(inner)

    def set_padding(self, sides: int, ends: int) -> None:
        """Space around the column in px."""
        self._padding = (sides, ends)
        self._center()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # arrows mean something on some pages, so whoever holds the column is asked first

    def turn(self, event: QKeyEvent) -> None:
        """Scroll by a key that nobody else wants: arrows, Page Up and Down."""
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._center()

    def _center(self) -> None:
        sides, ends = self._padding
        spare = max(0, (self._port.width() - 2 * sides - CONTENT_MAX) // 2)
        self.column.setContentsMargins(sides + spare, ends, sides + spare, ends)


class _BottomBar(QWidget):
    """Holds the pinned action over a hairline."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("pinned")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(24, 12, 24, 12)
        self.row.setSpacing(12)
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._look.theme.bg))
        painter.fillRect(QRectF(0, 0, self.width(), 1), QColor(self._look.theme.line))
        painter.end()


class TitleRow(QWidget):
    """Title with a small line over or under it; what stands at its end moves below when there is no room."""

    def __init__(self, look: Look, title: str = "", under: str = "", over: str = "") -> None:
        super().__init__()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.over = Text(look, over, "small_medium", "ink3", wrap=True)
        self.title = Text(look, title, "h1", wrap=True)
        self.under = Text(look, under, "body", "ink2", wrap=True)
        for text in (self.over, self.title, self.under):
            words.addWidget(text)
        self._row.addLayout(words, 1)
        # Not before they belong to this row: a widget by itself would be shown as a window of its own.
        for text in (self.over, self.title, self.under):
            text.setVisible(bool(text.text()))
        self.end = QHBoxLayout()
        self.end.setSpacing(8)
        self._row.addLayout(self.end)

    def set_words(self, title: str, under: str = "", over: str = "") -> None:
        """Other words; empty lines take no room."""
        for text, words in ((self.over, over), (self.title, title), (self.under, under)):
            text.set_text(words)
            text.setVisible(bool(words))

    def set_columns(self, columns: int) -> None:
        """Beside each other, or the end below."""
        sideways = columns > 1
        direction = QBoxLayout.Direction.LeftToRight if sideways else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(direction)
        self.end.setAlignment(Qt.AlignmentFlag.AlignVCenter if sideways else Qt.AlignmentFlag.AlignLeading)


class Columns(QWidget):
    """Two columns in reading order that become one."""

    def __init__(self, shares: tuple[int, int] = (632, 336), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(20)
        self._shares = shares
        self._holders: list[QWidget] = []
        self.left, self.right = (self._add(share) for share in shares)

    def show_left(self, *, shown: bool) -> None:
        """Leave the first column out, or bring it back."""
        self._holders[0].setVisible(shown)

    def show_right(self, *, shown: bool) -> None:
        """The same for the second."""
        self._holders[1].setVisible(shown)

    def _add(self, share: int) -> QVBoxLayout:
        holder = _Share()
        self._holders.append(holder)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        self._row.addWidget(holder, share)
        return column

    def set_columns(self, columns: int, gap: int = 20, down: int | None = None) -> None:
        """One or two columns, `gap` px apart; `down` px between the cards of a column if that differs."""
        self._row.setSpacing(gap)
        self.left.setSpacing(gap if down is None else down)
        self.right.setSpacing(gap if down is None else down)
        two = columns > 1
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if two else QBoxLayout.Direction.TopToBottom)
        for index, share in enumerate(self._shares):
            self._row.setStretch(index, share if two else 0)


_MOST_COLUMNS = 6


class TileGrid(QWidget):
    """Equal tiles in as many columns as asked for. A tile should ask for no more width than it must have."""

    def __init__(self, gap: tuple[int, int] = (16, 16), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(gap[0])
        self._grid.setVerticalSpacing(gap[1])
        self._tiles: list[QWidget] = []
        self._columns = 3
        self._gaps = [QWidget(self) for _ in range(_MOST_COLUMNS)]

    @property
    def tiles(self) -> tuple[QWidget, ...]:
        """What is shown, in order."""
        return tuple(self._tiles)

    def set_tiles(self, tiles: Sequence[QWidget]) -> None:
        """Show these; tiles that are not among them any more are deleted."""
        for tile in self._tiles:
            self._grid.removeWidget(tile)
            if tile not in tiles:
                tile.hide()
                tile.deleteLater()
        self._tiles = list(tiles)
        self._fill()

    def set_columns(self, columns: int) -> None:
        """Break the rows anew."""
        if columns != self._columns:
            self._columns = columns
            self._fill()

    def _fill(self) -> None:
        for tile in (*self._tiles, *self._gaps):
            self._grid.removeWidget(tile)
        for column in range(_MOST_COLUMNS):
            self._grid.setColumnStretch(column, int(column < self._columns))
        shown = [tile for tile in self._tiles if not tile.property("left_out")]
        for index, tile in enumerate(shown):
            self._grid.addWidget(tile, index // self._columns, index % self._columns)
        for index in range(len(shown), self._columns):
            # A lone tile keeps the width it has among others.
            self._grid.addWidget(self._gaps[index], 0, index)


class _Share(QWidget):
    """A column that asks for no more width than it must have, so that the shares alone divide the rest."""

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), super().sizeHint().height())


def clear_layout(layout: QBoxLayout) -> None:
    """Remove and delete everything a layout holds."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            break
        widget = item.widget()
        inner = item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QBoxLayout):
            clear_layout(inner)
