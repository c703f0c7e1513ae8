"""The history in numbers: every sum is made by the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.domain.progress.span import Bin

if TYPE_CHECKING:
    from coach.domain.pain import Area, PainMoment
    from coach.domain.progress.period import FlagAnswer, Period, SelfTest
    from coach.domain.progress.points import (
        AreaSeen,
        ExerciseSeen,
        NoteSeen,
        PainPoint,
        RuleSince,
        SessionPoint,
        TrendPoint,
    )
    from coach.domain.progress.span import Span
    from coach.domain.records import PainRating


class SqlProgress:
    """The history in numbers, added up where it is kept; only current rows count. Raises `StorageError`.

    Part of an open diary, used by the thread that uses the diary. Dates are local dates as lived; bins without anything
    are left out; everything is ordered by day.
    """

    def extent(self) -> Span | None:
        """From the day of the first session or rating to that of the last; None without any."""
        raise NotImplementedError

    def areas(self, span: Span | None = None) -> tuple[AreaSeen, ...]:
        """Areas with ratings, in all or in a span, in the order of `Area`."""
        raise NotImplementedError

    def exercises(self, span: Span | None = None) -> tuple[ExerciseSeen, ...]:
        """Exercises with worked sets, in all or in a span, the most sets first."""
        raise NotImplementedError

    def pain(self, area: Area, moment: PainMoment, span: Span, by: Bin = Bin.DAY) -> tuple[PainPoint, ...]:
        """Ratings of one area at one moment."""
        raise NotImplementedError

    def sessions(self, span: Span, by: Bin = Bin.DAY) -> tuple[SessionPoint, ...]:
        """Sessions in which at least one set was worked."""
        raise NotImplementedError

    def trend(self, exercise_id: str, span: Span, by: Bin = Bin.DAY) -> tuple[TrendPoint, ...]:
        """Worked sets of one exercise; within a bin left before right before both."""
        raise NotImplementedError

    def rules_since(self) -> tuple[RuleSince, ...]:
        """All reminders as they stood over time, oldest first: what was planned on a day follows from them."""
        raise NotImplementedError

    def periods(self, span: Span) -> tuple[Period, ...]:
        """Flares and rests that touch the span."""
        raise NotImplementedError

    def add_period(self, period: Period) -> None:
        """A flare or a rest, or (by `supersedes`) how it stands now."""
        raise NotImplementedError

    def flags(self, span: Span) -> tuple[FlagAnswer, ...]:
        """Answers to the list of worrying symptoms."""
        raise NotImplementedError

    def add_flag(self, answer: FlagAnswer) -> None:
        """A question of that list was answered."""
        raise NotImplementedError

    def tests(self, span: Span) -> tuple[SelfTest, ...]:
        """Self-tests."""
        raise NotImplementedError

    def add_test(self, test: SelfTest) -> None:
        """A self-test was done."""
        raise NotImplementedError

    def ratings(self, span: Span) -> tuple[PainRating, ...]:
        """Every rating as it was given, by instant, for an export."""
        raise NotImplementedError

    def notes(self, span: Span) -> tuple[NoteSeen, ...]:
        """Notes at the ends of sessions that are not empty."""
        raise NotImplementedError


if TYPE_CHECKING:
    from coach.services.progress_book import ProgressBook

    _fits: type[ProgressBook] = SqlProgress
