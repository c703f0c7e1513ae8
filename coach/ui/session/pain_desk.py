"""Asks about pain in a session: the row in a rest, the sheet of "It hurts", and what has been answered so far.

Holds answers until they are final and says what they lead to; the presenter acts on it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coach.domain.pain import Response, check_nrs
from coach.domain.records import SetStatus
from coach.domain.session import key_of
from coach.domain.timeline import Phase
from coach.ui.i18n import tr
from coach.ui.session import rating
from coach.ui.session.facts import PainAnswer, Sign
from coach.ui.session.rating import Subject
from coach.ui.session.view import HurtsView, PainRow

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from coach.domain.pain import Area
    from coach.domain.session import Run
    from coach.domain.timeline import Moment, Place

SETTLE_S = 1.2
"""A number in the row is final after this: long enough to correct it or to type 10."""


@dataclass(frozen=True, slots=True)
class Row:
    """The row of one lead-in; `number` is the flat index of the bout it stands before.

    `asked` says that the person had eased off before this question: what the rules say to it does not change while
    the answer is corrected.
    """

    number: int
    subject: Subject
    question: str
    hint: str
    areas: tuple[Area, ...]
    area: Area
    asked: bool = False
    value: int | None = None
    since: float = 0.0
    sent: PainAnswer | None = None

    @property
    def settled(self) -> bool:
        """Whether what is shown has been handed on."""
        return self.value is None or _says(self.sent, self.value, self.area)

    def answer(self) -> PainAnswer | None:
        """What is to be kept, if anything is new."""
        if self.settled:
            return None
        return _answer(self.subject, self.area, self.value, corrects=self.sent)


@dataclass(frozen=True, slots=True)
class Settled:
    """An answer of the row that is final, and what the rules say to it."""

    row: Row
    answer: PainAnswer
    response: Response


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of "It hurts" while it is open; `asked` as in the row, `sent` is what the row has handed on."""

    subject: Subject
    where: str
    areas: tuple[Area, ...]
    area: Area
    asked: bool
    value: int | None = None
    sent: PainAnswer | None = None

    def answer(self, sign: Sign | None = None) -> PainAnswer | None:
        """What is to be kept: a number, a sign, or both."""
        if sign is None and (self.value is None or _says(self.sent, self.value, self.area)):
            return None
        return _answer(self.subject, self.area, self.value, sign=sign, corrects=self.sent)


def _says(sent: PainAnswer | None, value: int | None, area: Area) -> bool:
    """Whether this has been handed on already."""
    return sent is not None and (sent.nrs, sent.area) == (value, area)


def _answer(
    subject: Subject, area: Area, nrs: int | None, *, sign: Sign | None = None, corrects: PainAnswer | None = None
) -> PainAnswer:
    return PainAnswer(area, nrs, subject.place.index, subject.exercise.id, subject.about, sign, corrects)


