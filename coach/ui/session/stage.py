"""The stage: progress, name, cue, figure, pacer and buttons. The figure gets every pixel the other parts leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from coach.domain.exercise import Side
from coach.ui.figure.view import FigureView
from coach.ui.i18n import tr
from coach.ui.session.controls import ControlBar, MoreBar
from coach.ui.session.intents import Command
from coach.ui.session.pacer import Pacer
from coach.ui.session.pain_row import PainRowWidget
from coach.ui.session.panes import Heading, HeadingPane, PhasePane, PhaseView, ProgressPane, SetupPane
from coach.ui.session.view import BannerView, ControlsView, FigureScene, StageView, Tone
from coach.ui.widgets.banner import Banner
from coach.ui.widgets.banner import Tone as BannerTone

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

    from coach.ui.session.style import Style

PAD = 36.0
STRIP = 24.0
TOP, HEADING_TOP, BOTTOM = 27.0, 98.0, 28.0
PACER_HEIGHT = 98.0
LIST_SHARE = 0.46
"""Part of the width that the set-up lines take beside the figure."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Which parts there are; the layout changes only with this."""

    setup: bool
    phase: tuple[str, ...]
    pain: bool
    strip: Tone | None
    more: tuple[bool, bool, bool, bool]
    heading: tuple[str, bool, tuple[str, ...], bool]
    notice: str


