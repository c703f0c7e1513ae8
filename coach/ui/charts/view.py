"""A chart on the screen: its picture is kept, and only cursor and read-out are painted anew while the mouse moves.

Keys: ← → one stop, with Ctrl or Shift a week, Home and End; Esc clears; + − 0 and Alt with ← → look more closely and
further along; the menu key opens what can be done with the chart. The value is told to screen readers as it changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QNativeGestureEvent,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QGestureEvent, QLabel, QMenu, QPinchGesture, QSizePolicy, QWidget

from coach.ui.charts.bubble import paint_bubble
from coach.ui.charts.lens import Lens
from coach.ui.charts.style import screen_style
from coach.ui.i18n import tr
from coach.ui.widgets.paint import painter_for

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent

    from coach.domain.progress.span import Span
    from coach.ui.charts.chart import LiveChart
    from coach.ui.theme.look import Look

NOTCH = 120
"""What a wheel tells for one notch, in eighths of a degree."""
STEP = 1.25
"""One notch or key press of zoom."""
_Key = Qt.Key
_Mod = Qt.KeyboardModifier


class ChartView(QLabel):
    """Shows one chart. The wishes of its menu are signals: where files go is the page's affair.

    To screen readers it is a graphic, as a label with a picture is; past a mere widget some of them go without a word.

    `span_asked` carries the days that a chart is wanted of, as somebody looks beyond this one or more closely than it
    can show; such a chart is then seen as it was to be. `closely` says whether less than all of it is to be seen.
    """

    span_asked = Signal(object)
    closely = Signal(bool)
    picture_wanted = Signal()
    file_wanted = Signal()
    table_wanted = Signal()

    def __init__(self, look: Look, chart: LiveChart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._style = screen_style(look)
        self._lens = Lens(chart)
        self._stop: int | None = None
        self._picture: QPixmap | None = None
        self._heights: dict[int, int] = {}
        self._grabbed: QPointF | None = None
        self._asked: tuple[Span, Span] | None = None
        self.setPixmap(QPixmap(1, 1))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.grabGesture(Qt.GestureType.PinchGesture)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self._restyle)
        self._tell()

    @property
    def chart(self) -> LiveChart:
        """What is shown, as closely as it is looked at."""
        return self._lens.chart

    @property
    def stop(self) -> int | None:
        """Where the cursor stands."""
        return self._stop

    def set_chart(self, chart: LiveChart, reach: Span | None = None) -> None:
        """Show another chart, all of it, without a cursor; `reach` are the days there could be a chart of.

        One that was asked for here is seen where it was to be, the cursor on its day.
        """
        asked, self._asked = self._asked, None
        expected = asked is not None and asked[0] == chart.span
        day = self.chart.day(self._stop) if expected and self._stop is not None else None
        self._lens = Lens(chart, reach)
        if expected and asked is not None:
            self._lens.look_at(asked[1])
        self._stop = None if day is None else self.chart.stop_on(day)
        self._tell()
        self.updateGeometry()
        self._repaint()

    def set_stop(self, stop: int | None, *, announce: bool = False) -> None:
        """Put the cursor somewhere, or take it away."""
        if stop == self._stop:
            return
        self._stop = stop
        self._tell()
        if announce and stop is not None:
            self._announce(self.chart.said(stop))
        self.update()

    def menu(self) -> QMenu:
        """What can be done with the chart."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, wish in (
            (tr("Save picture…"), self.picture_wanted),
            (tr("Save values…"), self.file_wanted),
            (tr("Show as table"), self.table_wanted),
        ):
            menu.addAction(words).triggered.connect(wish)
        return menu

    def zoom(self, factor: float, around: float | None = None) -> None:
        """Look so many times as closely; `around` is a share of the width, by default where the cursor stands."""
        if around is None:
            around = 0.5 if self._stop is None else (self._stop + 0.5) / self.chart.stops
        self._look_at(self._lens.zoomed(factor, around))

    def pan(self, share: float) -> None:
        """Look further along by a share of what is to be seen."""
        self._look_at(self._lens.panned(share))

    def reset(self) -> None:
        """Look at all of it again."""
        self._look_at(self._lens.whole)

    def sizeHint(self) -> QSize:
        width = self._look.px(480)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(160), self._look.px(96))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:  # layouts ask many times, and a legend is measured word by word
            self._heights[width] = int(self.chart.height(width, self._style) + 0.999)
        return self._heights[width]

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.deviceIndependentSize().toSize() != self.size():
            self._picture = self._draw(ratio)
        painter = painter_for(self)
        painter.drawPixmap(0, 0, self._picture)
        if self._stop is not None:
            rect = self._area
            self.chart.paint_cursor(painter, rect, self._style, self._stop)
            anchor = self.chart.anchor(rect, self._style, self._stop)
            paint_bubble(painter, rect, anchor, self.chart.said(self._stop), self._style)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._repaint()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.chart
        if self._zoom_key(event):
            if self.chart is not before:
                self._announce(self.chart.summary)
        elif not self._walk_key(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._grabbed = event.position()
            self.set_stop(self._stop_under(event.position()), announce=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is None:
            self.set_stop(self._stop_under(event.position()))
            return
        moved = self._grabbed.x() - event.position().x()
        if self._lens.close and abs(moved) >= (1 if self._stop is None else QApplication.startDragDistance()):
            self.set_stop(None)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._look_at(self._lens.panned(moved / max(1, self.width())), ask=False)
            self._grabbed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grabbed = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset()

    def leaveEvent(self, event: QEvent) -> None:
        # Where the keyboard stands, the mouse takes nothing away.
        if not self.hasFocus():
            self.set_stop(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # A menu or another window is a moment; who has gone on has read enough.
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.set_stop(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        across, down = event.angleDelta().x(), event.angleDelta().y()
        aside = abs(across) > abs(down)  # fingers that scroll the page are never quite straight
        turned = across if aside else down
        if event.modifiers() & _Mod.ControlModifier:
            self.zoom(STEP ** (turned / NOTCH), event.position().x() / max(1, self.width()))
        elif event.modifiers() & _Mod.ShiftModifier or aside:
            self.pan(-turned / NOTCH / 10)
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.chart.stops:
            return
        at = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            at = self.mapToGlobal(self.rect().center())
        self.menu().popup(at)

    def event(self, event: QEvent) -> bool:
        pinched = _pinched(event)
        if pinched is None:
            return super().event(event)
        factor, place = pinched
        self.zoom(factor, self.mapFromGlobal(place).x() / max(1, self.width()))
        return True

    @property
    def _area(self) -> QRectF:
        return QRectF(self.rect())

    def _draw(self, ratio: float) -> QPixmap:
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.chart.paint(painter, self._area, self._style)
        painter.end()
        return picture

    def _stop_under(self, at: QPointF) -> int | None:
        return self.chart.stop_at(at, self._area, self._style)

    def _look_at(self, span: Span, *, ask: bool = True) -> None:
        """Show these days as far as there are any, and ask for the others."""
        if not self.chart.stops:
            return
        day = None if self._stop is None else self.chart.day(self._stop)
        asked = self._lens.asks(span) if ask else None
        if self._lens.look_at(span):
            self._stop = None if day is None else self.chart.stop_on(day)
            self._tell()
            self._repaint()
        if asked is not None:
            self._asked = asked, span
            self.span_asked.emit(asked)

    def _zoom_key(self, event: QKeyEvent) -> bool:
        key, alt = event.key(), bool(event.modifiers() & _Mod.AltModifier)
        if key in {_Key.Key_Plus, _Key.Key_Equal}:
            self.zoom(STEP)
        elif key == _Key.Key_Minus:
            self.zoom(1 / STEP)
        elif key == _Key.Key_0:
            self.reset()
        elif alt and key in {_Key.Key_Left, _Key.Key_Right}:
            self.pan(0.1 if key == _Key.Key_Right else -0.1)
        else:
            return False
        return True

    def _walk_key(self, event: QKeyEvent) -> bool:
        strides, last = self.chart.strides, self.chart.stops - 1
        far = bool(event.modifiers() & (_Mod.ControlModifier | _Mod.ShiftModifier))
        side = strides.far if far else strides.side
        steps = {_Key.Key_Left: -side, _Key.Key_Right: side, _Key.Key_Up: -strides.down, _Key.Key_Down: strides.down}
        key = _Key(event.key())
        if key is _Key.Key_Escape and self._stop is not None:
            self.set_stop(None)
        elif last >= 0 and key in {_Key.Key_Home, _Key.Key_End}:
            self.set_stop(0 if key is _Key.Key_Home else last, announce=True)
        elif last >= 0 and steps.get(key):
            # The first key shows where the newest value is.
            wanted = last if self._stop is None else self._stop + steps[key]
            self.set_stop(max(0, min(last, wanted)), announce=True)
        else:
            return False
        return True

    def _announce(self, words: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _tell(self) -> None:
        self.setAccessibleName(self.chart.name)
        self.setAccessibleDescription(self.chart.summary if self._stop is None else self.chart.said(self._stop))

    def _repaint(self) -> None:
        self.closely.emit(self._lens.close)
        self._picture = None
        self._heights.clear()
        self.update()

    def _restyle(self) -> None:
        self._style = screen_style(self._look)
        self.updateGeometry()
        self._repaint()


def _pinched(event: QEvent) -> tuple[float, QPointF] | None:
    """By how much two fingers zoom, and where on the screen: on a touch screen or, told by the system, a touch pad."""
    if isinstance(event, QGestureEvent):
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        return (pinch.scaleFactor(), pinch.centerPoint()) if isinstance(pinch, QPinchGesture) else None
    if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
        return 1 + event.value(), event.globalPosition()
    return None