class PainDesk:
    """All questions about pain of one session.

    `pain_now` are the ratings before it, `answered` exercises by index whose worst pain is known already.
    """

    def __init__(self, pain_now: Mapping[Area, int], answered: Collection[int] = ()) -> None:
        self._pain_now = dict(pain_now)
        self._digits = rating.DigitEntry()
        self.row: Row | None = None
        self.sheet: Sheet | None = None
        self.eased: set[int] = set()
        self.answered = set(answered)

    def leaves(self, run: Run, moment: Moment) -> bool:
        """Whether the row does not belong to this moment any more."""
        return self.row is not None and (run.state.over or self.row.number != _row_number(moment))

    def attend(self, run: Run, moment: Moment) -> None:
        """Put up the question that belongs to this moment."""
        number = _row_number(moment)
        if self.row is None or self.row.number != number:
            self.row = None if number < 0 else self._question(run, moment, number)

    def type_row(self, digit: int, now: float) -> None:
        """A digit key for the row."""
        self.rate_row(self._digits.press(digit, now), now)

    def rate_row(self, nrs: int, now: float) -> None:
        """A number for the row; it can be changed until the set begins."""
        if self.row is not None:
            self.row = replace(self.row, value=check_nrs(nrs), since=now)

    def move_row(self, area: Area, now: float) -> None:
        """Where the row's answer hurts."""
        if self.row is not None:
            self.row = replace(self.row, area=area, since=now)

    def settle(self, now: float, *, at_once: bool = False) -> Settled | None:
        """The row's answer once it is final, or `at_once`, with what the rules say to it."""
        row = self.row
        answer = row.answer() if row is not None and (at_once or now - row.since >= SETTLE_S) else None
        if row is None or answer is None or answer.nrs is None:
            return None
        self.row = row = replace(row, sent=answer)
        self.answered.add(answer.exercise_index)
        response, _ = rating.advice(row.subject, answer.nrs, asked_before=row.asked, can_ease=False)
        self._note_ease(row.subject, response)
        return Settled(row, answer, response)

    def open_sheet(self, moment: Moment) -> None:
        """Open "It hurts" about this moment."""
        place = moment.place
        subject = Subject(place, key_of(place) if moment.phase.is_work else None)
        areas = rating.likely_areas(subject.exercise, place.bout.side, self._pain_now)
        self.sheet = Sheet(subject, rating.paused_where(moment), areas, areas[0], self._asked(subject))

    def open_from_row(self, row: Row, moment: Moment) -> None:
        """Open "It hurts" with what the row has just been told, because the rules want more than a number."""
        where = rating.paused_where(moment)
        self.sheet = Sheet(row.subject, where, row.areas, row.area, row.asked, row.value, row.sent)

    def type_sheet(self, digit: int, now: float) -> None:
        """A digit key for the sheet."""
        self.rate_sheet(self._digits.press(digit, now))

    def rate_sheet(self, nrs: int) -> None:
        """A number for the sheet."""
        if self.sheet is not None:
            self.sheet = replace(self.sheet, value=check_nrs(nrs))

    def move_sheet(self, area: Area) -> None:
        """Where it hurts."""
        if self.sheet is not None:
            self.sheet = replace(self.sheet, area=area)

    def response(self) -> Response | None:
        """What the rules say to the sheet's number; None without one."""
        if self.sheet is None or self.sheet.value is None:
            return None
        return rating.advice(self.sheet.subject, self.sheet.value, asked_before=self.sheet.asked, can_ease=True)[0]

    def close_sheet(self, *, act: bool) -> PainAnswer | None:
        """Close the sheet; its answer, if there is one. `act` is False when the person just went back."""
        sheet, response = self.sheet, self.response()
        self.sheet = None
        if sheet is None:
            return None
        answer = sheet.answer()
        if sheet.value is not None:
            self.answered.add(sheet.subject.place.index)
        if act and response is not None:
            self._note_ease(sheet.subject, response)
        return answer

    def hurts_view(self, *, can_ease: bool) -> HurtsView | None:
        """The sheet for the screen."""
        sheet = self.sheet
        if sheet is None:
            return None
        said = None
        if sheet.value is not None:
            _, said = rating.advice(sheet.subject, sheet.value, asked_before=sheet.asked, can_ease=can_ease)
        return rating.hurts_view(sheet.where, sheet.subject, sheet.areas, sheet.area, sheet.value, said)

    def row_view(self) -> PainRow | None:
        """The row for the screen; areas are offered once something hurts."""
        row = self.row
        if row is None:
            return None
        offered = rating.labelled(rating.chips(row.areas, row.area)) if row.value else ()
        return PainRow(row.question, row.hint, row.value, offered, row.area if row.value else None)

    def unanswered(self, run: Run) -> tuple[int, ...]:
        """Exercises whose worst pain must still be asked, by index: they were worked at a level that asks."""
        asking = {
            key[0]
            for key, done in run.results.items()
            if done.status is not SetStatus.SKIPPED and done.place.level.ask_worst_pain
        }
        return tuple(sorted(asking - self.answered))

    def _asked(self, subject: Subject) -> bool:
        return subject.place.index in self.eased

    def _note_ease(self, subject: Subject, response: Response) -> None:
        if response is Response.EASE_OFF:
            self.eased.add(subject.place.index)
        elif response is Response.CARRY_ON:
            self.eased.discard(subject.place.index)

    def _question(self, run: Run, moment: Moment, number: int) -> Row | None:
        if number == 0:
            return None
        before = run.timeline.places[number - 1]
        done = run.results.get(key_of(before))
        if moment.previous is not None:
            if done is None or done.status is SetStatus.SKIPPED:
                return None
            if before.index in self.eased:
                return self._row(number, before, tr("Is it 3 or less now?"), tr("press a number"))
            if moment.phase is Phase.REST:
                return self._row(number, before, tr("Worst pain in that set?"), tr("optional, press a number"))
            return None
        if moment.phase is Phase.GET_READY and before.index in self.unanswered(run):
            title = before.planned.exercise.title
            return self._row(number, before, tr("Worst pain in {exercise}?", exercise=title), tr("press a number"))
        return None

    def _row(self, number: int, before: Place, question: str, hint: str) -> Row:
        subject = Subject(before, key_of(before))
        areas = rating.likely_areas(subject.exercise, before.bout.side, self._pain_now)
        return Row(number, subject, question, hint, areas, areas[0], self._asked(subject))


def _row_number(moment: Moment) -> int:
    """The flat index of the bout that a row would stand before now, -1 in work."""
    return -1 if moment.phase.is_work else moment.segment.bout
