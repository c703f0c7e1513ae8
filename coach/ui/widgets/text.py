"""Text with the design's line heights, which Qt's own label cannot set; it wraps, grows and never clips.

It stays a QLabel, so that screen readers, buddies and tests find it as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from coach.ui.theme.look import Look

LONGEST_WORD = 200
"""Words wider than this at 100 % text may be broken anywhere."""
_ENDLESS = 1_000_000
_WIDTHS = 8
"""A text is kept broken for as many widths: layouts ask for its height at several before they settle."""
_LEADING = Qt.AlignmentFlag.AlignLeading


class Text(QLabel):
    """One piece of text in a type role and a colour token.

    `lead` is set in bold before the text, and so are words named in `set_text`. With `wrap` the text may break; without
    it, it needs its full width.
    """

    def __init__(
        self,
        look: Look,
        text: str = "",
        role: str = "body",
        color: str = "ink",
        *,
        wrap: bool = False,
        lead: str = "",
        align: Qt.AlignmentFlag = _LEADING,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._role = role
        self._color = color
        self._lead = lead
        self._strong: tuple[str, ...] = ()
        self._tabular = tabular
        self._laid: dict[int, tuple[QTextLayout, int, int]] = {}
        self.setWordWrap(wrap)
        self.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.set_text(text)
        look.changed.connect(self._refresh)

    def set_text(self, text: str, lead: str | None = None, *, strong: tuple[str, ...] = ()) -> None:
        """Show other words."""
        self._strong = strong
        if lead is not None:
            self._lead = lead
        joined = f"{self._lead} {text}" if self._lead and text else self._lead or text
        if joined != self.text():
            self.setText(joined)
        self._refresh()

    def set_style(self, role: str | None = None, color: str | None = None) -> None:
        """Show in another role or colour."""
        self._role = role or self._role
        self._color = color or self._color
        self._refresh()

    def set_align(self, align: Qt.AlignmentFlag) -> None:
        """Begin at another side."""
        self.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)
        self._refresh()

    @property
    def color(self) -> str:
        """The colour token in use."""
        return self._color

    def natural_width(self) -> int:
        """Width of the unbroken text in px."""
        return self._layout(_ENDLESS)[1]

    def least_width(self) -> int:
        """Narrowest width at which no word has to be broken; an absurd one (a path) breaks rather than widen a page."""
        widths = [self._measure(word) for word in self.text().split()]
        return min(max(widths, default=0), self._look.px(LONGEST_WORD))

    def sizeHint(self) -> QSize:
        _, width, height = self._layout(_ENDLESS)
        if self.wordWrap():
            # A paragraph asks for a comfortable measure and takes what it gets.
            limit = min(width, self._look.px(480))
            return QSize(limit, self._layout(limit)[2])
        return QSize(width, height)

    def minimumSizeHint(self) -> QSize:
        if self.wordWrap():
            return QSize(self.least_width(), self._look.line(self._role))
        return self.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return self.wordWrap()

    def heightForWidth(self, width: int) -> int:
        _, natural, height = self._layout(_ENDLESS)
        # Most texts fit on their line, and layouts ask for the height at many widths.
        return height if not self.wordWrap() or natural <= width else self._layout(max(1, width))[2]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        layout, _, height = self._layout(self.width() if self.wordWrap() else _ENDLESS)
        token = self._color if self.isEnabled() else "ink3"
        painter.setPen(QColor(self._look.theme.color(token)))
        layout.draw(painter, QPointF(self._offset(layout), (self.height() - height) / 2))
        painter.end()

    def _offset(self, layout: QTextLayout) -> float:
        if self.wordWrap():
            return 0.0
        width = layout.lineAt(0).naturalTextWidth() if layout.lineCount() else 0.0
        align = self.alignment()
        spare = self.width() - width
        if align & Qt.AlignmentFlag.AlignHCenter:
            return spare / 2
        trailing = bool(align & Qt.AlignmentFlag.AlignRight)
        return spare if trailing != self.isRightToLeft() else 0.0

    def _measure(self, text: str) -> int:
        from PySide6.QtGui import QFontMetricsF

        font = self._look.font(self._role, 700 if self._lead or self._strong else None, tabular=self._tabular)
        return int(QFontMetricsF(font).horizontalAdvance(text)) + 2

    def _layout(self, width: int) -> tuple[QTextLayout, int, int]:
        """The broken text, its width and its height."""
        if width in self._laid:
            return self._laid[width]
        font = self._look.font(self._role, tabular=self._tabular)
        layout = QTextLayout(self.text(), font)
        option = QTextOption(self.alignment() if self.wordWrap() else Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        if self._lead or self._strong:
            layout.setFormats(self._bold_formats())
        step = self._look.line(self._role)
        widest, y = 0.0, 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y + (step - line.height()) / 2))
            widest = max(widest, line.naturalTextWidth())
            y += step
        layout.endLayout()
        # One spare pixel: rounding the natural width down would break the last word off.
        if len(self._laid) >= _WIDTHS:
            self._laid.clear()
        self._laid[width] = layout, int(widest) + 1, max(step, round(y))
        return self._laid[width]

    def _bold_formats(self) -> list[QTextLayout.FormatRange]:
        """The lead, and each of the strong words where it comes next."""
        spans, at = [(0, len(self._lead))] if self._lead else [], len(self._lead)
        for word in self._strong:
            start = self.text().find(word, at)
            if start >= 0:
                spans.append((start, len(word)))
                at = start + len(word)
        return [self._bold(start, length) for start, length in spans]

    def _bold(self, start: int, length: int) -> QTextLayout.FormatRange:
        span = QTextLayout.FormatRange()
        span.start = start
        span.length = length
        form = span.format
        form.setFont(self._look.font(self._role, 600, tabular=self._tabular))
        span.format = form
        return span

    def _refresh(self) -> None:
        self._laid.clear()
        self.updateGeometry()
        self.update()
