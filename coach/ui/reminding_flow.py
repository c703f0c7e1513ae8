"""Reminders while the program runs: rings, looks for a good moment, shows, and keeps what is answered.

The alarm clock rings, whatever the cause; every ring is one look of `Reminding` at everything up to now, on the thread
of the diary. What is to be shown waits for a good moment (`domain.reminders.delivery`), and the alarm clock, told of
that moment as of any other, rings for it too: there is no timer here. So it is with the looks at long sitting.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal

from coach.domain.reminders.away import lines_of
from coach.domain.reminders.delivery import Delivery, Move, Surroundings, deliver
from coach.domain.reminders.ledger import Answer, ClockStep, Missed
from coach.domain.reminders.occurrence import Why
from coach.domain.reminders.parts import ReminderKind
from coach.domain.reminders.sitting import Sample, Sitting, has_sat, observe, reminded
from coach.domain.reminders.wall import DAY, instant, next_midnight, zone_of
from coach.errors import KnownError
from coach.services.outlook import Outlook
from coach.services.reminder_past import Facts
from coach.services.reminding import Reminding
from coach.ui.i18n import tr
from coach.ui.pages.reminders_state import RemindersState, reminders_state
from coach.ui.reminder_notice import CHECKS, Act, shown_of
from coach.ui.reminder_words import away_words, next_text, title_of
from coach.ui.tray import PauseFor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coach.domain.reminders.parts import Manner
    from coach.domain.reminders.rule import Reminder
    from coach.domain.routine import Routine
    from coach.services.outlook import Call
    from coach.services.ports import AlarmClock, Computer, Desktop, Notifier, Ring
    from coach.services.reminding import Look
    from coach.ui.conductor import Conductor
    from coach.ui.pages.today_state import TodayState
    from coach.ui.reminder_card import ReminderCard
    from coach.ui.reminder_notice import Shown
    from coach.ui.tray import Tray

T = TypeVar("T")

_LOG = logging.getLogger(__name__)
WAIT_KEY, SIT_KEY = UUID(int=1), UUID(int=2)
"""What the alarm clock calls the moments that are no reminder's own."""
SAMPLE_EVERY = timedelta(seconds=60)
REST = timedelta(minutes=10)
"""Outside the hours of a sitting reminder nobody looks more often."""
MORNING = time(7)
_REASONS = {"woke": Missed.ASLEEP, "zone": Missed.TRAVEL}


@dataclass(frozen=True, slots=True)
class _Held:
    """Calls that are due since then, and when to look again for a good moment to show them."""

    calls: tuple[Call, ...]
    late: bool
    since: datetime
    again: datetime


