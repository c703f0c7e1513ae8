"""The session's buttons: large, with a word and a key cap, each reachable by Tab and named for screen readers.

A click gives no focus, so that Space stays what it is everywhere else in a session.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from coach.ui.i18n import tr
from coach.ui.session.intents import Command, Intent
from coach.ui.session.text import width_of
from coach.ui.session.view import ControlsView, Primary, VoiceState
from coach.ui.widgets.paint import painter_for, rounded

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPaintEvent

    from coach.ui.session.style import Style


@dataclass(frozen=True, slots=True)
class Kind:
    """Colour tokens of a button at rest, under the mouse and pressed: (fill, ink, edge)."""

    rest: tuple[str | None, str, str | None]
    hover: tuple[str | None, str, str | None]
    pressed: tuple[str | None, str, str | None]
    edge: float = 1.0


PRIMARY = Kind(
    ("accent", "on_accent", None), ("accent_hover", "on_accent", None), ("accent_pressed", "on_accent", None)
)
OUTLINE = Kind(("surface", "ink", "ctl"), ("sunken", "ink", "ctl"), ("line", "ink", "ctl"))
DANGER = Kind(
    ("surface", "danger", "danger"), ("danger_soft", "danger", "danger"), ("danger", "on_danger", "danger"), 2.0
)
QUIET = Kind((None, "ink2", None), ("sunken", "ink", None), ("line", "ink", None))
CHIP_ON = Kind(
    ("accent", "on_accent", "accent"), ("accent_hover", "on_accent", None), ("accent_pressed", "on_accent", None)
)
ON_STOP = Kind(("on_stop", "stop", None), ("danger_soft", "danger", None), ("danger_soft", "danger", None))
STOP_OUTLINE = Kind(("stop", "on_stop", "on_stop"), ("on_stop", "stop", None), ("on_stop", "stop", None), 2.0)


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the drawing: height, side padding, corner, text, icon, gap."""

    height: float
    pad: float
    radius: float
    text: float
    icon: float
    gap: float = 9.0
    weight: int = 600


LARGE = Shape(64.0, 15.0, 16.0, 19.0, 24.0)
SMALL = Shape(40.0, 10.0, 10.0, 16.0, 18.0, 7.0, 500)
CHIP = Shape(46.0, 18.0, 23.0, 20.0, 22.0)
BOX = Shape(54.0, 20.0, 14.0, 20.0, 22.0, 11.0)


class SessionButton(QPushButton):
    """One button. `key` is shown as a key cap and told to screen readers; `key_first` puts it before the word."""

    def __init__(
        self,
        style: Style,
        text: str,
        kind: Kind = OUTLINE,
        *,
        shape: Shape = LARGE,
        icon: str = "",
        key: str = "",
        key_first: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._style = style
        self._kind = kind
        self._shape = shape
        self._icon = icon
        self._key = key
        self._key_first = key_first
        self.caps = True
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name or text)
        self.setAccessibleDescription(tr("Key: {key}", key=key) if key else "")

    def restyle(self, style: Style) -> None:
        """Another size or another look."""
        self._style = style
        self.update()

    def set_face(self, text: str, *, icon: str = "", kind: Kind | None = None, name: str = "") -> None:
        """Other words, icon or colours."""
        self._icon = icon
        self._kind = kind or self._kind
        self.setText(text)
        self.setAccessibleName(name or text)
        self.update()

    def ring_radius(self) -> float:
        """Corner of the button, for the focus ring."""
        return min(self._style.size(self._shape.radius), self.height() / 2)

    def sizeHint(self) -> QSize:
        shape, style = self._shape, self._style
        extra = style.size(shape.text) - style.px(shape.text)
        tall = style.px(shape.height) + 1.3 * extra
        parts = self._parts()
        inside = sum(width for _, width in parts) + style.px(shape.gap) * (len(parts) - 1)
        return QSize(round(inside + 2 * style.px(shape.pad)), round(tall))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        fill, ink, edge = self._skin()
        theme = self._style.theme
        painter = painter_for(self)
        if fill or edge:
            rounded(
                painter,
                QRectF(self.rect()),
                self.ring_radius(),
                theme.color(fill) if fill else None,
                theme.color(edge) if edge else None,
                self._kind.edge * max(1.0, self._style.scale),
            )
        self._content(painter, theme.color(ink))
        painter.end()

    def _skin(self) -> tuple[str | None, str, str | None]:
        if self.isDown():
            return self._kind.pressed
        return self._kind.hover if self.underMouse() else self._kind.rest

    def _content(self, painter: QPainter, color: str) -> None:
        parts = self._parts()
        if self.isRightToLeft():
            parts.reverse()
        gap = self._style.px(self._shape.gap)
        x = (self.width() - sum(width for _, width in parts) - gap * (len(parts) - 1)) / 2
        for part, width in parts:
            box = QRectF(x, 0, width, self.height())
            if part == "icon":
                pixmap = self._style.icon(self._icon, self._shape.icon, color, self.devicePixelRatioF())
                painter.drawPixmap(round(x), round((self.height() - width) / 2), pixmap)
            elif part == "key":
                self._key_cap(painter, box, color)
            else:
                painter.setFont(self._style.font(self._shape.text, self._shape.weight))
                painter.setPen(QColor(color))
                flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip
                painter.drawText(box, flags, self.text())
            x += width + gap

    def _key_cap(self, painter: QPainter, box: QRectF, color: str) -> None:
        style = self._style
        tall = style.size(self._shape.text) * 1.26
        cap = QRectF(box.x(), (self.height() - tall) / 2, box.width(), tall)
        rounded(painter, cap, style.px(5.0), None, color, max(1.0, style.scale))
        painter.setFont(style.font(self._shape.text * 0.76, 600))
        painter.setPen(QColor(color))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)

    def _parts(self) -> list[tuple[str, float]]:
        style, shape = self._style, self._shape
        parts: list[tuple[str, float]] = []
        if self._icon:
            parts.append(("icon", style.size(shape.icon)))
        if self.text():
            parts.append(("text", width_of(self.text(), style.font(shape.text, shape.weight))))
        if self._key and self.caps:
            words = width_of(self._key, style.font(shape.text * 0.76, 600))
            wide = max(style.size(shape.text) * 1.36, words + 2 * style.px(8.0))
            parts.insert(0 if self._key_first else len(parts), ("key", wide))
        return parts


