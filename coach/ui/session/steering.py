"""The session as the person steers it: a `Run`, the questions about pain, and what stands in the way of going on.

Every method takes the monotonic `now`. Nothing here draws, sounds or saves: facts go to `keep`, moves of the cursor to
`jumped`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.domain import session
from coach.domain.exercise import Kind
from coach.domain.pain import Response
from coach.domain.plan import PlannedExercise, make_easier
from coach.domain.session import Ended, Paused, PauseReason, State, key_of
from coach.domain.timeline import Phase
from coach.ui.i18n import tr
from coach.ui.session.intents import Command, Digit, Intent, MoveRow, MoveSheet, RateRow, RateSheet, TickSign
from coach.ui.session.pain_desk import PainDesk
from coach.ui.session.wording import bout_short

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from coach.domain.pain import Area
    from coach.domain.session import Event, Key, Run, Step
    from coach.domain.timeline import Moment
    from coach.ui.session.facts import Fact, PainAnswer, Sign

LONGER_S = 5
_STEPS: dict[Command, Callable[[Run, float], Step]] = {
    Command.SKIP: session.skip,
    Command.BACK: session.back,
    Command.REPEAT: session.repeat_set,
    Command.GO_ON: session.go_on,
    Command.LONGER: lambda run, now: session.adjust_hold(run, now, LONGER_S),
    Command.SHORTER: lambda run, now: session.adjust_hold(run, now, -LONGER_S),
}


class Steering:
    """Turns intents into steps of the domain. `ending` is set once the session is over: True when it was completed."""

    def __init__(
        self,
        run: Run,
        pain_now: Mapping[Area, int],
        keep: Callable[[Fact], None],
        jumped: Callable[[float, int | None], None],
        answered: Collection[int] = (),
    ) -> None:
        self.run = run
        self.pain = PainDesk(pain_now, answered)
        self.ending: bool | None = None
        self.pause_reason = PauseReason.PERSON
        self.asking_end = False
        self.stop_sign: Sign | None = None
        self.mistake = False
        self._keep = keep
        self._jumped = jumped
        self._was_running = False
        self._eased: set[Key] = set()
        self._message: tuple[str, int] = ("", -1)
        self._can_ease: tuple[PlannedExercise, int, bool] | None = None

    # --- time -------------------------------------------------------------------------------------------------------

    def tick(self, now: float) -> None:
        """Let time pass."""
        self.run, events = session.tick(self.run, now)
        self._handle(events)
        self._settle(now)

    def sleep(self, now: float) -> None:
        """The machine slept since the last look."""
        self._do(lambda run, t: session.pause(run, t, PauseReason.SLEEP), now)

    def attend(self, now: float) -> None:
        """Put up the question that belongs to now; an answer to the one before is final."""
        moment = self.run.moment(now)
        if self.pain.leaves(self.run, moment):
            self._settle(now, at_once=True)
        self.pain.attend(self.run, moment)

    # --- what is read -----------------------------------------------------------------------------------------------

    def message(self, bout: int) -> str:
        """A line to be read in the lead-in of this bout."""
        text, at = self._message
        return text if at == bout else ""

    def can_ease(self, moment: Moment) -> bool:
        """Whether "Easier" has something to offer here."""
        planned, number = moment.place.planned, moment.place.number
        if self._can_ease is None or self._can_ease[0] is not planned or self._can_ease[1] != number:
            self._can_ease = planned, number, make_easier(planned, number) is not None
        return self._can_ease[2]

    # --- what is asked ----------------------------------------------------------------------------------------------

    def handle(self, intent: Intent, now: float) -> None:
        """Do what the person asks for, if it can be done now."""
        if self.run.state.over:
            return
        if isinstance(intent, Command):
            self._command(intent, now)
        elif isinstance(intent, Digit):
            self._digit(intent.digit, now)
        elif isinstance(intent, RateRow):
            self.pain.rate_row(intent.nrs, now)
        elif isinstance(intent, MoveRow):
            self.pain.move_row(intent.area, now)
        elif isinstance(intent, RateSheet):
            self.pain.rate_sheet(intent.nrs)
        elif isinstance(intent, MoveSheet):
            self.pain.move_sheet(intent.area)
        else:
            self._tick_sign(intent, now)

    def decide_end(self, now: float, *, end: bool) -> None:
        """The answer to "End the session?"."""
        self.asking_end = False
        if end:
            self._do(session.stop, now)
        elif self._was_running:
            self._do(session.go_on, now)

    def _command(self, command: Command, now: float) -> None:
        if self.stop_sign is not None:
            self._on_stop_notice(command, now)
        elif self.pain.sheet is not None:
            self._on_sheet(command, now)
        elif not self.asking_end:
            self._in_session(command, now)

    def _on_stop_notice(self, command: Command, now: float) -> None:
        if command is Command.END_NOW:
            self.stop_sign = None
            self._close_sheet(act=False)
            self._do(session.stop, now)
        elif command is Command.SIGN_MISTAKE:
            self.mistake = True
        elif command is Command.TAKE_SIGN_BACK:
            self.stop_sign, self.mistake = None, False

    def _on_sheet(self, command: Command, now: float) -> None:
        if command in {Command.CLOSE_SHEET, Command.END}:
            self._close_sheet(act=False)
        elif command in {Command.FOLLOW_ADVICE, Command.PRIMARY} and self.pain.response() is not None:
            self._follow_advice(now)
        elif command is Command.SHEET_EASIER:
            self._close_sheet(act=False)
            self._easier(now)
        elif command is Command.SHEET_SKIP:
            self._close_sheet(act=False)
            self._do(session.leave_exercise, now)
        elif command is Command.END_NOW:
            self._close_sheet(act=False)
            self._do(session.stop, now)

    def _in_session(self, command: Command, now: float) -> None:
        if command is Command.PRIMARY:
            self._primary(now)
        elif command is Command.TOGGLE:
            self._do(session.pause if self.run.state is State.RUNNING else session.go_on, now)
        elif command is Command.STAGE:
            self._stage(now)
        elif command is Command.HURTS:
            self._hurts(now)
        elif command is Command.END:
            self._ask_end(now)
        elif command is Command.END_NOW:
            self._do(session.stop, now)
        elif command is Command.EASIER and self.shows_more:
            self._easier(now)
        elif command in _STEPS:
            self._do(_STEPS[command], now)
        elif command in {Command.OTHER, Command.EASIER}:
            self._any_key(now)

    @property
    def shows_more(self) -> bool:
        """Whether the second row of buttons is shown: while the session stands, or waits to begin an exercise."""
        if self.run.state is not State.RUNNING:
            return True
        return self.run.timeline.at(self.run.cursor).phase is Phase.GET_READY

    def _primary(self, now: float) -> None:
        moment = self.run.moment(now)
        if self.run.state is not State.RUNNING:
            self._do(session.go_on, now)
        elif moment.phase in {Phase.GET_READY, Phase.REST}:
            self._do(session.start_now, now)
        elif moment.phase.is_work:
            self._work_key(now)
        else:
            self._do(session.pause, now)

    def _stage(self, now: float) -> None:
        if self.run.state is not State.RUNNING:
            self._do(session.go_on, now)
        elif self.run.moment(now).phase.is_work:
            self._work_key(now)
        else:
            self._do(session.pause, now)

    def _any_key(self, now: float) -> None:
        if self.run.state is not State.RUNNING:
            return
        if self.run.moment(now).phase.is_work:
            self._work_key(now)
        else:
            self._do(session.pause, now)

    def _work_key(self, now: float) -> None:
        """The one key in a bout: next repetition, foot down, or pause."""
        moment = self.run.moment(now)
        if self.run.self_paced and moment.segment.rep:
            self._do(session.next_rep, now)
        elif moment.place.planned.kind is Kind.BALANCE:
            self._do(session.touch_down, now)
        else:
            self._do(session.pause, now)

    def _ask_end(self, now: float) -> None:
        self._was_running = self.run.state is State.RUNNING
        self._do(session.pause, now)
        self.asking_end = True

    # --- pain -------------------------------------------------------------------------------------------------------

    def _digit(self, digit: int, now: float) -> None:
        if self.stop_sign is not None:
            return
        if self.pain.sheet is not None:
            self.pain.type_sheet(digit, now)
        elif self.pain.row is not None and not self.asking_end:
            self.pain.type_row(digit, now)
        else:
            self._command(Command.OTHER, now)

    def _hurts(self, now: float) -> None:
        moment = self.run.moment(now)
        self._do(lambda run, t: session.pause(run, t, PauseReason.HURTS), now)
        self.pain.open_sheet(moment)

    def _tick_sign(self, intent: TickSign, now: float) -> None:
        if self.pain.sheet is None:
            self._hurts(now)
        answer = self.pain.sheet.answer(intent.sign) if self.pain.sheet else None
        if answer is not None:
            self._keep(answer)
        self.stop_sign, self.mistake = intent.sign, False

    def _close_sheet(self, *, act: bool) -> PainAnswer | None:
        answer = self.pain.close_sheet(act=act)
        if answer is not None:
            self._keep(answer)
        return answer

    def _follow_advice(self, now: float) -> None:
        response = self.pain.response()
        self._close_sheet(act=True)
        if response is Response.STOP_EXERCISE:
            self._leave(now)
            return
        if response is Response.FEWER_REPS:
            moment = self.run.moment(now)
            self._ease_reps(moment.segment.bout + moment.phase.is_work, now)
        self._do(session.go_on, now)

    def _settle(self, now: float, *, at_once: bool = False) -> None:
        """Keep the row's answer when it is final, and do what the rules say to it."""
        settled = self.pain.settle(now, at_once=at_once)
        if settled is None:
            return
        self._keep(settled.answer)
        row, moment = settled.row, self.run.moment(now)
        if self.run.state.over or moment.place.index != row.subject.place.index:
            return  # the exercise it is about is over
        if settled.response is Response.STOP_EXERCISE:
            self._do(lambda run, t: session.pause(run, t, PauseReason.HURTS), now)
            self.pain.open_from_row(row, moment)
        elif settled.response is Response.FEWER_REPS:
            self._ease_reps(row.number, now)
        elif settled.response is Response.EASE_OFF:
            self._message = tr("Ease off: stay at 3 or less."), moment.segment.bout

    def _ease_reps(self, bout: int, now: float) -> None:
        """Fewer reps from this bout on; told of the same pain twice, once."""
        places, moment = self.run.timeline.places, self.run.moment(now)
        place = places[bout] if bout < len(places) else None
        if place is None or place.index != moment.place.index or key_of(place) in self._eased:
            return
        self._eased.add(key_of(place))
        self._do(lambda run, t: session.ease_reps(run, t, bout), now)
        moment = self.run.moment(now)
        if not moment.phase.is_work:
            said = tr("Next set: {reps}, about a quarter fewer.", reps=bout_short(moment.place.bout))
            self._message = said, moment.segment.bout

    def _leave(self, now: float) -> None:
        title = self.run.moment(now).place.planned.exercise.title
        self._do(session.leave_exercise, now)
        if not self.run.state.over:
            self._message = tr("{exercise} ended here.", exercise=title), self.run.moment(now).segment.bout

    def _easier(self, now: float) -> None:
        if not self.can_ease(self.run.moment(now)):
            return
        self._do(lambda run, t: session.easier(run, t) or (run, ()), now)
        moment = self.run.moment(now)
        said = tr("Easier: {level}, {dose}", level=moment.place.level.name, dose=bout_short(moment.place.bout))
        self._message = said, moment.segment.bout

    # --- steps ------------------------------------------------------------------------------------------------------

    def _do(self, step: Callable[[Run, float], Step], now: float) -> None:
        """Run a step of the domain; where it moves the cursor, the cues follow."""
        before = self.run
        was = before.elapsed(now)
        self.run, events = step(before, now)
        after = self.run.elapsed(now)
        if after != was:
            # By the person's word a repetition ends and the next begins: nothing was left out.
            bout = None if step is session.next_rep else self.run.timeline.at(after).segment.bout
            self._jumped(after, bout)
        self._handle(events)

    def _handle(self, events: tuple[Event, ...]) -> None:
        for event in events:
            if isinstance(event, Ended):
                self.ending = event.completed
            elif isinstance(event, Paused):
                self.pause_reason = event.reason
            else:
                self._keep(event)
