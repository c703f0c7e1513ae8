"""A session without a window: a presenter, a clock that stands still, and a diary that answers as told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.domain.preferences import Preferences, VoiceChoice
from coach.domain.session import SetDone, State, begin
from coach.ui.session.facts import Fact, PainAnswer
from coach.ui.session.intents import Command
from coach.ui.session.presenter import SessionPresenter
from coach.ui.session.sound import SilentAnnouncer
from tests import samples
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from coach.domain.pain import Area
    from coach.domain.plan import Plan
    from coach.domain.session import Run
    from coach.domain.timeline import Moment
    from coach.ui.session.intents import Intent
    from coach.ui.session.view import Tone, ViewState

PREFERENCES = Preferences(voice=VoiceChoice.KEY)
FRAME_S = 0.033


class Guided:
    """Drives a presenter. `diary` is "keeps", "refuses" or "waits" (answers only when told)."""

    def __init__(
        self,
        plan: Plan | None = None,
        *,
        preferences: Preferences = PREFERENCES,
        self_paced: bool = False,
        diary: str = "keeps",
        pain_now: Mapping[Area, int] | None = None,
        first_by_pain: Collection[str] = (),
        run: Run | None = None,
    ) -> None:
        self.clock = FakeClock()
        self.announcer = SilentAnnouncer()
        self.diary = diary
        self.facts: list[Fact] = []
        self.tokens: list[int] = []
        self.views: list[ViewState] = []
        self.ended: list[bool] = []
        self.spoken: list[str] = []
        run = run or begin(plan or samples.plan(), self.clock.monotonic(), self_paced=self_paced)
        self.presenter = SessionPresenter(
            run, self.clock, preferences, self.announcer, pain_now=pain_now, first_by_pain=first_by_pain
        )
        self.presenter.to_save.connect(self._save)
        self.presenter.changed.connect(self.views.append)
        self.presenter.ended.connect(self.ended.append)
        self.presenter.spoken.connect(lambda words, _urgent: self.spoken.append(words))

    def started(self) -> Guided:
        """The same, begun."""
        self.presenter.start()
        return self

    def close(self) -> None:
        """Stop its timers."""
        self.presenter.close()

    @property
    def view(self) -> ViewState:
        """What is shown."""
        return self.presenter.view

    @property
    def run(self) -> Run:
        """The session."""
        return self.presenter.run

    @property
    def moment(self) -> Moment:
        """Where it is."""
        return self.run.moment(self.clock.monotonic())

    @property
    def sets(self) -> list[SetDone]:
        """Sets that were to be kept."""
        return [fact for fact in self.facts if isinstance(fact, SetDone)]

    @property
    def answers(self) -> list[PainAnswer]:
        """Pain that was to be kept."""
        return [fact for fact in self.facts if isinstance(fact, PainAnswer)]

    def paused(self) -> bool:
        """Whether it stands."""
        return self.run.state is State.PAUSED

    def running(self) -> bool:
        """Whether it runs."""
        return self.run.state is State.RUNNING

    def moving(self) -> bool:
        """Whether frames are coming."""
        return self.presenter.moving

    def lit(self) -> Tone | None:
        """The edge that flashes."""
        return self.view.flash

    def stopped(self) -> bool:
        """Whether the stop notice is shown."""
        return self.view.stop is not None

    def ask(self, *intents: Intent) -> None:
        """Buttons."""
        for intent in intents:
            self.presenter.ask(intent)

    def ask_pause(self) -> None:
        """Pause, and let everything come to rest."""
        self.presenter.ask(Command.TOGGLE)
        self.wait(1)

    def key(self, *intents: Intent) -> None:
        """Keys, each after a moment."""
        for intent in intents:
            self.clock.advance(0.4)
            self.presenter.key(intent)

    def wait(self, seconds: float, frame: float = 0.5) -> None:
        """Let time pass in frames."""
        while seconds > 1e-9:
            step = min(frame, seconds)
            self.clock.advance(step)
            self.presenter.frame()
            seconds -= step

    def to(self, elapsed: float) -> None:
        """Go on to this second of the timeline, the last two seconds of it in fine steps."""
        self.wait(elapsed - 2 - self.run.cursor)
        self.wait(elapsed - self.run.cursor, frame=0.05)

    def to_work(self, bout: int, into: float = 0.0) -> None:
        """Go on into the work of a bout."""
        self.to(self.run.timeline.work_start(bout) + into)

    def to_lead(self, bout: int, into: float = 0.0) -> None:
        """Go on into the lead-in of a bout."""
        self.to(self.run.timeline.lead_start(bout) + into)

    def answer(self) -> None:
        """The waiting diary has kept everything."""
        for token in self.tokens:
            self.presenter.saved(token)
        self.tokens.clear()

    def refuse(self, why: str = "The disk is full.") -> None:
        """The waiting diary could keep nothing."""
        for token in self.tokens:
            self.presenter.not_saved(token, why)
        self.tokens.clear()

    def _save(self, token: int, fact: Fact) -> None:
        self.facts.append(fact)
        self.tokens.append(token)
        if self.diary == "keeps":
            self.answer()
        elif self.diary == "refuses":
            self.refuse()
