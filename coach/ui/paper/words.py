"""Words that stand only on paper: short names of symptoms and self-tests, doses in full, the safety notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from coach.domain.exercise import Sides
from coach.domain.progress.period import FlagLevel
from coach.services.report import Section
from coach.ui.i18n import tr, trn
from coach.ui.progress_words import done_of_planned, percent
from coach.ui.words import day_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from coach.domain.exercise import Dose
    from coach.domain.progress.adherence import Adherence
    from coach.domain.progress.period import SelfTest
    from coach.domain.progress.span import Span


def safety_notice() -> str:
    """Word for word clinical.md 9, short form."""
    return tr(
        "This app gives general exercise information for adults. It is not a medical device, it does not diagnose, and "
        "it does not replace a doctor, podiatrist or physiotherapist. Stop if an exercise causes sharp or growing "
        "pain, dizziness, chest pain or breathlessness. If you have a health condition, recent injury or surgery, are "
        "pregnant, or are unsure, ask a health professional first. In an emergency, call your local emergency number."
    )


def session_notice() -> str:
    """Word for word clinical.md 9, before a session."""
    return tr("Stay near something sturdy, move slowly, and stop if it hurts more than 5 out of 10.")


def date_text(day: date) -> str:
    """`15 Nov 2026`."""
    return day_text(day, "d MMM yyyy")


def span_text(span: Span) -> str:
    """`24 Aug 2026 to 15 Nov 2026, 84 days`."""
    if span.days == 1:
        return date_text(span.first)
    first = day_text(span.first, "d MMM") if span.first.year == span.last.year else date_text(span.first)
    return trn(
        "{first} to {last}, {n} day", "{first} to {last}, {n} days", span.days, first=first, last=date_text(span.last)
    )


def adherence_text(adherence: Adherence) -> str:
    """`47 of 59 (80 %)`."""
    share = adherence.share
    if share is None:
        return tr("{done} with a session, none planned", done=adherence.done)
    count = done_of_planned(adherence)
    if adherence.done > adherence.planned:
        return count
    return tr("{count} ({share} %)", count=count, share=percent(share))


def dose_in_full(dose: Dose) -> str:
    """`2 sets of 10, each side, rest 45 s`."""
    if dose.reps is not None:
        work = trn("{n} set of {reps}", "{n} sets of {reps}", dose.sets, reps=dose.reps)
    else:
        work = trn("{n} hold of {hold} s", "{n} holds of {hold} s", dose.sets, hold=dose.hold_s)
    parts = [work, tr("each side") if dose.sides is Sides.EACH else tr("both feet together")]
    if dose.rest_s and dose.sets > 1:
        parts.append(tr("rest {rest} s", rest=dose.rest_s))
    return ", ".join(parts)


def dated_word(section: Section) -> str:
    """What a part of the report is made of; the programme is of no dates."""
    return {
        Section.PROGRAMME: "",
        Section.ADHERENCE: tr("sessions"),
        Section.PAIN: tr("pain ratings"),
        Section.TRENDS: tr("repetitions and seconds of exercises"),
        Section.TESTS: tr("self-tests"),
        Section.FLAGS: tr("answers about worrying symptoms"),
        Section.NOTES: tr("notes"),
    }[section]


def urgency_word(level: FlagLevel) -> str:
    """How soon it has to be looked at (clinical.md 3.7)."""
    return {
        FlagLevel.EMERGENCY: tr("emergency"),
        FlagLevel.URGENT: tr("same day"),
        FlagLevel.SOON: tr("soon"),
    }[level]


def flag_word(flag: str) -> str:
    """A symptom in a few words, by its id of clinical.md 3.7; an unknown id as it is."""
    return {
        "B1": tr("Numbness around genitals, back passage or inner thighs"),
        "B2": tr("Trouble with urine, or loss of bladder or bowel control"),
        "B3": tr("Pain, weakness or numbness in both legs"),
        "B4": tr("Change of sexual function with back or leg pain"),
        "B5": tr("Back pain with chest pain or after a serious accident"),
        "B6": tr("Back pain with fever or feeling very unwell, or lowered immunity"),
        "B7": tr("Sudden severe back pain after a minor knock, or a changed back shape"),
        "B8": tr("History of cancer, weight loss, or night pain not eased by position"),
        "B9": tr("New or growing weakness in one leg or foot"),
        "B10": tr("First back pain under 20 or over 55, or long morning stiffness"),
        "B11": tr("Pain below the knee with tingling for over a week"),
        "F1": tr("One calf or leg swollen, warm, red or throbbing"),
        "F2": tr("Snap at the back of the heel or calf, weak push-off"),
        "F3": tr("Injury, cannot take 4 steps, bone pain or a changed shape"),
        "F4": tr("Diabetes with broken skin, colour change, swelling or heat"),
        "F5": tr("Foot cold, pale or numb, or severe pain at rest"),
        "F6": tr("Spreading redness, pus or fever with a painful foot"),
        "F7": tr("Hot, red, very painful joint overnight"),
        "F8": tr("Pinpoint bone pain that grows with walking"),
        "F9": tr("One foot becoming flatter, or no single-leg heel raise"),
        "F10": tr("New or one-sided high arch, or with weakness"),
        "F11": tr("Numbness or burning feet without known diabetes"),
        "F12": tr("Calf pain on walking that stops with rest"),
        "F13": tr("Fluoroquinolone or steroid injection, and new Achilles pain"),
        "G1": tr("Chest pain or pressure"),
        "G2": tr("Faint or blackout"),
        "G3": tr("Severe breathlessness"),
        "G4": tr("Sudden one-sided weakness, speech or vision trouble"),
        "G5": tr("Irregular racing heart"),
    }.get(flag, flag)


_TESTS: dict[str, tuple[Callable[[], str], Callable[[], str]]] = {
    "T0": (lambda: tr("Four-stage balance"), str),
    "T1": (lambda: tr("One leg, eyes open"), lambda: tr("s")),
    "T2": (lambda: tr("One leg, eyes closed"), lambda: tr("s")),
    "T3": (lambda: tr("Single-leg heel rise"), lambda: tr("times")),
    "T4": (lambda: tr("Knee to wall"), lambda: tr("cm")),
    "T5": (lambda: tr("Chair stand in 30 s"), lambda: tr("times")),
    "T6a": (lambda: tr("Chair sit-and-reach"), lambda: tr("cm")),
    "T6b": (lambda: tr("Fingertip to floor"), lambda: tr("cm")),
    "T7": (lambda: tr("Thomas position"), str),
}
"""Names and units of the self-tests of clinical.md 4."""


def test_word(test: str) -> str:
    """A self-test by its id; one that is not known here in the words of its id."""
    return _TESTS[test][0]() if test in _TESTS else test.replace("_", " ")


def test_value(test: SelfTest) -> str:
    """`12.5 cm`; whole numbers without a decimal."""
    value = QLocale().toString(test.tenths / 10, "g", 6)
    unit = _TESTS[test.test][1]() if test.test in _TESTS else ""
    return f"{value} {unit}".strip()
