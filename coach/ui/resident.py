"""The program behind its window: the icon in the tray, what closing means, a start without a window.

Closing the window keeps the program only if it can come back: by the icon, or where there is no tray by being started
again, which raises the window (`SingleWindow`). Nobody is left with a program they did not ask for: it says so once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from coach.domain.preferences import Background
from coach.domain.reminders.wall import zone_of
from coach.ui.i18n import tr
from coach.ui.reminder_words import countdown_text, next_text, title_of
from coach.ui.tray import Tray
from coach.ui.widgets.dialog import Question

if TYPE_CHECKING:
    from pathlib import Path

    from coach.services.ports import Autostart, Desktop
    from coach.services.reminding import AutostartState
    from coach.ui.conductor import Conductor
    from coach.ui.pages.start_section import StartSection
    from coach.ui.reminding_flow import RemindingFlow

REST_AFTER_MS = 5_000
"""So long after the last that happened the program is at rest, if its window is out of sight."""


class Resident(QObject):
    """Owns the tray, and decides what becomes of the program when its window is closed."""

    def __init__(self, conductor: Conductor, flow: RemindingFlow, desktop: Desktop, assets: Path) -> None:
        super().__init__(conductor)
        self._conductor = conductor
        self._flow = flow
        self._desktop = desktop
        self._autostart: Autostart | None = None
        self._section: StartSection | None = None
        self._question: Question | None = None
        self._hidden = False
        self._idle = QTimer(self, singleShot=True, interval=REST_AFTER_MS)
        self._idle.timeout.connect(self._rest)
        flow.changed.connect(self._idle.start)
        self.tray = Tray(conductor.look, assets, self._told, self)
        flow.tray = self.tray
        flow.changed.connect(self.tray.refresh)
        self.tray.came.connect(self._tray_came)
        self.tray.gave_up.connect(self._no_tray)
        self.tray.start_asked.connect(self._start_now)
        self.tray.pause_asked.connect(flow.pause)
        self.tray.resume_asked.connect(lambda: flow.pause(None))
        self.tray.open_asked.connect(conductor.show_yourself)
        self.tray.quit_asked.connect(conductor.quit)
        self.tray.message_clicked.connect(flow.balloon_clicked)
        conductor.shell.may_hide = self._may_hide
        conductor.shell.hidden_instead.connect(self._was_hidden)

    @property
    def reminds(self) -> bool:
        """Whether there is anything to stay for."""
        return any(rule.on for rule in self._flow.outlook.rules)

    def close(self) -> None:
        """Leave the tray."""
        self.tray.close()
        QApplication.setQuitOnLastWindowClosed(True)

    # --- closing ----------------------------------------------------------------------------------------------------

    def _may_hide(self) -> bool:
        """The window is being closed: whether it only hides, or has asked and stays for now."""
        choice = self._conductor.preferences.background
        if not self.reminds or choice is Background.OFF:
            return False
        if self.tray.there or choice is Background.ON:
            return True
        self._ask()
        return True

    def _was_hidden(self) -> None:
        if self._question is not None:
            return  # it asks first
        QApplication.setQuitOnLastWindowClosed(False)
        self._conductor.shell.hide()
        self._conductor.gallery.forget()
        self._idle.start()
        if self._conductor.preferences.background is Background.ASK:
            self._remember(Background.ON)
            self.tray.balloon(
                tr("Foot Coach keeps reminding you"), tr("Its icon is here. To end it, choose Quit in the icon's menu.")
            )

    def _ask(self) -> None:
        """There is no tray: the one question, once."""
        if self._question is not None:
            return
        question = Question(
            self._conductor.look,
            tr("Keep reminding you?"),
            tr(
                "Foot Coach can go on without its window and remind you. There is no tray on this desktop, so to get "
                "the window back you start Foot Coach again. Settings, Start and reminders, changes this."
            ),
            action=tr("Close for good"),
            safe=tr("Keep reminding me"),
            parent=self._conductor.shell,
        )
        self._question = question
        question.decided.connect(self._decided)
        question.open()

    def _decided(self, for_good: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._question = None
        self._remember(Background.OFF if for_good else Background.ON)
        self._conductor.shell.close()

    def _remember(self, choice: Background) -> None:
        self._conductor.change_preferences(replace(self._conductor.preferences, background=choice))

    def _rest(self) -> None:
        shell = self._conductor.shell
        if not shell.isVisible() or shell.isMinimized():
            self._desktop.rest()

    # --- a start without a window -----------------------------------------------------------------------------------

    def begin_hidden(self) -> None:
        """Nothing is shown: into the tray, or, when none comes, a window that lies in the task bar."""
        self._hidden = True
        QApplication.setQuitOnLastWindowClosed(False)
        if not self.tray.there and not self.tray.waiting:
            self._no_tray()

    def _no_tray(self) -> None:
        if self._hidden and not self._conductor.shell.isVisible():
            self._conductor.shell.showMinimized()
        self._hidden = False

    def _tray_came(self) -> None:
        self._hidden = False

    # --- the tray ---------------------------------------------------------------------------------------------------

    def _start_now(self) -> None:
        self._conductor.show_yourself()
        self._conductor.start_routine("")

    def _told(self) -> tuple[str, str, bool]:
        """The two lines of the menu, and whether reminders are paused."""
        conductor, flow = self._conductor, self._flow
        now, zone = conductor.adapters.clock.now(), conductor.adapters.zone()
        here = now.astimezone(zone_of(zone))
        until = flow.state().paused_until
        if until is not None:
            return tr("Paused. They go on: {when}", when=next_text(until, here)), "", True
        upcoming = flow.outlook.next_call(now, zone)
        if upcoming is None or upcoming.occurrence.at is None:
            return tr("No reminder planned"), "", False
        at = upcoming.occurrence.at
        when = tr("Next: {when}", when=next_text(at.astimezone(here.tzinfo), here))
        title = title_of(upcoming.reminder, conductor.routines)
        return when, tr("{title}, {countdown}", title=title, countdown=countdown_text(at - now)), False

    # --- settings ---------------------------------------------------------------------------------------------------

    def serve(self, section: StartSection) -> None:
        """Show in this section whether the program starts at login, and switch it."""
        self._section = section
        section.autostart_asked.connect(self._switch)

    def look(self) -> None:
        """Look whether it really is set."""
        self._conductor.worker.submit(lambda: self._auto().state(), self._show, self._conductor.tell_trouble)

    def _switch(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        def failed(error: Exception) -> None:
            self._conductor.tell_trouble(error)
            self.look()

        self._conductor.worker.submit(lambda: self._auto().switch(on=on), self._show, failed)

    def _auto(self) -> Autostart:
        if self._autostart is None:
            self._autostart = self._desktop.autostart()
        return self._autostart

    def _show(self, state: AutostartState) -> None:
        if self._section is not None:
            self._section.render_autostart(state)
