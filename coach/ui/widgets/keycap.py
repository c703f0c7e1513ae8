"""Key caps: small outlined boxes that say which key does the same. Screen readers get the shortcut instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeySequence

from coach.ui.widgets.paint import rounded

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from coach.ui.theme.look import Look

PAD_X, PAD_Y, RADIUS = 7, 1, 5


def native_key(keys: str) -> str:
    """`Ctrl+F` as this platform writes it, with a space instead of the plus."""
    if keys in {"+", "Enter"}:
        return keys
    text = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) or keys
    return text.replace("+", " ").replace("Return", "Enter")


def keycap_size(look: Look, label: str) -> QSize:
    """Size of a key cap in px."""
    width = QFontMetricsF(look.font("key")).horizontalAdvance(label)
    height = look.line("key") + 2 * PAD_Y
    return QSize(max(height, round(width) + 2 * look.px(PAD_X)), height)


def draw_keycap(painter: QPainter, look: Look, label: str, rect: QRectF, color: str) -> None:
    """Draw a key cap in one colour."""
    rounded(painter, rect, look.px(RADIUS), None, color, 1.25)
    painter.setFont(look.font("key"))
    painter.setPen(QColor(color))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, label)
