"""Buttons. Each state is a change of colour token; nothing moves. `FocusRing` draws the focus, outside the button."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from coach.ui.widgets.keycap import draw_keycap, keycap_size, native_key
from coach.ui.widgets.paint import painter_for, rounded

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from coach.ui.theme.look import Look

GAP = 10
ARROWS = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}


class Kind(Enum):
    """What a button is for. A view has one primary button."""

    PRIMARY = "primary"
    OUTLINE = "outline"
    SOFT = "soft"
    DANGER = "danger"
    LINK = "link"


class Size(Enum):
    """Height at 100 % text, padding, corner and type."""

    SMALL = (32, 12, 8, "small_strong", 16)
    NORMAL = (40, 17, 10, "button", 18)
    LARGE = (56, 28, 14, "button_large", 20)
    SESSION = (64, 24, 16, "button_large", 24)


@dataclass(frozen=True, slots=True)
class Skin:
    """Tokens of one state: fill, text and outline."""

    fill: str | None
    text: str
    edge: str | None = None


_SKINS: dict[Kind, dict[str, Skin]] = {
    Kind.PRIMARY: {
        "rest": Skin("accent", "on_accent"),
        "hover": Skin("accent_hover", "on_accent"),
        "pressed": Skin("accent_pressed", "on_accent"),
        "off": Skin("sunken", "ink3"),
    },
    Kind.OUTLINE: {
        "rest": Skin("surface", "ink", "ctl"),
        "hover": Skin("sunken", "ink", "ctl"),
        "pressed": Skin("line", "ink", "ctl"),
        "off": Skin("sunken", "ink3"),
    },
    Kind.SOFT: {
        "rest": Skin("soft", "on_soft"),
        "hover": Skin("accent", "on_accent"),
        "pressed": Skin("accent_hover", "on_accent"),
        "off": Skin("sunken", "ink3"),
    },
    Kind.DANGER: {
        "rest": Skin("surface", "danger", "danger"),
        "hover": Skin("danger_soft", "danger", "danger"),
        "pressed": Skin("danger", "on_danger", "danger"),
        "off": Skin("sunken", "ink3"),
    },
    Kind.LINK: {
        "rest": Skin(None, "accent"),
        "hover": Skin(None, "accent"),
        "pressed": Skin(None, "accent_pressed"),
        "off": Skin(None, "ink3"),
    },
}


class Button(QPushButton):
    """A button with an optional icon before and a key cap behind its words.

    `key` is only shown and told to screen readers; whoever owns the page makes the key work.
    """

    def __init__(
        self,
        look: Look,
        text: str,
        kind: Kind = Kind.OUTLINE,
        *,
        icon: str = "",
        key: str = "",
        size: Size = Size.NORMAL,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._look = look
        self._kind = kind
        self._icon = icon
        self._key = native_key(key) if key else ""
        self._size = size
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name or text)
        if self._key:
            self.setAccessibleDescription(self._key)
        look.changed.connect(self._refresh)

    @property
    def kind(self) -> Kind:
        """What the button is for."""
        return self._kind

    def set_kind(self, kind: Kind) -> None:
        """Show as another kind."""
        self._kind = kind
        self._refresh()

    def set_text(self, text: str, name: str = "") -> None:
        """Other words; the accessible name follows."""
        self.setText(text)
        self.setAccessibleName(name or text)
        self._refresh()

    def set_key(self, key: str) -> None:
        """Another key cap, or none."""
        self._key = native_key(key) if key else ""
        self.setAccessibleDescription(self._key)
        self._refresh()

    def ring_radius(self) -> float:
        """Corner of the control, for the focus ring."""
        return self._look.px(self._size.value[2])

    def sizeHint(self) -> QSize:
        height, pad, _, role, _ = self._size.value
        if self._kind is Kind.LINK:
            return QSize(round(self._content_width()) + 2, max(24, self._look.line(role)))
        # The height follows the line, so that large text is never cut.
        tall = self._look.line(role) + (height - self._look.line(role) * 100 // self._look.percent)
        square = not self.text()
        width = tall if square else round(self._content_width()) + 2 * pad
        return QSize(width, tall)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in ARROWS:
            event.ignore()  # Qt would move the focus; pages have better uses for arrows
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        fill, text, edge = self.colors()
        painter = painter_for(self)
        if fill or edge:
            rounded(painter, QRectF(self.rect()), self.ring_radius(), fill, edge, 1.25)
        self._draw_content(painter, text)
        painter.end()

    def colors(self) -> tuple[str | None, str, str | None]:
        """Fill, text and edge in the present state, as `#RRGGBB`."""
        skin = _SKINS[self._kind][self._state()]
        theme = self._look.theme
        fill = theme.color(skin.fill) if skin.fill else None
        edge = theme.color(skin.edge) if skin.edge else None
        return fill, theme.color(skin.text), edge

    def _state(self) -> str:
        if not self.isEnabled():
            return "off"
        if self.isDown():
            return "pressed"
        return "hover" if self.underMouse() else "rest"

    def _draw_content(self, painter: QPainter, color: str) -> None:
        font = self._look.font(self._size.value[3])
        if self._kind is Kind.LINK and (self.underMouse() or self.hasFocus()):
            font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(QColor(color))
        parts = self._parts()
        if self.isRightToLeft():
            parts.reverse()
        total = sum(width for _, width in parts) + self._look.px(GAP) * (len(parts) - 1)
        x = 0.0 if self._kind is Kind.LINK and not self.isRightToLeft() else (self.width() - total) / 2
        for part, width in parts:
            self._draw_part(painter, part, QRectF(x, 0, width, self.height()), color)
            x += width + self._look.px(GAP)

    def _draw_part(self, painter: QPainter, part: str, rect: QRectF, color: str) -> None:
        if part == "icon":
            pixmap = self._look.icon(self._icon, round(rect.width()), color, self.devicePixelRatioF())
            painter.drawPixmap(round(rect.x()), round((self.height() - rect.width()) / 2), pixmap)
        elif part == "key":
            size = keycap_size(self._look, self._key)
            top = round((self.height() - size.height()) / 2)
            draw_keycap(painter, self._look, self._key, QRectF(rect.x(), top, size.width(), size.height()), color)
        else:
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextShowMnemonic
            painter.drawText(rect.adjusted(0, 0, 2, 0), flags, self.text())

    def _parts(self) -> list[tuple[str, float]]:
        parts: list[tuple[str, float]] = []
        if self._icon:
            parts.append(("icon", self._look.px(self._size.value[4])))
        if self.text():
            words = QFontMetricsF(self._look.font(self._size.value[3])).horizontalAdvance(self.text())
            parts.append(("text", words))
        if self._key:
            parts.append(("key", keycap_size(self._look, self._key).width()))
        return parts

    def _content_width(self) -> float:
        parts = self._parts()
        return sum(width for _, width in parts) + self._look.px(GAP) * (len(parts) - 1)

    @Slot()
    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()