class Stage(QWidget):
    """Shows a `StageView` and a `ControlsView`. Emits `asked(Intent)`; a click beside the buttons is one too."""

    asked = Signal(object)

    def __init__(self, style: Style, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style = style
        self._view: StageView | None = None
        self._controls_view: ControlsView | None = None
        self._shape: Shape | None = None
        self.progress = ProgressPane(style, self)
        self.heading = HeadingPane(style, self)
        self.figure = FigureView(self)
        self.figure.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setup = SetupPane(style, self)
        self.phase = PhasePane(style, self)
        self.pacer = Pacer(style, self)
        self.pain = PainRowWidget(style, self)
        self.more = MoreBar(style, self)
        self.controls = ControlBar(style, self)
        self.banner = Banner(style.look, BannerTone.WARN, "", link=tr("Try again"), parent=self)
        self.banner.hide()
        self.banner.link_clicked.connect(lambda: self.asked.emit(Command.RETRY_SAVING))
        for part in (self.pain, self.more, self.controls):
            part.asked.connect(self.asked)

    def restyle(self, style: Style) -> None:
        """Another size or another look."""
        self._style = style
        panes = (self.progress, self.heading, self.setup, self.phase, self.pacer)
        for part in (*panes, self.pain, self.more, self.controls):
            part.restyle(style)
        self.figure.set_theme(style.theme.dark)
        self._shape = None
        if self._view is not None and self._controls_view is not None:
            self.show_view(self._view, self._controls_view)
        self.update()

    def show_view(self, view: StageView, controls: ControlsView) -> None:
        """Show a moment. Parts are laid out anew only when others are there than before."""
        self._view, self._controls_view = view, controls
        self.progress.show_value(view.progress)
        self.heading.show_value(Heading.of(view))
        self._show_figure(view.figure)
        lines = view.setup if view.figure.pose is not None else view.setup or view.figure.steps
        self.setup.show_value(lines)
        if view.pacer is not None:
            words = view.pacer.words
            self.phase.show_value(PhaseView(view.phase_word, view.phase_count, (words.effort, words.hold, words.back)))
            self.pacer.show_value(view.pacer)
        if view.pain is not None:
            self.pain.show_view(view.pain)
        resized = self.controls.show_view(controls)
        more = (controls.more, view.work, view.hold, controls.can_ease)
        self.more.show_for(working=view.work, hold=view.hold, can_ease=controls.can_ease)
        shape = Shape(
            bool(lines),
            self.phase.value.words if self.phase.value and view.pacer else (),
            view.pain is not None,
            view.strip,
            more,
            (view.title, bool(view.cue or view.cue_strong), view.cues, bool(view.safety)),
            view.progress.notice,
        )
        if shape != self._shape or resized:
            self._shape = shape
            self._place(shape)

    def show_banner(self, view: BannerView | None) -> None:
        """A line about trouble, or none."""
        if view is not None:
            self.banner.set_text(view.lead, view.text)
        self.banner.setVisible(view is not None)
        if self._shape is not None:
            self._place(self._shape)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._shape is not None:
            self._place(self._shape)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit(Command.STAGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._style.theme.bg))
        if self._view is not None and self._view.strip is not None:
            painter.fillRect(self._strip_rect(self._view.strip), QColor(self._style.side(self._view.strip).fill))
        painter.end()

    def _show_figure(self, scene: FigureScene) -> None:
        pose = scene.exercise.poses[scene.pose] if scene.pose is not None else None
        self.figure.set_scene(pose, scene.side is Side.LEFT)
        self.figure.set_state(scene.state)
        if self.figure.accessibleDescription() != scene.description:
            self.figure.setAccessibleName(tr("How it is done"))
            self.figure.setAccessibleDescription(scene.description)

    # --- layout -------------------------------------------------------------------------------------------------------

    def _strip_rect(self, tone: Tone) -> QRectF:
        wide = self._style.px(STRIP)
        return QRectF(0.0 if tone is Tone.LEFT else self.width() - wide, 0.0, wide, self.height())

    def _inner(self, shape: Shape) -> tuple[int, int]:
        """Left edge and width of what is inside the padding."""
        pad, strip = self._style.whole(PAD), self._style.whole(STRIP)
        left = pad + (strip if shape.strip is Tone.LEFT else 0)
        right = pad + (strip if shape.strip is Tone.RIGHT else 0)
        return left, max(1, self.width() - left - right)

    def _place(self, shape: Shape) -> None:
        left, width = self._inner(shape)
        px = self._style.whole
        top = px(TOP)
        self.progress.setGeometry(left, top, width, self.progress.height_needed())
        heading_top = max(px(HEADING_TOP), self.progress.geometry().bottom() + px(16.0))
        self.heading.setGeometry(left, heading_top, width, self.heading.height_needed(width))
        bottom = self._place_controls(shape, left, width)
        body_top = self._place_banner(left, width) + px(10.0)
        self._place_body(shape, QRect(left, body_top, width, max(1, bottom - body_top)))

    def _place_controls(self, shape: Shape, left: int, width: int) -> int:
        """The bars at the bottom; where the body ends."""
        px = self._style.whole
        tall = self.controls.height_for(width)
        y = self.height() - px(BOTTOM) - tall
        self.controls.setGeometry(left, y, width, tall)
        self.controls.place()
        y = self._place_more(shape, left, width, y)
        self.pain.setVisible(shape.pain)
        if shape.pain:
            tall = self.pain.height_for(width)
            y -= tall + px(6.0)
            self.pain.setGeometry(left, y, width, tall)
            self.pain.place()
        self.pacer.setVisible(bool(shape.phase))
        if shape.phase:
            tall = px(PACER_HEIGHT) + round(self._style.size(20.0) * 1.25)
            y -= tall + px(20.0)
            over = round(self.pacer.overhang())
            self.pacer.setGeometry(left - over, y, width + 2 * over, tall)
        return y - px(10.0)

    def _place_more(self, shape: Shape, left: int, width: int, y: int) -> int:
        """The second bar: in the top line where it fits, so that nothing moves; else above the first."""
        self.more.setVisible(shape.more[0])
        if not shape.more[0]:
            return y
        px = self._style.whole
        row = self.progress.row_height()
        size = self.more.fit(self.progress.free_width(width))
        if size.width():
            x = left + (width - size.width()) // 2
            self.more.setGeometry(x, round(px(TOP) + (row - size.height()) / 2), size.width(), size.height())
        else:
            tall = self.more.wrapped_height(width)
            y -= tall + px(8.0)
            self.more.setGeometry(left, y, width, tall)
        self.more.place()
        self.more.raise_()
        return y

    def _place_body(self, shape: Shape, body: QRect) -> None:
        self.setup.setVisible(shape.setup)
        self.phase.setVisible(bool(shape.phase))
        figure = QRect(body)
        gap = self._style.whole(24.0)
        if shape.setup:
            lines = self._list_rect(body)
            self.setup.setGeometry(lines)
            figure = self._bled(self._beside(body, lines, gap))
        elif shape.phase:
            wide = self.phase.width_needed(body.width() * 6 // 10)
            words = QRect(body.right() + 1 - wide, body.top(), wide, body.height())
            if self.isRightToLeft():
                words.moveLeft(body.left())
            self.phase.setGeometry(words)
            figure = self._bled(self._beside(body, words, gap))
        self.figure.setGeometry(figure)

    def _bled(self, figure: QRect) -> QRect:
        """The figure's ground may reach into the padding at the edge of the screen."""
        bleed = self._style.whole(PAD - 8.0)
        return figure.adjusted(0, 0, bleed, 0) if self.isRightToLeft() else figure.adjusted(-bleed, 0, 0, 0)

    def _list_rect(self, body: QRect) -> QRect:
        """Beside the figure, or below it where the stage is taller than wide."""
        if body.height() > body.width() * 1.1:
            tall = min(self.setup.height_needed(body.width()), body.height() // 2)
            return QRect(body.left(), body.bottom() + 1 - tall, body.width(), tall)
        wide = round(body.width() * LIST_SHARE)
        x = body.left() if self.isRightToLeft() else body.right() + 1 - wide
        return QRect(x, body.top(), wide, body.height())

    def _beside(self, body: QRect, taken: QRect, gap: int) -> QRect:
        """What `taken` leaves of the body."""
        if taken.width() == body.width():
            return QRect(body.left(), body.top(), body.width(), body.height() - taken.height() - gap)
        wide = max(1, body.width() - taken.width() - gap)
        return QRect(
            body.left() if taken.left() > body.left() else taken.right() + 1 + gap, body.top(), wide, body.height()
        )

    def _place_banner(self, left: int, width: int) -> int:
        """The banner below the heading, if there is one; where it ends."""
        top = self.heading.geometry().bottom()
        if self.banner.isHidden():
            return top
        wide = min(width, self._style.look.px(620))
        tall = max(self.banner.sizeHint().height(), self.banner.heightForWidth(wide))
        self.banner.setGeometry(left, top + self._style.whole(8.0), wide, tall)
        return self.banner.geometry().bottom()
