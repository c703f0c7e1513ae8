"""Enums and numbers as words for the screen. The domain never holds sentences; they all live here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale

from coach.domain.exercise import Dose, Sides
from coach.domain.pain import Area, Band, BodySide, Region
from coach.ui.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from coach.domain.exercise import Range
    from coach.domain.routine import Routine


def band_word(band: Band) -> str:
    """None, Mild, Moderate or Severe."""
    return {
        Band.NONE: tr("None"),
        Band.MILD: tr("Mild"),
        Band.MODERATE: tr("Moderate"),
        Band.SEVERE: tr("Severe"),
    }[band]


def region_word(region: Region) -> str:
    """A region of the pain map."""
    return {
        Region.LOW_BACK: tr("Low back"),
        Region.HIP: tr("Hip, groin or buttock"),
        Region.KNEE: tr("Knee"),
        Region.SHIN: tr("Front of the lower leg"),
        Region.CALF_ACHILLES: tr("Calf or Achilles tendon"),
        Region.ANKLE: tr("Ankle"),
        Region.HEEL_SOLE: tr("Heel or sole"),
        Region.FOREFOOT_TOES: tr("Ball of the foot or toes"),
    }[region]


def body_side_word(side: BodySide) -> str:
    """Left, Centre or Right, for the body map."""
    return {BodySide.LEFT: tr("Left"), BodySide.CENTRE: tr("Centre"), BodySide.RIGHT: tr("Right")}[side]


def area_word(area: Area) -> str:
    """`Heel or sole, right`."""
    return tr("{region}, {side}", region=region_word(area.region), side=body_side_word(area.side).lower())


def number(value: float, decimals: int = 1) -> str:
    """`4.7`, as the person's language writes it."""
    return QLocale().toString(float(value), "f", decimals)


def clock_text(seconds: int) -> str:
    """`2:55`, for planned times and timers."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def minutes_text(seconds: int) -> str:
    """Minutes to the next half, as `13½ min`; at least half a minute."""
    halves = max(1, round(seconds / 30))
    whole, half = divmod(halves, 2)
    number = f"{whole or ''}{'½' if half else ''}"
    return tr("{number} min", number=number)


def duration_text(seconds: int) -> str:
    """`12 min 25 s`, for what was really done."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return tr("{rest} s", rest=rest)
    return tr("{minutes} min {rest} s", minutes=minutes, rest=rest) if rest else tr("{minutes} min", minutes=minutes)


def dose_text(dose: Dose) -> str:
    """`2 × 10, both feet` or `2 × 30 s each side`."""
    amount = str(dose.reps) if dose.reps is not None else tr("{seconds} s", seconds=dose.hold_s)
    if dose.sides is Sides.BOTH:
        return tr("{sets} × {amount}, both feet", sets=dose.sets, amount=amount)
    return tr("{sets} × {amount} each side", sets=dose.sets, amount=amount)


def week_text(per_week: Range, *, daily_ok: bool) -> str:
    """How often."""
    if daily_ok:
        return tr("{times} times a week, every day is fine", times=per_week)
    return tr("{times} times a week, with days of rest between", times=per_week)


def equipment_text(routine: Routine) -> str:
    """What the exercises of a routine need, each thing once."""
    things = (thing for item in routine.items for thing in item.exercise.level(item.level).equipment)
    return join_words(dict.fromkeys(things))


def join_words(words: Iterable[str]) -> str:
    """A list with commas."""
    return ", ".join(words)


def day_text(day: date, pattern: str = "ddd d MMM") -> str:
    """A date in the person's language, as Qt's date pattern says."""
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def short_day(day: date, today: date) -> str:
    """`24 Aug`, and the year where it is another one."""
    return day_text(day, "d MMM" if day.year == today.year else "d MMM yyyy")


def when_text(day: date, today: date) -> str:
    """`today`, `yesterday`, or the day itself."""
    if day == today:
        return tr("today")
    return tr("yesterday") if (today - day).days == 1 else day_text(day)
