"""Pickers for values: drop-down list, volume slider, stepper."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QSlider, QWidget

from coach.ui.widgets.button import Button
from coach.ui.widgets.paint import painter_for, rounded, start_x
from coach.ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent

    from coach.ui.theme.look import Look

V = TypeVar("V")


class Combo(QComboBox):
    """A drop-down list. The wheel scrolls the page, not the choice."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(name)
        if sys.platform == "linux":
            self.setAccessibleDescription(name)  # Qt gives what is chosen for the name there
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._look.font("body"))
        widest = max((metrics.horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=80)
        return QSize(widest + self._look.px(56), self._look.line("body") + 18)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(120), self.sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = painter_for(self)
        fill = theme.sunken if self.underMouse() or not self.isEnabled() else theme.surface
        rounded(painter, QRectF(self.rect()), 10, fill, theme.ctl, 1.25)
        icon, pad = self._look.px(16), self._look.px(13)
        chevron = self._look.icon("chevron-down", icon, theme.ink, self.devicePixelRatioF())
        end = start_x(self, self.width() - pad - icon, icon)
        painter.drawPixmap(round(end), (self.height() - icon) // 2, chevron)
        painter.setFont(self._look.font("body"))
        painter.setPen(QColor(theme.ink if self.isEnabled() else theme.ink3))
        room = self.width() - 3 * pad - icon
        text = painter.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        area = QRectF(start_x(self, pad, room), 0, room, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, text)
        painter.end()


class _Track(QSlider):
    def __init__(self, look: Look) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._look = look
        self.setRange(0, 100)
        self.setSingleStep(5)
        self.setPageStep(20)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def ring_radius(self) -> float:
        """Fully round."""
        return self.height() / 2

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(132), max(26, self._look.px(26)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(80), self.sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = painter_for(self)
        knob, track = self._look.px(22), self._look.px(6)
        middle = self.height() / 2
        rounded(painter, QRectF(0, middle - track / 2, self.width(), track), track / 2, theme.sunken)
        at = self._knob_x()
        done = QRectF(at, 0, self.width() - at, 0) if self.isRightToLeft() else QRectF(0, 0, at, 0)
        rounded(painter, QRectF(done.x(), middle - track / 2, done.width(), track), track / 2, theme.accent)
        painter.setBrush(QColor(theme.surface))
        painter.setPen(QPen(QColor(theme.accent), 2.0))
        painter.drawEllipse(QRectF(at - knob / 2 + 1, middle - knob / 2 + 1, knob - 2, knob - 2))
        painter.end()

    def _knob_x(self) -> float:
        knob = self._look.px(22)
        share = self.value() / 100
        return knob / 2 + (1 - share if self.isRightToLeft() else share) * (self.width() - knob)

    def _go_to(self, x: float) -> None:
        knob = self._look.px(22)
        share = min(1.0, max(0.0, (x - knob / 2) / max(1, self.width() - knob)))
        self.setValue(round((1 - share if self.isRightToLeft() else share) * 100))


class PercentSlider(QWidget):
    """A slider from 0 to 100 with its value at the end. Arrows move by 5, Page keys by 20."""

    changed = Signal(int)

    def __init__(self, look: Look, name: str, value: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.track = _Track(look)
        self.track.setAccessibleName(name)
        self._number = Text(look, "", "small", tabular=True, align=Qt.AlignmentFlag.AlignRight)
        self._look = look
        row.addWidget(self.track, 1)
        row.addWidget(self._number)
        self.setFocusProxy(self.track)
        self.set_value(value)
        self.track.valueChanged.connect(self._moved)
        look.changed.connect(self._refresh)
        self._refresh()

    @property
    def value(self) -> int:
        """0 to 100."""
        return self.track.value()

    def set_value(self, value: int) -> None:
        """Show a value, without a signal."""
        blocked = self.track.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.track.setValue(value)
        self.track.blockSignals(blocked)
        self._number.set_text(f"{value} %")

    def _moved(self, value: int) -> None:
        self._number.set_text(f"{value} %")
        self.changed.emit(value)

    def _refresh(self) -> None:
        metrics = QFontMetrics(self._look.font("small", tabular=True))
        self._number.setMinimumWidth(metrics.horizontalAdvance("100 %") + 2)


class Stepper(QWidget, Generic[V]):
    """Minus, value, plus over a fixed list of values; stops at both ends. Arrow keys work on both buttons."""

    chosen = Signal(object)

    def __init__(
        self,
        look: Look,
        name: str,
        values: Sequence[V],
        value: V,
        show: Callable[[V], str] = str,
        words: tuple[str, str] = ("−", "+"),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._values = list(values)
        self._show = show
        self._look = look
        self._name = name
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        less, more = words
        self.less = Button(look, "", icon="minus", name=less)
        self.more = Button(look, "", icon="plus", name=more)
        self._number = Text(look, "", "strong", tabular=True, align=Qt.AlignmentFlag.AlignHCenter)
        row.addWidget(self.less)
        row.addWidget(self._number, 1)
        row.addWidget(self.more)
        self.less.clicked.connect(self._less)
        self.more.clicked.connect(self._more)
        self.setFocusProxy(self.more)
        self.setAccessibleName(name)
        look.changed.connect(self._refresh)
        self.set_value(value)

    @property
    def value(self) -> V:
        """The value shown."""
        return self._values[self._index]

    def set_value(self, value: V) -> None:
        """Show a value of the list, without a signal."""
        self._index = self._values.index(value)
        self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_Left: -1}
        key = Qt.Key(event.key())
        if key in steps:
            self._step(steps[key])
        else:
            super().keyPressEvent(event)

    def _less(self) -> None:
        self._step(-1)

    def _more(self) -> None:
        self._step(1)

    def _step(self, step: int) -> None:
        index = min(len(self._values) - 1, max(0, self._index + step))
        if index != self._index:
            self._index = index
            self._refresh()
            self.chosen.emit(self.value)

    def _refresh(self) -> None:
        text = self._show(self.value)
        self._number.set_text(text)
        metrics = QFontMetrics(self._look.font("strong", tabular=True))
        self._number.setMinimumWidth(max(metrics.horizontalAdvance(self._show(v)) for v in self._values) + 4)
        for button, end in ((self.less, 0), (self.more, len(self._values) - 1)):
            button.setAccessibleDescription(f"{self._name}: {text}")
            if self.focusWidget() is button and self._index == end and len(self._values) > 1:
                continue  # switching it off would throw the focus away
            button.setEnabled(self._index != end)
