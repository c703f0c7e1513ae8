"""What was done, and how it compares with last time, in a few plain words. No praise, no blame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.domain.exercise import Kind, Side
from coach.domain.records import SetStatus
from coach.ui.i18n import tr, trn
from coach.ui.words import day_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coach.domain.records import SetRecord
    from coach.services.history import ExerciseDone


def amount(record: SetRecord) -> int:
    """Repetitions or seconds really done; 0 for a set that was skipped."""
    if record.status is SetStatus.SKIPPED:
        return 0
    return (record.real_reps if record.kind is Kind.REPS else record.real_hold_s) or 0


def done_text(sets: Sequence[SetRecord]) -> str:
    """`10, 10`, `2 × 30 s each side`, or `L 15, 12 · R 15, 15 s`."""
    unit = "" if sets[0].kind is Kind.REPS else tr(" s")
    worked = [record for record in _ordered(sets) if record.status is not SetStatus.SKIPPED]
    if not worked:
        return tr("left out")
    both = [amount(record) for record in worked if record.side is Side.BOTH]
    if both:
        return ", ".join(map(str, both)) + unit
    left = [amount(record) for record in worked if record.side is Side.LEFT]
    right = [amount(record) for record in worked if record.side is Side.RIGHT]
    if left == right and len(set(left)) == 1:
        return tr("{sets} × {amount}{unit} each side", sets=len(left), amount=left[0], unit=unit)
    parts = [
        tr("{side} {amounts}", side=letter, amounts=", ".join(map(str, amounts)))
        for letter, amounts in ((tr("L"), left), (tr("R"), right))
        if amounts
    ]
    return " · ".join(parts) + unit


def compared_text(done: ExerciseDone) -> str:
    """`same as Fri 13 Nov`, `4 s more than ...`, `1 set skipped`, or that it was the first time."""
    skipped = len({record.set_no for record in done.sets if record.status is SetStatus.SKIPPED})
    if skipped:
        return trn("{n} set skipped", "{n} sets skipped", skipped)
    if not done.earlier or done.earlier_day is None:
        return tr("first time")
    day = day_text(done.earlier_day)
    now, then = done.sets[0].level, done.earlier[0].level
    if now != then:
        return tr("level {now}, on {day} level {then}", now=now, day=day, then=then)
    change = _total(done.sets) - _total(done.earlier)
    if not change:
        return tr("same as {day}", day=day)
    if done.sets[0].kind is not Kind.REPS:
        text = tr("{n} s more than {day}", n=change, day=day)
        return text if change > 0 else tr("{n} s less than {day}", n=-change, day=day)
    if change > 0:
        return trn("{n} rep more than {day}", "{n} reps more than {day}", change, day=day)
    return trn("{n} rep fewer than {day}", "{n} reps fewer than {day}", -change, day=day)


def ordinal_note(recent: int) -> str:
    """How many sessions there were lately, this one included."""
    return trn("{n} session in 14 days", "{n} sessions in 14 days", recent)


def _total(sets: Iterable[SetRecord]) -> int:
    return sum(amount(record) for record in sets)


def _ordered(sets: Iterable[SetRecord]) -> list[SetRecord]:
    return sorted(sets, key=lambda record: record.set_no)
