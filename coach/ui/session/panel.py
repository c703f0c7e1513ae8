"""The side panel: the clock lives on the side that is worked. Edge, word, sole, hue and lightness all say the same.

Beside a wide stage it is a full-height panel at an edge of the screen; above a narrow one it is a band whose half is
filled, so that the position still tells the side.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from coach.ui.session.pane import Pane
from coach.ui.session.soles import SIZE as SOLES
from coach.ui.session.soles import draw_soles
from coach.ui.session.style import SideColors, Style, mix
from coach.ui.session.text import baseline, cap_height, digits_width, draw_digits, fit_line, width_of
from coach.ui.session.view import Crossing, PanelView, Tone
from coach.ui.widgets.paint import painter_for, rounded

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPaintEvent
    from PySide6.QtWidgets import QWidget

PAD = 36.0
EDGE = 4.0
DIGITS_PX, LONG_PX = 312.0, 196.0
LABEL_PX, UNIT_PX, BESIDE_PX = 36.0, 26.0, 54.0
BAR = 18.0
_GAP_LABEL, _GAP_BAR, _GAP_UNIT = 32.0, 38.0, 21.0
_HEAD_BOTTOM = 122.0
BEARING = 0.035


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel and the way it is crossing, if it is."""

    view: PanelView
    crossing: Crossing | None = None

    @property
    def face(self) -> PanelView:
        """What is written on it: half way across it is still the old one."""
        return self.crossing.before if self.crossing is not None and self.crossing.t < 0.5 else self.view


class SidePanel(Pane[Shown]):
    """Paints a `Shown`. As a band it fills the half that `tone` names; as a panel its whole rectangle."""

    def __init__(self, style: Style, parent: QWidget | None = None) -> None:
        super().__init__(style, parent)
        self.band = False
        self._bar = QRect()

    def words(self, value: Shown) -> str:
        view = value.view
        parts = (view.word.capitalize(), view.label, f"{view.next_label} {view.next_text}".strip(), view.aside)
        return ". ".join(part for part in parts if part)

    def repaint_change(self, before: Shown | None, now: Shown) -> None:
        if before is not None and before.crossing is None and now.crossing is None and not self._bar.isEmpty():
            same = replace(before.view, fraction=now.view.fraction) == now.view
            if same and before.view.fraction is not None:
                self.update(self._bar)
                return
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.value is None:
            return
        painter = painter_for(self)
        face = self.value.face
        box = self._filled_box()
        colors = self._colors(face.tone)
        if self.band:
            painter.fillRect(self.rect(), QColor(self.style_now.theme.sunken))
        painter.fillRect(box, QColor(self._fill()))
        self._paint_edge(painter, box, face.tone, colors)
        painter.setClipRect(box)
        PanelPainter(painter, self.style_now, box, face, colors, band=self.band).paint()
        self._bar = self._bar_of(box)
        painter.end()

    def _colors(self, tone: Tone) -> SideColors:
        return self.style_now.side(tone)

    def _fill(self) -> str:
        shown = self.value
        if shown is None:
            return self.style_now.theme.surface
        fill = self._colors(shown.view.tone).fill
        if shown.crossing is None:
            return fill
        return mix(self._colors(shown.crossing.before.tone).fill, fill, shown.crossing.t)

    def _filled_box(self) -> QRectF:
        whole = QRectF(self.rect())
        if not self.band or self.value is None:
            return whole
        now = self._band_part(self.value.view.tone)
        if self.value.crossing is None:
            return now
        old, t = self._band_part(self.value.crossing.before.tone), self.value.crossing.t
        return QRectF(
            old.x() + (now.x() - old.x()) * t, 0, old.width() + (now.width() - old.width()) * t, whole.height()
        )

    def _band_part(self, tone: Tone) -> QRectF:
        half = self.width() / 2
        if tone is Tone.NEUTRAL:
            return QRectF(self.rect())
        return QRectF(0 if tone is Tone.LEFT else half, 0, half, self.height())

    def _paint_edge(self, painter: QPainter, box: QRectF, tone: Tone, colors: SideColors) -> None:
        """The amber panel's darker inner edge; the neutral one's hairline."""
        width = self.style_now.px(EDGE) if colors.edge else 1.0 if tone is Tone.NEUTRAL else 0.0
        if not width:
            return
        color = QColor(colors.edge or self.style_now.theme.line)
        if self.band:
            painter.fillRect(QRectF(box.x(), box.bottom() - width, box.width(), width), color)
        else:
            at_left = self.isRightToLeft() and tone is Tone.NEUTRAL
            painter.fillRect(QRectF(box.right() - width if at_left else box.x(), 0, width, box.height()), color)

    def _bar_of(self, box: QRectF) -> QRect:
        if self.value is None:
            return QRect()
        where = Block(self.style_now, box, self.value.face, band=self.band)
        return where.bar.toAlignedRect().adjusted(-1, -1, 1, 1)


