"""One session from the first question to the summary: check-in, guided exercises, how it felt, what was done.

Nothing is shown as done before the diary has it. The diary is spoken to on the worker's thread only.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from coach.domain.pain import PainMoment
from coach.domain.plan import first_sides, plan_routine
from coach.domain.records import Outcome, SetStatus
from coach.domain.session import PlanChanged, SetDone, State, begin, resume_after_crash
from coach.errors import GoneError, KnownError
from coach.services.coaching import Rating
from coach.services.history import seconds_of
from coach.services.unsaved import Unsaved
from coach.ui import states
from coach.ui.i18n import tr
from coach.ui.session.awake import make_awake
from coach.ui.session.facts import Outbox, PainAnswer
from coach.ui.session.intents import Command
from coach.ui.shell import TODAY
from coach.ui.widgets.dialog import Question

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path
    from uuid import UUID

    from coach.domain.pain import Area
    from coach.domain.plan import Plan, Routine
    from coach.domain.preferences import VoiceChoice
    from coach.domain.records import SessionEnd, SessionStart
    from coach.domain.session import Run
    from coach.services.coaching import Coaching, Unfinished
    from coach.ui.conductor import Conductor
    from coach.ui.pages.after import AfterPage
    from coach.ui.pages.after_state import AfterAnswers
    from coach.ui.pages.checkin import CheckInPage
    from coach.ui.session.facts import Fact
    from coach.ui.session.presenter import SessionPresenter
    from coach.ui.session.screen import SessionScreen

_LOG = logging.getLogger(__name__)
Answers = tuple[tuple["Area", int], ...]
GUIDING = frozenset({State.RUNNING, State.TOUCHED})
"""While it is so the display stays on; a pause begins with a key or a click, from which the desktop counts anew."""


class SessionFlow(QObject):
    """Runs once. `over` is emitted when the person is back where they came from.

    `worked` tells whether the session holds anything worth a backup of its own: a set, also one of an earlier part.
    """

    over = Signal()

    def __init__(self, conductor: Conductor) -> None:
        super().__init__(conductor)
        self._conductor = conductor
        self._shell = conductor.shell
        self._routine: Routine | None = None
        self._cancelled = False
        self._session: UUID | None = None
        self._end: SessionEnd | None = None
        self._outcome = Outcome.STOPPED
        self._here = Outbox()  # the same facts as the presenter's, as the worker's thread knows them
        self._end_due = False
        self._quitting = False
        self._spent_before = 0.0
        self.worked = False
        self._asked: Answers = ()
        self._pain_ids: dict[PainAnswer, UUID] = {}
        self._checkin: CheckInPage | None = None
        self._awake = make_awake()
        self.presenter: SessionPresenter | None = None
        self.screen: SessionScreen | None = None
        self._after: AfterPage | None = None

    # --- before -----------------------------------------------------------------------------------------------------

    def begin(self, routine: Routine, *, straight: bool = False) -> None:
        """Ask how it is, then guide through a routine.

        `straight` asks only where it has to be known and is not: areas that hurt lately and were not rated today
        (clinical.md 3.2), which takes one key where nothing changed.
        """
        from coach.ui.pages.checkin import CheckInPage

        conductor = self._conductor
        if conductor.found is None:
            return
        now, zone = conductor.adapters.clock.now(), conductor.adapters.zone()
        active = states.areas_to_ask(conductor.found, now, zone)
        self._routine = routine
        conductor.announcer.prepare()
        known = states.rated_today(conductor.found, active, states.local(now, zone).date()) if straight else None
        if known is not None:
            self._checked_in(known, anew=False)
            return
        self._checkin = CheckInPage(conductor.look, active, states.last_ratings(conductor.found, now, zone))
        self._checkin.saved.connect(self._checked_in)
        self._checkin.skipped.connect(lambda: self._checked_in(()))
        self._checkin.cancelled.connect(self._cancel)
        self._shell.open_inside(self._checkin, TODAY)

    def resume(self, unfinished: Unfinished) -> None:
        """Go on where a session was cut off."""
        now = self._conductor.adapters.clock.monotonic()
        run = resume_after_crash(
            unfinished.plan, unfinished.results, now, self_paced=self._conductor.preferences.self_paced
        )
        if run is None:
            self._cancel()
            return
        self._conductor.announcer.prepare()
        self._session = unfinished.summary.start.id
        self._spent_before = seconds_of(unfinished.summary)
        self.worked = bool(unfinished.done)
        before = (r for r in unfinished.summary.pain if r.moment is PainMoment.BEFORE)
        self._asked = tuple((rating.area, rating.nrs) for rating in before if rating.nrs is not None)
        rated = {r.exercise_id for r in unfinished.summary.pain if r.moment is PainMoment.WORST}
        answered = {i for i, planned in enumerate(run.plan) if planned.exercise.id in rated}
        self._guide(run, answered=answered)

    def _cancel(self) -> None:
        self._cancelled = True
        self.over.emit()  # Today first: a page that goes while it has the focus would hand it to the sidebar
        self._drop_checkin()

    def _drop_checkin(self) -> None:
        if self._checkin is not None:
            self._shell.drop(self._checkin)
            self._checkin = None

    def _checked_in(self, answers: Answers, *, anew: bool = True) -> None:
        """Begin; the answers are kept as ratings, unless they were before."""
        routine, self._routine = self._routine, None
        if routine is None:
            return  # it is being begun already: an impatient second press
        self._asked = answers
        conductor = self._conductor
        sides = first_sides((item.exercise for item in routine.items), dict(answers))
        plan = plan_routine(routine, sides)

        def write() -> SessionStart:
            before = [Rating(area, PainMoment.BEFORE, nrs) for area, nrs in answers if anew]
            return conductor.coaching().start(routine.id, routine.title, plan, before)

        def failed(error: Exception) -> None:
            self._routine = routine
            conductor.tell_trouble(error)

        conductor.worker.submit(write, lambda start: self._started(start, plan, frozenset(sides)), failed)

    def _started(self, start: SessionStart, plan: Plan, by_pain: frozenset[str]) -> None:
        conductor = self._conductor
        if self._cancelled:  # the person had gone elsewhere before it was written
            conductor.worker.submit(
                lambda: conductor.coaching().finish(start.id, Outcome.ABANDONED, 0),
                lambda _end: conductor.refresh(),
                conductor.tell_trouble,
            )
            return
        self._session = start.id
        conductor.reminders.flow.begun(start.routine_id)
        now = conductor.adapters.clock.monotonic()
        self._guide(begin(plan, now, self_paced=conductor.preferences.self_paced), by_pain)

    # --- during -----------------------------------------------------------------------------------------------------

    def _guide(self, run: Run, first_by_pain: Collection[str] = (), answered: Collection[int] = ()) -> None:
        from coach.ui.session.presenter import SessionPresenter
        from coach.ui.session.screen import SessionScreen

        conductor = self._conductor
        self.presenter = presenter = SessionPresenter(
            run,
            conductor.adapters.clock,
            conductor.preferences,
            conductor.announcer,
            pain_now=dict(self._asked),
            first_by_pain=first_by_pain,
            answered=answered,
        )
        look = conductor.look.follow(conductor.preferences.session_theme)
        self.screen = SessionScreen(look, presenter, conductor.preferences, page_look=conductor.look)
        self.screen.full_screen_asked.connect(self._shell.toggle_full_screen)
        presenter.to_save.connect(self._save)
        presenter.ended.connect(self._ended)
        presenter.voice_chosen.connect(self._choose_voice)
        presenter.changed.connect(lambda _view: self._awake.keep(on=presenter.run.state in GUIDING))
        self._drop_checkin()
        self._shell.hold_open = True
        self._shell.take_over(self.screen)
        if conductor.preferences.full_screen:
            self._shell.enter_full_screen()

    def _choose_voice(self, voice: VoiceChoice) -> None:
        conductor = self._conductor
        conductor.change_preferences(replace(conductor.preferences, voice=voice))

    def ask_to_end(self) -> None:
        """The window is being closed: a running session asks first."""
        if self.presenter is not None:
            self.presenter.ask(Command.END)

    def abort(self) -> None:
        """The program ends: whatever is finished is on disk, the rest is offered again at the next start."""
        self._awake.keep(on=False)
        self._quitting = True
        if self.presenter is not None:
            self.presenter.close()
            self._conductor.worker.submit(self._put_by_at_the_end, _nothing)
        if self._after is not None:
            self._after.save()

    def _save(self, token: int, fact: Fact) -> None:
        presenter = self.presenter
        if presenter is None:
            return

        def failed(error: Exception) -> None:
            if not isinstance(error, KnownError):
                presenter.not_saved(token, type(error).__name__)
                raise error
            presenter.not_saved(token, str(error))

        self._conductor.worker.submit(
            lambda: self._keep_and_note(token, fact), lambda _none: presenter.saved(token), failed
        )

    def _keep_and_note(self, token: int, fact: Fact) -> None:
        """On the worker's thread."""
        self._here.again(token, fact)
        try:
            self._keep(fact, self._conductor.coaching())
        except BaseException:
            self._here.not_kept(token)
            raise
        self._here.kept(token)

    def _keep(self, fact: Fact, coaching: Coaching) -> None:
        """On the worker's thread."""
        session = self._session
        if session is None:
            return
        match fact:
            case SetDone():
                self.worked = True
                coaching.record(session, fact, self_paced=self._conductor.preferences.self_paced)
            case PlanChanged():
                coaching.change_plan(session, fact.plan)
            case PainAnswer():
                sign = fact.sign.value if fact.sign else None
                corrects = self._pain_ids.get(fact.corrects) if fact.corrects else None
                rating = Rating(fact.area, PainMoment.WORST, fact.nrs, fact.exercise_id, sign, corrects)
                (kept,) = coaching.rate([rating], session, fact.about)
                self._pain_ids[fact] = kept.id

    # --- after ------------------------------------------------------------------------------------------------------

    def _ended(self, completed: bool) -> None:  # noqa: FBT001  # a signal's argument
        if self.presenter is None:
            return
        worked = any(done.status is not SetStatus.SKIPPED for done in self.presenter.run.results.values())
        self._outcome = Outcome.COMPLETED if completed and worked else Outcome.STOPPED
        self._end_due = True
        self._write_end()

    def _write_end(self) -> None:
        """Keep what could not be kept so far, then the end itself."""
        session = self._session
        if self.presenter is None or session is None:
            return

        def write() -> tuple[SessionEnd, states.Diaries]:
            for token, fact in sorted(self._here.failed.items()):
                self._keep_and_note(token, fact)
            end = self._conductor.coaching().finish(session, self._outcome, self._seconds)
            self._end_due = False
            return end, self._conductor.read()

        self._conductor.worker.submit(write, self._show_after, self._not_finished)

    @property
    def _seconds(self) -> float:
        """Time spent in the session so far, also in an earlier part of it."""
        return self._spent_before + (self.presenter.run.spent if self.presenter is not None else 0.0)

    def _not_finished(self, error: Exception) -> None:
        """The diary refuses: nothing is given up unless the person says so."""
        if isinstance(error, GoneError):
            self._ask(str(error), tr("Save a copy elsewhere"), self._save_elsewhere)
        elif isinstance(error, KnownError):
            promise = tr(
                "{reason} You can also leave: what is missing is then kept until the next start.", reason=str(error)
            )
            self._ask(promise, tr("Leave for now"), self._leave_for_now)
        else:
            self._ask(tr("Something went wrong in the program."), tr("Leave without it"), self._leave)
            raise error  # a bug is still a bug, but nobody is locked in by it

    def _ask(self, text: str, action: str, act: Callable[[], None]) -> None:
        question = Question(
            self._conductor.look,
            tr("Not everything is saved yet"),
            text,
            action=action,
            safe=tr("Try again"),
            parent=self._shell,
        )
        question.decided.connect(lambda chosen: act() if chosen else self._write_end())
        question.open()

    def _leave(self) -> None:
        self._end_due = False
        self._leave_screen()
        self.over.emit()

    def _leave_for_now(self) -> None:
        """Put by what the diary cannot take, and leave."""

        def kept(path: Path | None) -> None:
            self._leave()
            if path is not None:
                self._conductor.say(tr("What your diary could not take is kept until the next start."))

        self._conductor.worker.submit(self.put_by, kept, self._not_put_by)

    def _not_put_by(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._ask(str(error), tr("Leave without it"), self._leave)

    def _save_elsewhere(self) -> None:
        def not_chosen() -> None:
            self._ask(tr("Nothing has been saved elsewhere."), tr("Leave without it"), self._leave)

        self._conductor.safe.save_elsewhere(self._shell, self._leave, not_chosen, self.put_by)

    def put_by(self, folder: Path | None = None) -> Path | None:
        """Put by what the diary could not take, in the person's folder or another; None where there is nothing.

        On the worker's thread. Raises KnownError.
        """
        unsaved = Unsaved()
        coaching = self._conductor.coaching().into(unsaved)
        for _, fact in sorted(self._here.failed.items()):
            self._keep(fact, coaching)
        if self._end_due and self._session is not None:
            coaching.finish(self._session, self._outcome, self._seconds)
        if not unsaved.entries:
            return None
        path = self._conductor.adapters.put_by(unsaved.entries, folder)
        self._here.failed.clear()
        self._end_due = False
        return path

    def _put_by_at_the_end(self) -> None:
        """The program ends; on the worker's thread."""
        try:
            self.put_by()
        except KnownError as error:
            _LOG.warning("what could not be saved is lost: %s", type(error.__cause__ or error).__name__)

    def _leave_screen(self) -> None:
        self._awake.keep(on=False)
        self._shell.hold_open = False
        self._shell.leave_full_screen()
        if self.presenter is not None:
            self.presenter.close()
        if self.screen is not None:
            self._shell.release(self.screen)
        self.screen = self.presenter = None

    def _show_after(self, written: tuple[SessionEnd, states.Diaries]) -> None:
        from coach.ui.pages.after import AfterPage

        conductor = self._conductor
        self._end, conductor.found = written
        missing = self.presenter.worst_pain_missing if self.presenter else ()
        plan = self.presenter.run.plan if self.presenter else ()
        now, zone = conductor.adapters.clock.now(), conductor.adapters.zone()
        state = states.after_state(self._end, conductor.found, plan, self._asked, missing, now, zone)
        self._leave_screen()
        self._after = AfterPage(conductor.look, conductor.gallery, replace(state, person=conductor.preferences.person))
        self._after.saved.connect(self._answered)
        self._shell.open_inside(self._after, TODAY)

    def _answered(self, answers: AfterAnswers) -> None:
        end, coaching = self._end, self._conductor.coaching
        if end is None:
            return

        after = [Rating(area, PainMoment.AFTER, nrs) for area, nrs in answers.pain]
        worst = [Rating(q.area, PainMoment.WORST, nrs, q.exercise_id) for q, nrs in answers.worst]
        ratings = [*worst, *after]

        def write() -> None:
            try:
                coaching().answer(end, answers.effort, answers.note, ratings)
            except KnownError:
                if not self._quitting:
                    raise
                unsaved = Unsaved()
                coaching().into(unsaved).answer(end, answers.effort, answers.note, ratings)
                self._conductor.adapters.put_by(unsaved.entries)

        self._conductor.worker.submit(write, lambda _none: self._finish(), self._not_answered)

    def _not_answered(self, error: Exception) -> None:
        if self._after is not None:
            self._after.ask_again()
            self._shell.open_inside(self._after, TODAY)
        self._conductor.tell_trouble(error)

    def _finish(self) -> None:
        self.over.emit()
        if self._after is not None:
            self._shell.drop(self._after)
            self._after = None

    # --- another page -----------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """Another page was opened over the questions: those before are put away, those after are kept as they are."""
        if self._checkin is not None and self.presenter is None:
            self._cancel()
        elif self._after is not None:
            self._after.save()


def _nothing(_none: None) -> None:
    """Nobody waits for it."""
