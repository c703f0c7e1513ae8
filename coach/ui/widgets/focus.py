"""The focus ring: 3 px of the focus colour with 2 px of air around whatever the keyboard is on; never for the mouse.

One ring per window lies over everything, so that no control needs spare room for it and none can forget it. A control
may say `ring_radius()` for its corners and `ring_rect()` for the part of itself that the ring goes around.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from coach.ui.widgets.paint import painter_for, rounded

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from coach.ui.theme.look import Look

WIDTH, GAP = 3, 2
_OUT = WIDTH + GAP
_MOVED = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ParentChange,
    QEvent.Type.LayoutRequest,
}
_KEY = {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}
_TYPED_INTO = (QLineEdit, QPlainTextEdit)


class FocusRing(QWidget):
    """Lies over `window` and follows its focus. Nothing to call: it watches the focus of the application."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._by_keyboard = False
        self._last_was_key = _opened_by_key(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = cast("QApplication", QApplication.instance())
        app.focusChanged.connect(self._focus_changed)
        window.installEventFilter(self)
        look.changed.connect(self.update)

    @property
    def target(self) -> QWidget | None:
        """The widget that wears the ring, or None."""
        return self._target if not self.isHidden() else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _KEY:
            self._key_pressed(watched)
        elif kind is QEvent.Type.MouseButtonPress:
            self._last_was_key = self._by_keyboard = False
            self.hide()
        elif kind in _MOVED and watched is not self:
            if watched is self.parent() and kind is QEvent.Type.Show:
                self._watch_input()
            self._follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._target is None:
            return
        painter = painter_for(self)
        rect = QRectF(self._ring_rect()).translated(-QPoint(self.pos()).toPointF())
        rounded(painter, rect, _radius_of(self._target) + _OUT, None, self._look.theme.focus, WIDTH)
        painter.end()

    def _watch_input(self) -> None:
        # Keys and clicks pass the native window first; widgets see only their own.
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def _key_pressed(self, watched: QObject) -> None:
        self._last_was_key = True
        if watched is self._target and not isinstance(self._target, _TYPED_INTO):
            self._by_keyboard = True
            self._follow()

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        inside = now is not None and now.window() is self._window
        self._watch(now if inside else None)
        self._by_keyboard = self._last_was_key
        self._follow()

    def _watch(self, target: QWidget | None) -> None:
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._target = target
        self._watched = []
        above = target
        while above is not None and above is not self._window:
            above.installEventFilter(self)
            self._watched.append(above)
            above = above.parentWidget()

    def _follow(self) -> None:
        target = self._target
        if target is None or not self._by_keyboard or not target.isVisibleTo(self._window):
            self.hide()
            return
        if target.focusPolicy() is Qt.FocusPolicy.NoFocus:  # a whole page that only holds the keys, no stop of Tab
            self.hide()
            return
        ring = self._ring_rect()
        self.setGeometry(ring.intersected(self._clip()))
        self.raise_()
        self.setVisible(not self.geometry().isEmpty())
        self.update()

    def _ring_rect(self) -> QRect:
        target = cast("QWidget", self._target)
        own = getattr(target, "ring_rect", None)
        rect = own() if callable(own) else target.rect()
        rect = QRect(target.mapTo(self._window, rect.topLeft()), rect.size())
        return rect.adjusted(-_OUT, -_OUT, _OUT, _OUT)

    def _clip(self) -> QRect:
        """What may be covered: the window, less what scroll areas hide."""
        clip = self._window.rect()
        for widget in self._watched:
            parent = widget.parentWidget()
            if isinstance(parent, QScrollArea):
                port = QRect(parent.mapTo(self._window, QPoint(0, 0)), parent.size())
                # Nothing scrolls sideways, so what is wide as the column may wear its ring beside it.
                clip = clip.intersected(port.adjusted(-_OUT, 0, _OUT, 0))
        return clip


def _opened_by_key(window: QWidget) -> bool:
    """Whether the last thing done in the window that opens this one was a key press."""
    opener = window.parentWidget()
    ring = getattr(opener.window(), "ring", None) if opener is not None else None
    return isinstance(ring, FocusRing) and ring._last_was_key  # noqa: SLF001 - of the same class


def _radius_of(widget: QWidget) -> float:
    radius = getattr(widget, "ring_radius", None)
    return float(radius()) if callable(radius) else 10.0
