"""What a reminder says on the screen, and which answers it offers. Nothing about health: a locked screen shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from coach.domain.reminders.parts import ReminderKind
from coach.services.reminding import Notice
from coach.ui.i18n import tr
from coach.ui.reminder_words import kind_icon, title_of
from coach.ui.states import SHORT
from coach.ui.words import equipment_text, minutes_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.domain.reminders.rule import Reminder
    from coach.domain.routine import Routine
    from coach.services.outlook import Call

CHECKS = frozenset({ReminderKind.MORNING_CHECK, ReminderKind.WEEKLY_CHECK})


class Act(StrEnum):
    """What the person can do with a notification; `SNOOZE` is followed by minutes, such as `snooze:10`."""

    START = "start"
    SNOOZE = "snooze"
    SKIP = "skip"
    OPEN = "open"
    GONE = "gone"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Shown:
    """One notification: its calls, the one that counts first, and what it says.

    `routine` is the id of what Start begins, empty where there is nothing to begin. `snoozes` are minutes.
    """

    tag: str
    calls: tuple[Call, ...]
    icon: str
    title: str
    text: str
    start: str
    routine: str = ""
    snoozes: tuple[int, ...] = ()
    skip: str = ""
    late: bool = False

    @property
    def kind(self) -> ReminderKind:
        """What the first call is for."""
        return self.calls[0].reminder.kind

    def buttons(self) -> tuple[tuple[str, str], ...]:
        """At most three: to begin, the usual snooze, not today."""
        snooze = tuple((f"{Act.SNOOZE}:{n}", snooze_word(n)) for n in self.snoozes[:1])
        return ((Act.START.value, self.start), *snooze, (Act.SKIP.value, self.skip))

    def notice(self, *, sound: bool) -> Notice:
        """For the desktop's own notifications."""
        return Notice(self.tag, self.title, self.text, self.buttons(), sound=sound)


def snooze_word(minutes: int) -> str:
    """`In 10 min`."""
    hours, rest = divmod(minutes, 60)
    return tr("In {n} h", n=hours) if hours and not rest else tr("In {n} min", n=minutes)


def shown_of(calls: tuple[Call, ...], routines: Mapping[str, Routine], *, late: bool) -> Shown:
    """What to say of calls that come together; `late` when the time of the first was missed."""
    first = calls[0]
    rule, slot = first.reminder, first.occurrence.slot
    tag = f"{first.key[0]}/{first.key[1]}/{slot}"
    short = routines.get(SHORT) if rule.kind is ReminderKind.ROUTINE else None
    if late and short is not None:
        time = minutes_text(short.seconds)
        return Shown(
            tag,
            calls,
            "moon",
            tr("You were away at {time}", time=slot),
            tr("One short version instead? {summary}", summary=short.summary),
            tr("Start, {time}", time=time),
            short.id,
            skip=tr("Tomorrow is fine"),
            late=True,
        )
    routine = routines.get(rule.routine_id)
    title, text = _words(rule, routine)
    others = [title_of(call.reminder, routines) for call in calls[1:]]
    if others:
        text = " ".join((text, tr("Also: {others}.", others=", ".join(others)))).strip()
    snoozes = () if late else first.snooze_min
    start = tr("Answer") if rule.kind in CHECKS else tr("Start") if routine is not None else tr("Done")
    return Shown(
        tag,
        calls,
        kind_icon(rule.kind),
        title,
        text,
        start,
        routine.id if routine is not None else "",
        snoozes,
        tr("Not today"),
        late,
    )


def _words(rule: Reminder, routine: Routine | None) -> tuple[str, str]:
    """Title and text: what, how long, what is needed; the person's own words come first where there are any."""
    title = {
        ReminderKind.FIRST_STEPS: tr("Before your first steps"),
        ReminderKind.MORNING_CHECK: tr("Two questions for this morning"),
        ReminderKind.SITTING: tr("Time to stand up"),
        ReminderKind.WEEKLY_CHECK: tr("A look back at your week"),
        ReminderKind.SELF_TEST: tr("Time for a self-test"),
    }.get(rule.kind, tr("Time for your exercises"))
    if routine is not None:
        title = tr("{title}, {time}", title=routine.title, time=minutes_text(routine.seconds))
    text = tr("It takes 10 seconds.") if rule.kind in CHECKS else ""
    if routine is not None:
        needs = equipment_text(routine)
        text = needs[:1].upper() + needs[1:] + "." if needs else ""
    if rule.kind is ReminderKind.SITTING and routine is None:
        text = tr("You have been sitting for a while. Stand up and walk a few steps.")
    return title, " ".join(filter(None, (rule.text, text)))
