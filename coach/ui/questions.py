"""The questions between sessions, straight from a notification: shown, answered, kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from coach.domain.reminders.parts import ReminderKind
from coach.ui.i18n import tr
from coach.ui.pages.checks import MorningCheckPage, WeeklyCheckPage
from coach.ui.shell import TODAY

if TYPE_CHECKING:
    from coach.domain.pain import Area
    from coach.services.outlook import Outlook
    from coach.services.reminding import Reminding
    from coach.ui.conductor import Conductor
    from coach.ui.pages.checks import CheckAnswers
    from coach.ui.reminding_flow import RemindingFlow


class Questions(QObject):
    """Shows one question at a time; whoever opens another page puts it away."""

    def __init__(self, conductor: Conductor, flow: RemindingFlow) -> None:
        super().__init__(conductor)
        self._conductor = conductor
        self._flow = flow
        self.page: MorningCheckPage | WeeklyCheckPage | None = None
        conductor.shell.page_shown.connect(lambda _page: self._drop())

    def ask(self, kind: ReminderKind) -> None:
        """Ask about the areas that hurt lately; not while a session is guided."""
        if not self._conductor.guiding:
            self._flow.work(lambda r: r.areas(), lambda areas: self._open(kind, areas))

    def _open(self, kind: ReminderKind, areas: tuple[Area, ...]) -> None:
        conductor = self._conductor
        if conductor.guiding:
            return
        if conductor.flow is not None:
            conductor.flow.leave()
        self._drop()
        page: MorningCheckPage | WeeklyCheckPage
        if kind is ReminderKind.MORNING_CHECK:
            page = MorningCheckPage(conductor.look, areas)
        else:
            page = WeeklyCheckPage(conductor.look, areas)
        page.saved.connect(lambda answers: self._keep(kind, answers))
        page.cancelled.connect(lambda: conductor.shell.open(TODAY))
        self.page = page
        conductor.shell.open_inside(page, TODAY)

    def _keep(self, kind: ReminderKind, answers: CheckAnswers) -> None:
        def write(reminding: Reminding) -> Outlook:
            if kind is ReminderKind.MORNING_CHECK:
                return reminding.check_morning(dict(answers.pain), answers.stiffness)
            worst = dict(answers.worst)
            both = {area: (average, worst[area]) for area, average in answers.pain}
            return reminding.check_week(both, answers.hardest)

        def kept(_outlook: Outlook) -> None:
            self._conductor.shell.open(TODAY)
            self._conductor.say(tr("Saved."))
            self._conductor.refresh()

        def not_kept(error: Exception) -> None:
            if self.page is not None:
                self.page.ask_again()
            self._conductor.tell_trouble(error)

        self._flow.work(write, kept, not_kept)

    def _drop(self) -> None:
        page, self.page = self.page, None
        if page is not None:
            self._conductor.shell.drop(page)