class RemindingFlow(QObject):
    """`changed` whenever there is something new to be seen: another plan, another answer, another obstacle.

    `question` carries the kind of a check that the person wants to answer now.
    """

    changed = Signal()
    question = Signal(object)
    _rang = Signal(object)
    _pressed = Signal(str, str)
    _refused = Signal(str)

    def __init__(self, conductor: Conductor, desktop: Desktop | None) -> None:
        """Without a `desktop` reminders can be looked at and changed, and nothing rings."""
        super().__init__(conductor)
        self._conductor = conductor
        self._desktop = desktop
        self._alarm: AlarmClock | None = None
        self._notifier: Notifier | None = None
        self._computer: Computer | None = None
        self.tray: Tray | None = None
        self.outlook = Outlook()
        self._known = False
        self._held: tuple[_Held, ...] = ()
        self._planned: tuple[Outlook, datetime | None] = (Outlook(), None)
        self._on_screen: dict[str, tuple[Shown, bool]] = {}
        self.cards: dict[str, ReminderCard] = {}
        self._sitting = Sitting()
        self._away_since: datetime | None = None
        self.blocked = ""
        queued = Qt.ConnectionType.QueuedConnection
        self._rang.connect(self._ring, queued)
        self._pressed.connect(self.answer, queued)
        self._refused.connect(self._refuse, queued)

    # --- from the diary ---------------------------------------------------------------------------------------------

    def opened(self) -> None:
        """The diary is open, or something in it is new."""
        if self._known or self._conductor.read_only:
            self.work(Reminding.outlook, self._take)
            return
        self._known = True
        self._away_since = since = self._now()
        self.work(lambda r: r.look(Missed.APP_CLOSED), lambda look: self._begin(look, since))

    def close(self) -> None:
        """Nothing rings or is shown any more."""
        if self._alarm is not None:
            self._alarm.stop()
        if self._notifier is not None:
            self._notifier.stop()
        for card in list(self.cards.values()):
            card.withdraw()

    def _begin(self, look: Look, since: datetime) -> None:
        """The first look, asked for at `since`: from then on the alarm clock rings."""
        if self._desktop is not None and self._alarm is None:
            self._alarm = self._desktop.alarm(self._plan, self._rang.emit)
            self._computer = self._desktop.computer()
        self._looked(look)
        if self._alarm is not None:
            self._alarm.start(since)

    def begun(self, routine_id: str) -> None:
        """A session of a routine was begun, from wherever: what was open of it has what it asked for."""
        for tag, (shown, _) in list(self._on_screen.items()):
            if shown.routine == routine_id:
                self._take_away(tag)
        self.work(lambda r: r.begun(ReminderKind.ROUTINE, routine_id), self._take)

    def work(
        self,
        job: Callable[[Reminding], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do something with the reminders of the open diary on its thread, then tell on this one."""
        self._conductor.worker.submit(lambda: job(self._reminding()), done, failed or self._not_done)

    def _reminding(self) -> Reminding:
        """On the worker's thread."""
        conductor = self._conductor
        diary, catalogue, adapters = conductor.keeper.diary, conductor.catalogue, conductor.adapters
        if diary is None or catalogue is None:
            raise KnownError(tr("Your diary could not be opened."))
        facts = Facts.of(catalogue.exercises, catalogue.routines)
        return Reminding(diary.reminders, diary, facts, adapters.clock, adapters.zone, adapters.new_ids())

    def _not_done(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        _LOG.info("nothing is known of the reminders: %s", type(error).__name__)  # the pages say what is wrong

    def _take(self, outlook: Outlook) -> None:
        """Another plan: everybody who shows or follows it does so from now on."""
        self.outlook = outlook
        self._replan()
        self.changed.emit()

    def _replan(self) -> None:
        again = min((held.again for held in self._held), default=None)
        self._planned = (self.outlook, again)  # replaced as a whole: the alarm's thread reads it
        if self._alarm is not None:
            self._alarm.replan()

    def _plan(self, now: datetime, zone: str) -> Mapping[UUID, datetime]:
        """On the alarm's thread."""
        outlook, again = self._planned
        planned = outlook.plan(now, zone)
        if again is not None:
            planned[WAIT_KEY] = again
        sits = [rule.id for rule in outlook.rules if rule.kind is ReminderKind.SITTING and rule.on]
        if sits:
            now_or_later = any(outlook.sitting(key, now, zone) is not None for key in sits)
            planned[SIT_KEY] = now + (SAMPLE_EVERY if now_or_later else REST)
        return planned

    # --- what rings -------------------------------------------------------------------------------------------------

    def _ring(self, ring: Ring) -> None:
        if self._conductor.found is None or self._conductor.read_only:
            return
        if ring.cause == "due" and ring.reminder == SIT_KEY:
            self._look_at_sitting()
            return
        if ring.cause == "due" and ring.reminder == WAIT_KEY:
            self._look_again()
            return
        step = None
        if ring.before is not None and ring.after is not None:
            step = ClockStep(ring.before, ring.after)
        why = _REASONS.get(ring.cause, Missed.APP_CLOSED)
        waiting = tuple(call.key for held in self._held for call in held.calls)
        self.work(lambda r: r.look(why, waiting, step), self._looked)
        if ring.cause != "due":
            self._sitting = Sitting()
            self._look_again()

    def _looked(self, look: Look) -> None:
        self._take(look.outlook)
        if look.show:
            now = self._now()
            self._consider(_Held(look.show, look.late, now, now))

    def _look_again(self) -> None:
        now = self._now()
        for held in self._held:
            if held.again <= now:
                self._consider(held)

    def _look_at_sitting(self) -> None:
        computer = self._computer
        if computer is not None:
            self._conductor.worker.submit(computer.idle_s, self._sampled, self._not_sampled)

    def _not_sampled(self, error: Exception) -> None:
        _LOG.info("the time since the last input is not known: %s", type(error).__name__)
        self._sampled(None)

    def _sampled(self, idle_s: float | None) -> None:
        at = self._conductor.adapters.clock.monotonic()
        self._sitting = observe(self._sitting, Sample(at, idle_s))
        now, zone = self._now(), self._zone()
        for rule in self.outlook.rules:
            minutes = getattr(rule.when, "every_min", 0)
            if rule.kind is ReminderKind.SITTING and rule.on and has_sat(self._sitting, minutes):
                call = self.outlook.sitting(rule.id, now, zone)
                if call is not None:
                    self._sitting = reminded(self._sitting, at)
                    self._consider(_Held((call,), late=False, since=now, again=now))
                    return

    # --- a good moment ----------------------------------------------------------------------------------------------

    def _consider(self, held: _Held) -> None:
        """Ask what goes on at the computer, off this thread, and decide."""
        self._held = (*(other for other in self._held if other.calls[0].key != held.calls[0].key), held)
        if self._conductor.guiding or self._computer is None:
            self._decide(held, Surroundings(exercising=self._conductor.guiding))
            return

        def not_known(error: Exception) -> None:
            _LOG.info("the surroundings are not known: %s", type(error).__name__)
            self._decide(held, Surroundings())

        self._conductor.worker.submit(self._computer.surroundings, lambda seen: self._decide(held, seen), not_known)

    def _decide(self, held: _Held, seen: Surroundings) -> None:
        if held not in self._held:
            return
        now, zone = self._now(), self._zone()
        held = replace(held, calls=tuple(filter(None, (self._still(call, now, zone) for call in held.calls))))
        self._held = tuple(other for other in self._held if other.since != held.since or other.late != held.late)
        if not held.calls:
            self._replan()
            return
        seen = replace(seen, exercising=self._conductor.guiding)
        decision = deliver(now, seen, now - held.since, held.calls[0].reminder.manner, zone)
        if decision.move is Move.SHOW:
            self._show(held, decision)
        elif decision.move is Move.WAIT:
            self._held = (*self._held, replace(held, again=now + (decision.again or SAMPLE_EVERY)))
            self._replan()
        elif decision.reason is not None:
            reason = decision.reason
            keys = [call.key for call in held.calls]
            self.work(lambda r: r.gave_up(keys, reason), self._take)

    def _still(self, call: Call, now: datetime, zone: str) -> Call | None:
        """What is due as it stands now; nothing if that has changed while it waited."""
        if call.reminder.kind is ReminderKind.SITTING:
            return call if self.outlook.rule(call.reminder.id) is not None else None
        return self.outlook.call(call.key, now, zone)

    def ring_now(self) -> None:
        """Somebody asks for the next routine's reminder, whatever goes on; only a session is not interrupted."""
        now = self._now()
        call = self.outlook.ring_now(now, self._zone())
        if call is not None and not self._conductor.guiding:
            show = Delivery(Move.SHOW, sound=call.reminder.manner.sound)
            self._show(_Held((call,), late=False, since=now, again=now), show)

    # --- on the screen ----------------------------------------------------------------------------------------------

    def _show(self, held: _Held, decision: Delivery) -> None:
        shown = shown_of(held.calls, self._routines(), late=held.late)
        gentle = held.calls[0].occurrence.why is Why.SECOND_CALL
        self._on_screen[shown.tag] = (shown, decision.pop_over)
        if self._notifier is None and self._desktop is not None:
            self._notifier = self._desktop.notifier()
            self._notifier.start(self._pressed.emit, self._refused.emit)
        if self._notifier is not None and not self.blocked:
            self._notifier.show(shown.notice(sound=decision.sound and not gentle))
        else:
            self._show_ourselves(shown, on_top=decision.pop_over)
        keys = [call.key for call in held.calls]
        self.work(lambda r: r.shown(keys), self._take)

    def _refuse(self, why: str) -> None:
        """The desktop shows no notifications: what it was to show is shown by us."""
        first, self.blocked = not self.blocked, why
        for shown, on_top in list(self._on_screen.values()) if first else ():
            self._show_ourselves(shown, on_top=on_top)
        self.changed.emit()

    def _show_ourselves(self, shown: Shown, *, on_top: bool) -> None:
        """A balloon at the icon in the tray, which a click turns into the card; else the card."""
        if self.tray is None or not self.tray.balloon(shown.title, shown.text):
            self._show_card(shown, on_top=on_top)

    def balloon_clicked(self) -> None:
        """Show the card of the newest one that has no answer."""
        for shown, _ in list(self._on_screen.values())[-1:]:
            self._show_card(shown, on_top=True)

    def _show_card(self, shown: Shown, *, on_top: bool) -> None:
        from coach.ui.reminder_card import ReminderCard

        earlier = self.cards.pop(shown.tag, None)
        if earlier is not None:
            earlier.withdraw()
        card = self.cards[shown.tag] = ReminderCard(self._conductor.look, shown, on_top=on_top)
        card.answered.connect(self.answer)
        card.appear()

    def _take_away(self, tag: str) -> None:
        self._on_screen.pop(tag, None)
        card = self.cards.pop(tag, None)
        if card is not None:
            card.withdraw()
        if self._notifier is not None:
            self._notifier.withdraw(tag)

    # --- what is answered -------------------------------------------------------------------------------------------

    def answer(self, tag: str, action: str) -> None:
        """A button of a notification or a card was pressed."""
        found = self._on_screen.get(tag)
        act, _, minutes = action.partition(":")
        if act == Act.GONE:
            return  # nobody answered: it may come once more
        if found is None:
            self._conductor.show_yourself()
            return
        shown = found[0]
        if act == Act.OPEN:
            self._show_card(shown, on_top=True)
            return
        self._take_away(tag)
        if act == Act.START:
            self._start(shown)
        elif act == Act.SNOOZE:
            self._snooze(shown, int(minutes or 10))
        else:
            self._keep(shown, Answer.SKIPPED if act == Act.SKIP else Answer.DISMISSED)

    def _start(self, shown: Shown) -> None:
        if shown.kind in CHECKS:  # begun when it is answered
            self._conductor.show_yourself()
            self.question.emit(shown.kind)
            return
        key = shown.calls[0].key
        self.work(lambda r: r.answer(key, Answer.STARTED), self._take)
        if shown.routine:
            self._conductor.show_yourself()
            self._conductor.start_routine(shown.routine)

    def _snooze(self, shown: Shown, minutes: int) -> None:
        self._keep(shown, Answer.SNOOZED, self._now() + timedelta(minutes=minutes))

    def _keep(self, shown: Shown, answer: Answer, until: datetime | None = None) -> None:
        """One answer to all that came in one notification."""
        keys = [call.key for call in shown.calls]

        def write(reminding: Reminding) -> Outlook:
            outlook = self.outlook
            for key in keys:
                outlook = reminding.answer(key, answer, until)
            return outlook

        self.work(write, self._take)

    # --- what the person sets ---------------------------------------------------------------------------------------

    def change(self, rule: Reminder) -> None:
        """A reminder is new, or as it is from now on."""
        self.work(lambda r: r.change(rule), self._take, self._conductor.tell_trouble)

    def change_manner(self, manner: Manner) -> None:
        """The manner of all of them."""
        self.work(lambda r: r.change_manner(manner), self._take, self._conductor.tell_trouble)

    def add(self, kind: ReminderKind) -> None:
        """A new reminder of a kind, as it usually is."""
        conductor = self._conductor
        routines = conductor.catalogue.routines if conductor.catalogue is not None else {}
        chosen = conductor.preferences.routine
        routine = chosen if chosen in routines else next(iter(routines), "")
        wanted = routine if kind is ReminderKind.ROUTINE else ""
        self.work(lambda r: r.change(r.starter(kind, wanted)), self._take, conductor.tell_trouble)

    def remove(self, rule: Reminder) -> None:
        """It rings no more; the message at the bottom takes it back."""

        def removed(outlook: Outlook) -> None:
            self._take(outlook)
            words = tr("Removed: {title}.", title=title_of(rule, self._routines()))
            self._conductor.shell.toast.show_message(words, lambda: self.change(rule))

        self.work(lambda r: r.remove(rule.id), removed, self._conductor.tell_trouble)

    def pause(self, length: PauseFor | None) -> None:
        """Silence for so long; None ends it."""
        until = self._until(length) if length is not None else None
        if until is not None:
            for tag in list(self._on_screen):
                self._take_away(tag)
        self.work(lambda r: r.pause_all(until), self._take, self._conductor.tell_trouble)

    def _until(self, length: PauseFor) -> datetime:
        now, zone = self._now(), zone_of(self._zone())
        if length is PauseFor.HOUR:
            return now + timedelta(hours=1)
        midnight = next_midnight(now, zone)
        if length is PauseFor.TODAY:
            return midnight
        quiet = self.state().manner.quiet
        end = MORNING if quiet is None else quiet.end
        return instant(now.astimezone(zone).date() + DAY, end, zone) or midnight

    # --- what is seen -----------------------------------------------------------------------------------------------

    def state(self) -> RemindersState:
        """Everything on the page of reminders."""
        blocked = self.blocked
        return reminders_state(
            self._now(), self._zone(), self.outlook, self._routines(), blocked, self._conductor.read_only
        )

    def today_words(self) -> tuple[tuple[str, ...], tuple[str, str]] | None:
        """What was missed, one line for each day, and when the next reminder comes and what for; None while unknown."""
        if not self._known or self._conductor.found is None:
            return None
        now, zone = self._now(), self._zone()
        here = now.astimezone(zone_of(zone))
        since = self._away_since or now
        entries = [e for e in self.outlook.history.entries if e.missed is not None and e.at >= since]
        away = tuple(away_words(line, self.outlook, self._routines(), here) for line in lines_of(entries))
        upcoming = self.outlook.next_call(now, zone)
        if upcoming is None or upcoming.occurrence.at is None:
            return away, ("", "")
        when = next_text(upcoming.occurrence.at.astimezone(here.tzinfo), here)
        return away, (when, title_of(upcoming.reminder, self._routines()))

    def on_today(self, state: TodayState) -> TodayState:
        """The Today page with what it says of reminders."""
        words = self.today_words()
        return state if words is None else replace(state, away=words[0], reminder=words[1])

    def forget_away(self) -> None:
        """The person has read what was missed."""
        self._away_since = self._now() + timedelta(microseconds=1)
        self.changed.emit()

    def _routines(self) -> Mapping[str, Routine]:
        return self._conductor.routines

    def _now(self) -> datetime:
        return self._conductor.adapters.clock.now()

    def _zone(self) -> str:
        return self._conductor.adapters.zone()
