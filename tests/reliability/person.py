"""One start of the program by a person who does session after session until somebody kills it.

The real window, worker and storage on a fast clock. Says, as JSON lines, `at` where it is (starting, open, guiding,
ended, answered), and what the screen has acknowledged: `set`, `pain`, `end`.
"""

from __future__ import annotations

import os
import random
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.app import make_application
from coach.desktop.paths import resources
from coach.domain.pain import PainMoment
from coach.domain.session import SetDone, State
from coach.ui.session.facts import PainAnswer
from coach.ui.single import SingleWindow
from coach.ui.theme.look import Look
from coach.ui.widgets.scale import EffortScale
from tests.fakes import FakeClock
from tests.journeys import eyes, hands
from tests.journeys.desk import Desk
from tests.reliability.nursery_main import say

if TYPE_CHECKING:
    from coach.ui.session.facts import Fact
    from coach.ui.session.presenter import SessionPresenter

STEP_S = 1.0
BREAK_S = 3600.0
LONGEST_STEPS = 4000
OFFER = "Go on where you stopped?"


def main(folder: str, now: str, seed: int) -> None:
    """Live until killed."""
    begun = time.monotonic()
    say(at="starting", pid=os.getpid())
    make_application()
    single = SingleWindow(Path(folder))
    assert single.acquire(), "a killed window blocks the next start"
    clock = FakeClock(datetime.fromisoformat(now))
    desk = Desk(Path(folder), Look(resources() / "assets"), clock, threaded=True)
    window = desk.open()
    desk.settle()  # the diary's answer may have come with the last thing that was waited for
    single.listen()
    assert window.found is not None, eyes.words()
    say(at="open", s=time.monotonic() - begun, offered=OFFER in eyes.words(), now=clock.now().isoformat())
    person = Person(desk, random.Random(seed))
    while True:
        person.do_a_session()


class Person:
    """Hands that follow a die."""

    def __init__(self, desk: Desk, die: random.Random, note: str = "note") -> None:
        self._desk = desk
        self._die = die
        self._note = note
        self._sent: dict[int, Fact] = {}

    def do_a_session(self) -> None:
        """From the offer or the first question to the last answer."""
        desk = self._desk
        resumed = OFFER in eyes.words()
        if resumed:
            if self._die.random() < 0.2:
                hands.click("No, end it")
                desk.settle()
                return
            hands.press("Enter")
        else:
            hands.press("Enter")
            if self._die.random() < 0.5:
                hands.click("Nothing hurts")
            else:
                hands.press("4", "Ctrl+Enter")
        desk.settle()
        assert desk.guiding, eyes.words()
        flow = desk.window.flow
        assert flow is not None
        session = str(flow._session)
        say(at="guiding", session=session, now=desk.clock.now().isoformat())
        for area, nrs in () if resumed else flow._asked:
            say(pain=[session, area.region.value, area.side.value, PainMoment.BEFORE.value, nrs])
        self.follow(session)

    def follow(self, session: str) -> None:
        """From where the session stands to the last answer."""
        self._guide(session)
        self._answer(session)

    def _guide(self, session: str) -> None:
        desk = self._desk
        presenter = desk.session
        self._sent.clear()
        presenter.to_save.connect(self._sent.__setitem__)
        steps = 0
        while desk.guiding:
            assert steps < LONGEST_STEPS, f"it never ends: {eyes.words()}"
            steps += 1
            desk._step(STEP_S)
            if steps % 20 == 0 and presenter.run.state in {State.PAUSED, State.TOUCHED}:
                hands.press("Space")  # whatever it was that made it stand, go on
            if self._acknowledge(session, presenter) and desk.guiding:
                self._meddle()
        desk.settle()
        self._acknowledge(session, presenter)
        assert "Session done" in eyes.words(), eyes.words()
        end = desk.window.flow._end if desk.window.flow else None
        assert end is not None
        say(at="ended", end=[session, end.outcome.value, end.seconds, None, ""], now=desk.clock.now().isoformat())

    def _acknowledge(self, session: str, presenter: SessionPresenter) -> bool:
        """Tell what the screen shows as kept by now; whether there was anything."""
        box = presenter._outbox
        kept = [token for token in self._sent if token not in box.on_the_way and token not in box.failed]
        if kept:
            hands.look()
        for token in kept:
            say(**told(session, self._sent.pop(token)))
        return bool(kept)

    def _meddle(self) -> None:
        """Now and then: a number for the set just done, a switch that is kept in the settings, pain in the middle."""
        chance = self._die.random()
        if chance < 0.2:
            hands.press(str(self._die.randint(0, 3)))
        elif chance < 0.25:
            hands.press("V")
        elif chance < 0.3:
            hands.press("H", "4", "Enter")

    def _answer(self, session: str) -> None:
        desk = self._desk
        flow = desk.window.flow
        assert flow is not None
        end = flow._end
        assert end is not None
        effort, note = self._die.randint(0, 10), f"{self._note} {self._die.random()}"
        hands.click(eyes.shown(EffortScale)[0].cell(effort))
        hands.tab_to("Note")
        hands.write(note)
        hands.press("Ctrl+Enter")
        desk.settle()
        assert desk.window.flow is None, eyes.words()
        say(
            at="answered", end=[session, end.outcome.value, end.seconds, effort, note], now=desk.clock.now().isoformat()
        )
        desk.clock.advance(BREAK_S)


def told(session: str, fact: Fact) -> dict[str, Any]:
    """What the screen has acknowledged, in the form in which the diary can be asked for it."""
    match fact:
        case SetDone():
            index, set_no, side = fact.key
            return {"set": [session, index, set_no, side.value, fact.status.value, fact.real_reps, fact.real_hold_s]}
        case PainAnswer():
            return {"pain": [session, fact.area.region.value, fact.area.side.value, PainMoment.WORST.value, fact.nrs]}
        case _:
            return {"plan": session}