class Block:
    """Where the parts of a panel are, in px. The digits take what the other lines leave."""

    def __init__(self, style: Style, box: QRectF, view: PanelView, *, band: bool) -> None:
        pad = style.px(24.0 if band else PAD)
        self.left, self.right = box.x() + pad, box.right() - pad
        self.head = style.px(44.0 if band else 80.0) + box.y()
        self.rule = box.bottom() - style.px(48.0 if band else 125.0 if view.next_label else 101.0)
        top = box.y() + style.px(76.0 if band else _HEAD_BOTTOM)
        squeeze = 0.6 if band else 1.0
        # In a band the label shares the line of the word, so that the digits get its height.
        label = style.size(LABEL_PX) * 0.727 + style.px(_GAP_LABEL) if view.label and not band else 0.0
        bar = style.px(_GAP_BAR * squeeze + BAR) if view.fraction is not None or view.reps is not None else 0.0
        unit = style.px(_GAP_UNIT) + style.size(UNIT_PX) * 0.727 if view.unit else 0.0
        self.digits = self._digit_font(style, view, self.rule - top - label - bar - unit - style.px(16.0))
        cap = cap_height(self.digits)
        y = top + (self.rule - top - label - cap - bar - unit) / 2
        self.label_y = y + style.size(LABEL_PX) * 0.727
        self.digits_top = y + label
        self.digits_y = self.digits_top + cap
        bar_top = self.digits_y + style.px(_GAP_BAR * squeeze)
        self.bar = QRectF(self.left, round(bar_top), self.right - self.left, style.whole(BAR)) if bar else QRectF()
        self.unit_y = self.digits_y + bar + unit

    def _digit_font(self, style: Style, view: PanelView, height: float) -> QFont:
        px = style.px(LONG_PX if ":" in view.digits else DIGITS_PX)
        weight = 800 if view.heavy else 600
        font = style.fitted(px, weight, tabular=True)
        room = self.right - self.left
        # Both weights must fit, or the last three seconds would change the size.
        wide = digits_width(view.digits or "00", style.fitted(px, 800, tabular=True))
        tall = cap_height(font)
        shrink = min(1.0, room / wide if wide else 1.0, height / tall)
        return font if shrink >= 1.0 else style.fitted(px * shrink, weight, tabular=True)