class ControlBar(QWidget):
    """It hurts at the start, the others at the end; in two rows where one is too narrow. Emits `asked(Intent)`."""

    asked = Signal(object)

    def __init__(self, style: Style, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style = style
        self.hurts = self._button(tr("It hurts"), Command.HURTS, DANGER, icon="hand", key="H")
        self.back = self._button(tr("Back"), Command.BACK, key="←", key_first=True)
        self.primary = self._button(tr("Pause"), Command.PRIMARY, PRIMARY, icon="pause", key=tr("Space"))
        self.skip = self._button(tr("Skip"), Command.SKIP, key="→")
        self.voice = self._button("", Command.VOICE, icon="volume-2", key="V", name=tr("Voice on"))
        self._view: ControlsView | None = None

    def _button(
        self,
        text: str,
        intent: Intent,
        kind: Kind = OUTLINE,
        *,
        icon: str = "",
        key: str = "",
        key_first: bool = False,
        name: str = "",
    ) -> SessionButton:
        button = SessionButton(self._style, text, kind, icon=icon, key=key, key_first=key_first, name=name, parent=self)
        button.clicked.connect(lambda: self.asked.emit(intent))
        return button

    @property
    def buttons(self) -> tuple[SessionButton, ...]:
        """All of them in tab order."""
        return self.hurts, self.back, self.primary, self.skip, self.voice

    def restyle(self, style: Style) -> None:
        """Another size or another look."""
        self._style = style
        for button in self.buttons:
            button.restyle(style)

    def show_view(self, view: ControlsView) -> bool:
        """Show a state; True when buttons changed their width."""
        if view == self._view:
            return False
        before, self._view = self._view, view
        text, icon = {
            Primary.PAUSE: (tr("Pause"), "pause"),
            Primary.GO_ON: (tr("Go on"), "play"),
            Primary.START_NOW: (tr("Start now"), "play"),
            Primary.NEXT_REP: (tr("Next rep"), "check"),
        }[view.primary]
        self.primary.set_face(text, icon=icon)
        voice, name = {
            VoiceState.ON: ("volume-2", tr("Voice on")),
            VoiceState.OFF: ("volume-x", tr("Voice off")),
            VoiceState.UNAVAILABLE: ("volume-x", tr("Voice unavailable, cues on screen")),
        }[view.voice]
        self.voice.set_face("", icon=voice, name=name)
        self.voice.setToolTip(view.voice_reason)
        self.voice.setAccessibleDescription(view.voice_reason)
        return before is None or before.primary is not view.primary

    def height_for(self, width: int) -> int:
        """Height in px at a width; also decides which key caps are left out."""
        for caps in (self.buttons, (self.primary, self.hurts), ()):
            for button in self.buttons:
                button.caps = button in caps
            if self._row_width(self.buttons) <= width:
                return self.hurts.sizeHint().height()
        return 2 * self.hurts.sizeHint().height() + self._gap()

    def place(self) -> None:
        """Lay the buttons out in the present rectangle."""
        width = self.width()
        tall = self.hurts.sizeHint().height()
        if self._row_width(self.buttons) <= width:
            self._row((self.hurts,), (self.back, self.primary, self.skip, self.voice), 0, tall)
        else:
            self._row((self.hurts,), (self.primary,), 0, tall)
            self._row((self.back,), (self.skip, self.voice), tall + self._gap(), tall)

    def _row(self, start: tuple[SessionButton, ...], end: tuple[SessionButton, ...], y: int, tall: int) -> None:
        x = 0
        for button in start:
            self._put(button, x, y, tall)
            x += button.sizeHint().width() + self._gap()
        x = self.width()
        for button in reversed(end):
            x -= button.sizeHint().width()
            self._put(button, x, y, tall)
            x -= self._gap()

    def _put(self, button: SessionButton, x: int, y: int, tall: int) -> None:
        wide = button.sizeHint().width()
        if self.isRightToLeft():
            x = self.width() - x - wide
        button.setGeometry(QRect(x, y, wide, tall))

    def _row_width(self, buttons: tuple[SessionButton, ...]) -> int:
        return sum(button.sizeHint().width() + self._gap() for button in buttons) - self._gap()

    def _gap(self) -> int:
        return self._style.whole(9.0)


class MoreBar(QWidget):
    """What is offered while nothing moves: repeat, easier, shorter, longer, full screen, end. Emits `asked(Intent)`."""

    asked = Signal(object)

    def __init__(self, style: Style, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style = style
        self.repeat = self._button(tr("Repeat set"), Command.REPEAT, icon="repeat", key="R")
        self.easier = self._button(tr("Easier"), Command.EASIER, key="E")
        self.shorter = self._button(tr("−5 s"), Command.SHORTER, name=tr("5 seconds shorter"))
        self.longer = self._button(tr("+5 s"), Command.LONGER, name=tr("5 seconds longer"))
        self.full = self._button("", Command.FULL_SCREEN, icon="maximize", key="F", name=tr("Full screen on or off"))
        self.end = self._button(tr("End"), Command.END, key="Esc", name=tr("End the session"))

    def _button(self, text: str, intent: Intent, *, icon: str = "", key: str = "", name: str = "") -> SessionButton:
        button = SessionButton(self._style, text, QUIET, shape=SMALL, icon=icon, key=key, name=name, parent=self)
        button.clicked.connect(lambda: self.asked.emit(intent))
        return button

    @property
    def buttons(self) -> tuple[SessionButton, ...]:
        """All of them in tab order."""
        return self.repeat, self.easier, self.shorter, self.longer, self.full, self.end

    def restyle(self, style: Style) -> None:
        """Another size or another look."""
        self._style = style
        for button in self.buttons:
            button.restyle(style)

    def show_for(self, *, working: bool, hold: bool, can_ease: bool) -> None:
        """Offer what makes sense here."""
        self.repeat.setVisible(working)
        self.easier.setVisible(can_ease)
        self.shorter.setVisible(hold)
        self.longer.setVisible(hold)

    def fit(self, width: int) -> QSize:
        """Size in px of one row within `width`, without key caps if need be; (0, 0) when not even that fits."""
        for caps in (True, False):
            for button in self.buttons:
                button.caps = caps
            size = self._row_size()
            if size.width() <= width:
                return size
        return QSize(0, 0)

    def wrapped_height(self, width: int) -> int:
        """Height in px of as many rows as `width` needs."""
        return self._flow(width, move=False)

    def place(self) -> None:
        """Lay the buttons out in the present rectangle."""
        self._flow(self.width(), move=True)

    def _shown(self) -> list[SessionButton]:
        return [button for button in self.buttons if not button.isHidden()]

    def _row_size(self) -> QSize:
        sizes = [button.sizeHint() for button in self._shown()]
        gap = self._style.whole(4.0)
        wide = sum(size.width() for size in sizes) + gap * max(0, len(sizes) - 1)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def _flow(self, width: int, *, move: bool) -> int:
        gap = self._style.whole(4.0)
        x = y = tall = 0
        for button in self._shown():
            size = button.sizeHint()
            if x and x + size.width() > width:
                x, y = 0, y + tall + gap
            tall = size.height()
            if move:
                left = width - x - size.width() if self.isRightToLeft() else x
                button.setGeometry(QRect(left, y, size.width(), tall))
            x += size.width() + gap
        return y + tall
