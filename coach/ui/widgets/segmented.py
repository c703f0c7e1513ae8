"""A choice of two to five short words side by side; stacked where there is no room. One tab stop, arrows choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainterPath
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from coach.ui.widgets.paint import painter_for, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QResizeEvent

    from coach.ui.theme.look import Look

HEIGHT, PAD, RADIUS = 38, 15, 10
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}

V = TypeVar("V")


class _Segment(QRadioButton):
    """One word. Its group paints it."""

    def __init__(self, group: SegmentedBase, index: int, text: str) -> None:
        super().__init__(text, group)
        self._group = group
        self._index = index
        self.setAutoExclusive(False)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def ring_radius(self) -> float:
        """Corner, for the focus ring."""
        return RADIUS

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def nextCheckState(self) -> None:
        self._group.choose_index(self._index)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._group.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._group.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            step = -_STEPS[key] if self.isRightToLeft() else _STEPS[key]
            self._group.step(step)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        return


class SegmentedBase(QWidget):
    """The part that does not care what is chosen."""

    chosen = Signal(object)

    def __init__(self, look: Look, name: str, labels: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._index = -1
        self._segments = [_Segment(self, i, label) for i, label in enumerate(labels)]
        self.setAccessibleName(name)
        for segment in self._segments:
            segment.setAccessibleDescription(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._show_index(0)
        look.changed.connect(self._refresh)

    def segment(self, index: int) -> QRadioButton:
        """One of the choices, for tests."""
        return self._segments[index]

    def choose_index(self, index: int) -> None:
        """Choose as a click does."""
        if index != self._index:
            self._show_index(index)
            self.chosen.emit(self._value_at(index))

    def choose_none(self) -> None:
        """Show that nothing is chosen, without a signal: a question that nobody has answered yet."""
        self._show_index(-1)

    def step(self, step: int) -> None:
        """Choose the neighbour and go there."""
        index = min(len(self._segments) - 1, max(0, self._index + step))
        self.choose_index(index)
        self._segments[index].setFocus(Qt.FocusReason.TabFocusReason)

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()), self._line())

    def minimumSizeHint(self) -> QSize:
        return QSize(max(self._widths()), self._line())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._line() * (1 if width >= sum(self._widths()) else len(self._segments))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = painter_for(self)
        box = QRectF(self._box())
        rounded(painter, box, RADIUS, theme.surface)
        outline = QPainterPath()
        outline.addRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)
        painter.setClipPath(outline)
        for i, segment in enumerate(self._segments):
            self._paint_segment(painter, i, segment)
        painter.setClipping(False)
        rounded(painter, box, RADIUS, None, theme.ctl, 1.25)
        painter.end()

    def _paint_segment(self, painter: QPainter, index: int, segment: QRadioButton) -> None:
        theme = self._look.theme
        rect = segment.geometry()
        on = index == self._index
        if on or segment.underMouse():
            painter.fillRect(rect, QColor(theme.soft if on else theme.sunken))
        if index:
            below = segment.y() > self._segments[0].y()
            edge = QRect(rect.x(), rect.y(), rect.width(), 1) if below else QRect(rect.x(), rect.y(), 1, rect.height())
            painter.fillRect(edge, QColor(theme.line))
        painter.setFont(self._look.font("small_strong" if on else "small_medium"))
        painter.setPen(QColor(theme.on_soft if on else theme.ink2))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, segment.text())

    def _value_at(self, index: int) -> object:
        return index

    def _show_index(self, index: int) -> None:
        self._index = index
        stop = max(0, index)
        for i, segment in enumerate(self._segments):
            segment.setChecked(i == index)
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if i == stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self._segments[stop])
        self.update()

    def _widths(self) -> list[int]:
        metrics = QFontMetrics(self._look.font("small_strong"))
        pad = self._look.px(PAD)
        return [metrics.horizontalAdvance(s.text()) + 2 * pad for s in self._segments]

    def _line(self) -> int:
        return self._look.line("small") + HEIGHT - 20

    def _box(self) -> QRect:
        width = min(self.width(), sum(self._widths()))
        left = self.width() - width if self.isRightToLeft() else 0
        return QRect(left, 0, width, self.heightForWidth(self.width()))

    def _place(self) -> None:
        widths, line, box = self._widths(), self._line(), self._box()
        if self.width() >= sum(widths):
            x = box.x()
            order = list(zip(self._segments, widths, strict=True))
            for segment, width in reversed(order) if self.isRightToLeft() else order:
                segment.setGeometry(x, 0, width, line)
                x += width
        else:
            for i, segment in enumerate(self._segments):
                segment.setGeometry(box.x(), i * line, box.width(), line)
        self.update()

    def _refresh(self) -> None:
        self.updateGeometry()
        self._place()


class Segmented(SegmentedBase, Generic[V]):
    """A choice between values. `chosen` carries the value."""

    def __init__(
        self,
        look: Look,
        name: str,
        options: Sequence[tuple[V, str]],
        value: V | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._values = [v for v, _ in options]
        super().__init__(look, name, [label for _, label in options], parent)
        if value is not None:
            self.set_value(value)

    @property
    def value(self) -> V:
        """What is chosen."""
        return self._values[self._index]

    @property
    def answer(self) -> V | None:
        """What is chosen, None after `choose_none`."""
        return self._values[self._index] if self._index >= 0 else None

    def set_value(self, value: V) -> None:
        """Show a choice, without a signal; ValueError for one that is not offered."""
        self._show_index(self._values.index(value))

    def _value_at(self, index: int) -> object:
        return self._values[index]