class PanelPainter:
    """Paints one panel into a box."""

    def __init__(
        self, painter: QPainter, style: Style, box: QRectF, view: PanelView, colors: SideColors, *, band: bool
    ) -> None:
        self._painter = painter
        self._style = style
        self._box = box
        self._view = view
        self._colors = colors
        self._band = band
        self._at = Block(style, box, view, band=band)

    def paint(self) -> None:
        """All parts, from the top."""
        self._head()
        self._middle()
        if self._band:
            self._foot_line()
        else:
            self._foot()

    def _head(self) -> None:
        view, style, at = self._view, self._style, self._at
        px = 88.0 if view.tone is not Tone.NEUTRAL else 72.0
        size = 0.62 if self._band else 1.0
        wide, tall = style.px(SOLES[0] * size), style.px(SOLES[1] * size)
        pair = view.soles is not None
        room = at.right - at.left - (wide + style.px(20.0) if pair else 0.0)
        if self._band:
            room -= (at.right - at.left) * 0.42
        font = fit_line(style, view.word, px * size, 800, room)
        y = at.head + cap_height(font) / 2
        # In a band the pair stands at the outer edge, before the word.
        outer_left = self._band and view.tone is not Tone.RIGHT
        x = at.left - style.px(3.0)
        if self._band and view.tone is Tone.RIGHT:
            x = at.right - (wide + style.px(20.0) if pair else 0.0) - width_of(view.word, font)
        elif outer_left and pair:
            x = at.left + wide + style.px(20.0)
        baseline(self._painter, x, y, view.word, font, self._colors.ink)
        if view.soles is not None:
            left = at.left if outer_left else at.right - wide
            box = QRectF(left, at.head - tall / 2, wide, tall)
            draw_soles(self._painter, box, view.soles, self._colors.ink, self._colors.idle)

    def _middle(self) -> None:
        view, style, at, painter = self._view, self._style, self._at, self._painter
        if view.label:
            self._label()
        if view.check:
            self._check()
        else:
            ink = mix(self._colors.ink, self._colors.fill, 0.38) if view.dimmed else self._colors.ink
            # A digit's own margin grows with it; without this the number would stand inside the words' edge.
            draw_digits(painter, at.left - at.digits.pixelSize() * BEARING, at.digits_y, view.digits, at.digits, ink)
            if view.beside:
                self._beside()
        if view.reps is not None:
            self._reps(*view.reps)
        elif view.fraction is not None:
            self._bar(view.fraction)
        if view.unit:
            font = fit_line(style, view.unit, UNIT_PX, 500, at.right - at.left)
            baseline(painter, at.left, at.unit_y, view.unit, font, self._colors.soft)

    def _label(self) -> None:
        view, style, at = self._view, self._style, self._at
        if not self._band:
            font = fit_line(style, view.label, LABEL_PX, 600, at.right - at.left)
            baseline(self._painter, at.left, at.label_y, view.label, font, self._colors.soft)
            return
        font = fit_line(style, view.label, 30.0, 600, (at.right - at.left) * 0.4)
        x = at.left if view.tone is Tone.RIGHT else at.right - width_of(view.label, font)
        baseline(self._painter, x, at.head + cap_height(font) / 2, view.label, font, self._colors.soft)

    def _beside(self) -> None:
        at, style = self._at, self._style
        x = at.left + digits_width(self._view.digits, at.digits) - style.px(12.0)
        font = fit_line(style, self._view.beside, BESIDE_PX, 500, at.right - x, tabular=True)
        baseline(self._painter, x, at.digits_y, self._view.beside, font, self._colors.soft)

    def _check(self) -> None:
        at = self._at
        tall = at.digits_y - at.digits_top
        mark = QPainterPath(QPointF(at.left + tall * 0.08, at.digits_top + tall * 0.55))
        mark.lineTo(at.left + tall * 0.38, at.digits_top + tall * 0.85)
        mark.lineTo(at.left + tall * 1.02, at.digits_top + tall * 0.16)
        pen = QPen(QColor(self._colors.bar), tall * 0.14)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self._painter.strokePath(mark, pen)

    def _bar(self, fraction: float) -> None:
        bar = self._at.bar
        radius = bar.height() / 2
        rounded(self._painter, bar, radius, self._colors.track)
        filled = bar.width() * fraction
        if filled > 0:
            self._painter.save()
            whole = QPainterPath()
            whole.addRoundedRect(bar, radius, radius)
            self._painter.setClipPath(whole, Qt.ClipOperation.IntersectClip)
            part = QRectF(bar.x() - radius, bar.y(), filled + radius, bar.height())
            rounded(self._painter, part, radius, self._colors.bar)
            self._painter.restore()

    def _reps(self, finished: int, planned: int) -> None:
        bar, style = self._at.bar, self._style
        gap = style.px(8.0) if planned <= 15 else style.px(3.0)
        wide = (bar.width() - gap * (planned - 1)) / planned
        radius = min(style.px(7.0), wide / 2)
        for n in range(planned):
            box = QRectF(bar.x() + n * (wide + gap), bar.y(), wide, bar.height())
            if n < finished:
                rounded(self._painter, box, radius, self._colors.bar)
            elif n == finished:
                rounded(self._painter, box, radius, self._colors.track, self._colors.bar, style.px(3.0))
            else:
                rounded(self._painter, box, radius, self._colors.track)

    def _foot(self) -> None:
        view, style, at, painter = self._view, self._style, self._at, self._painter
        painter.fillRect(QRectF(at.left, at.rule, at.right - at.left, style.px(2.0)), QColor(self._colors.rule))
        if not view.next_text:
            return
        low = 35.0 if view.next_label else 54.0
        middle = (at.rule + self._box.bottom()) / 2
        x = at.left
        if view.next_tone is not None:
            swatch = QRectF(x, middle - style.px(22.0) + style.px(-4.0), style.px(22.0), style.px(44.0))
            rounded(painter, swatch, style.px(3.0), self._swatch(view.next_tone))
            x += style.px(38.0)
        aside = fit_line(style, view.aside, 24.0, 500, (at.right - x) * 0.5, tabular=True, most=28.0)
        beside = width_of(view.aside, aside) + style.px(16.0) if view.aside else 0.0
        name = fit_line(style, view.next_text, 40.0, 600, at.right - x - beside, tabular=True)
        y = (
            self._box.bottom() - style.px(low - 8.0)
            if view.next_label
            else middle + cap_height(name) / 2 - style.px(4.0)
        )
        if view.next_label:
            label = fit_line(style, view.next_label, 20.0, 400, at.right - x - beside, most=26.0)
            top = at.rule + style.px(34.0) + cap_height(label) / 2
            baseline(painter, x, top, view.next_label, label, self._colors.soft)
            y = top + style.px(20.0) + cap_height(name)
        baseline(painter, x, y, view.next_text, name, self._colors.ink)
        if view.aside:
            aside_y = middle - style.px(4.0) + cap_height(aside) / 2
            baseline(painter, at.right - width_of(view.aside, aside), aside_y, view.aside, aside, self._colors.ink)

    def _foot_line(self) -> None:
        """In a band all of it stands on one line."""
        view, style, at = self._view, self._style, self._at
        text = " ".join(part for part in (view.next_label, view.next_text) if part)
        text = " · ".join(part for part in (text, view.aside) if part)
        x = at.left
        y = at.rule + style.px(24.0)
        if view.next_tone is not None:
            box = QRectF(x, y - style.px(11.0), style.px(12.0), style.px(22.0))
            rounded(self._painter, box, style.px(3.0), self._swatch(view.next_tone))
            x += style.px(22.0)
        font = fit_line(style, text, 24.0, 600, at.right - x)
        baseline(self._painter, x, y + cap_height(font) / 2, text, font, self._colors.ink)

    def _swatch(self, tone: Tone) -> str:
        return self._style.side(tone).fill
