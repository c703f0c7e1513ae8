"""The session screen: panel, stage and the sheets over them. It shows what the presenter says, and says what is asked.

Keys belong to the screen itself, whatever has the focus; a focused button hears Space and Enter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from coach.ui.i18n import tr, trn
from coach.ui.session.hurts import HurtsSheet
from coach.ui.session.intents import Command, Digit, Intent
from coach.ui.session.keys import command_of, digit_of
from coach.ui.session.panel import Shown, SidePanel
from coach.ui.session.stage import Stage
from coach.ui.session.stop_page import StopPage
from coach.ui.session.style import Style
from coach.ui.session.view import PanelView, Tone, ViewState
from coach.ui.widgets.dialog import Question

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent, QShowEvent

    from coach.domain.preferences import Preferences
    from coach.ui.session.presenter import SessionPresenter
    from coach.ui.theme.look import Look

PANEL_SHARE = 0.34375
PANEL_MIN, PANEL_MAX, PANEL_DRAWN = 320, 640, 440
BAND_SHARE = 0.34
FLASH_WIDTH = 28.0
BAND_BELOW = 1.2
"""Narrower than this width to height, the panel becomes a band across the top."""


def is_band(width: int, height: int) -> bool:
    """Whether the panel lies across the top."""
    return width < BAND_BELOW * height


def panel_width(width: int, scale: float) -> int:
    """Width of the panel in px: about a third, and never too narrow for its own digits."""
    widest = max(PANEL_MAX, PANEL_DRAWN * scale)
    return round(min(max(width * PANEL_SHARE, PANEL_MIN), widest))


class SessionScreen(QWidget):
    """Guides one session. `full_screen_asked` when F or its button is used; whoever owns the window does it.

    Being shown starts the presenter. `look` is the session's own (light or dark), `page_look` that of the pages, for
    the one dialog. Whoever takes the screen away calls `presenter.close()`.
    """

    full_screen_asked = Signal()

    def __init__(
        self,
        look: Look,
        presenter: SessionPresenter,
        preferences: Preferences,
        *,
        page_look: Look | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._page_look = page_look or look
        self._presenter = presenter
        self._question: Question | None = None
        self._view: ViewState | None = None
        self._style = Style(look, self.width(), self.height())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Session"))
        self.setMinimumSize(320, 240)
        self.stage = Stage(self._style, self)
        self.stage.figure.set_person(preferences.person)
        self.panel = SidePanel(self._style, self)
        self.sheet = HurtsSheet(self._style, self)
        self.stop_page = StopPage(self._style, self)
        self.edge = EdgeFlash(self._style, self)
        self.sheet.hide()
        self.stop_page.hide()
        for part in (self.stage, self.sheet, self.stop_page):
            part.asked.connect(self._ask)
        self.sheet.typed.connect(lambda digit: presenter.key(Digit(digit)))
        presenter.changed.connect(self.show_view)
        presenter.spoken.connect(self._announce)
        look.changed.connect(self._restyle)
        self._restyle()

    @property
    def presenter(self) -> SessionPresenter:
        """What runs the session."""
        return self._presenter

    def show_view(self, view: ViewState) -> None:
        """Show one picture of the session."""
        before, self._view = self._view, view
        self.panel.show_value(Shown(view.panel, view.crossing))
        self.stage.show_view(view.stage, view.controls)
        self._place(view)
        if before is None or before.banner != view.banner:
            self.stage.show_banner(view.banner)
        if before is None or before.flash is not view.flash:
            self.edge.show_at(self._style, self.size(), view.flash)
        self._show_sheets(before, view)
        if view.asking_end and self._question is None:
            self._ask_end(view)

    # --- Qt -----------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._view is None:
            self._presenter.set_right_to_left(mirrored=self.isRightToLeft())
            self._presenter.start()
        if self._view is None:
            self.show_view(self._presenter.view)  # it had been started before

    def closeEvent(self, event: QCloseEvent) -> None:
        self._presenter.close()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._restyle()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LayoutDirectionChange and self._view is not None:
            self._presenter.set_right_to_left(mirrored=self.isRightToLeft())
            self._place(self._view)
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = digit_of(event)
        command = command_of(event)
        if digit is not None:
            self._presenter.key(Digit(digit))
        elif command is Command.FULL_SCREEN:
            self.full_screen_asked.emit()
        elif command is not None:
            self._presenter.key(command)
        else:
            super().keyPressEvent(event)

    # --- showing ------------------------------------------------------------------------------------------------------

    def _restyle(self) -> None:
        self._style = Style(self._look, self.width(), self.height())
        self._presenter.set_reduced_motion(reduced=self._look.reduced_motion)
        for part in (self.stage, self.panel, self.sheet, self.stop_page):
            part.restyle(self._style)
        for sheet in (self.sheet, self.stop_page):
            sheet.setGeometry(self.rect())
        if self._view is not None:
            self._place(self._view)

    def _place(self, view: ViewState) -> None:
        """Panel and stage, also on the way from one edge to the other."""
        panel, stage = self._boxes(view.panel)
        if view.crossing is not None and not self.panel.band:
            old_panel, old_stage = self._boxes(view.crossing.before)
            panel = _between(old_panel, panel, view.crossing.t)
            stage = _between(old_stage, stage, view.crossing.t)
        if self.panel.geometry() != panel:
            self.panel.setGeometry(panel)
        if self.stage.geometry() != stage:
            self.stage.setGeometry(stage)

    def _boxes(self, view: PanelView) -> tuple[QRect, QRect]:
        width, height = self.width(), self.height()
        self.panel.band = is_band(width, height)
        if self.panel.band:
            tall = round(height * BAND_SHARE)
            return QRect(0, 0, width, tall), QRect(0, tall, width, height - tall)
        wide = panel_width(width, self._style.scale)
        at_left = view.tone is Tone.LEFT or (view.tone is Tone.NEUTRAL and self.isRightToLeft())
        if at_left:
            return QRect(0, 0, wide, height), QRect(wide, 0, width - wide, height)
        return QRect(width - wide, 0, wide, height), QRect(0, 0, width - wide, height)

    def _show_sheets(self, before: ViewState | None, view: ViewState) -> None:
        """At most one sheet lies over the session; what lies below is out of the reach of Tab."""
        if view.hurts is not None:
            self.sheet.show_view(view.hurts)
        if view.stop is not None:
            self.stop_page.show_view(view.stop)
        stop, sheet = view.stop is not None, view.hurts is not None and view.stop is None
        for part, shown in ((self.stop_page, stop), (self.sheet, sheet)):
            if part.isVisibleTo(self) != shown:
                part.setVisible(shown)
                if shown:
                    part.raise_()
                    part.setFocus(Qt.FocusReason.OtherFocusReason)
        covered = stop or sheet
        if self.stage.isVisibleTo(self) == covered:
            self.stage.setVisible(not covered)
            self.panel.setVisible(not covered)
            if not covered:
                self.setFocus(Qt.FocusReason.OtherFocusReason)
        if sheet and (
            before is None or before.hurts is None or before.hurts.value != (view.hurts and view.hurts.value)
        ):
            self._announce(self.sheet.spoken(), urgent=False)

    # --- asking -------------------------------------------------------------------------------------------------------

    def _ask(self, intent: Intent) -> None:
        if intent is Command.FULL_SCREEN:
            self.full_screen_asked.emit()
        else:
            self._presenter.ask(intent)
        if self.stage.isVisibleTo(self):
            # One key must do the same from everywhere, so a button gives the focus back once it was used.
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_end(self, view: ViewState) -> None:
        left = trn("{n} exercise is left.", "{n} exercises are left.", view.exercises_left)
        text = f"{tr('What you did so far is kept.')} {left}"
        self._question = Question(
            self._page_look, tr("End the session?"), text, action=tr("End"), safe=tr("Go on"), parent=self
        )
        self._question.decided.connect(self._end_decided)
        self._question.open()

    def _end_decided(self, end: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._question = None
        self._presenter.decide_end(end)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _announce(self, words: str, urgent: bool) -> None:  # noqa: FBT001 - a signal's argument
        event = QAccessibleAnnouncementEvent(self, words)
        polite = QAccessible.AnnouncementPoliteness
        event.setPoliteness(polite.Assertive if urgent else polite.Polite)
        QAccessible.updateAccessibility(event)


def _between(one: QRect, other: QRect, t: float) -> QRect:
    """A rectangle on the way from one to the other."""
    ends = ((one.x(), other.x()), (one.y(), other.y()), (one.width(), other.width()), (one.height(), other.height()))
    return QRect(*(round(a + (b - a) * t) for a, b in ends))


class EdgeFlash(QWidget):
    """A lit edge for a fifth of a second: the substitute for a chime, or for the panel's crossing."""

    def __init__(self, style: Style, parent: QWidget) -> None:
        super().__init__(parent)
        self._style = style
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, style: Style, room: QSize, tone: Tone | None) -> None:
        """Light the edge of a side, the end edge for neither, or none; `room` is the size of the screen."""
        self._style = style
        self.setVisible(tone is not None)
        if tone is None:
            return
        wide = style.whole(FLASH_WIDTH)
        at_left = tone is Tone.LEFT or (tone is Tone.NEUTRAL and self.isRightToLeft())
        self.setGeometry(0 if at_left else room.width() - wide, 0, wide, room.height())
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._style.color("ink"))
        painter.end()
