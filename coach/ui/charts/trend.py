"""What was really done in a set of one exercise, over time and by side, and from when on at which level.

Left is solid, round and blue; right is dashed, square and orange: the sides differ without their colours.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from coach.domain.exercise import Kind, Side
from coach.domain.progress.span import Bin
from coach.ui.charts import trend_parts as parts
from coach.ui.charts.chart import Table
from coach.ui.charts.drawing import Entry, measurer
from coach.ui.charts.row import Row
from coach.ui.charts.scale import Grain, nice_ticks
from coach.ui.charts.timed import Frame, TimedChart
from coach.ui.charts.words import amount_text, number_text, side_text, span_text, unit_text
from coach.ui.i18n import tr, trn
from coach.ui.words import join_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtGui import QPainter

    from coach.domain.progress.points import TrendPoint
    from coach.domain.progress.span import Span
    from coach.services.progress import ExerciseTrend
    from coach.ui.charts.chart import Style

DAYS_BY_DAY = 16 * 7
"""In a longer span a point is the mean of a week."""


@dataclass(frozen=True, slots=True)
class Spot:
    """All sets of one side at one place: sum of repetitions or seconds, most of a set, highest level, sets."""

    total: int
    best: int
    level: int
    sets: int

    @property
    def mean(self) -> float:
        """Of a set."""
        return self.total / self.sets


def gathered(points: Sequence[TrendPoint], place: Callable[[date], int]) -> dict[Side, Row[Spot]]:
    """Points of one side at one place are one; sides without points are left out."""
    sums: dict[Side, dict[int, list[int]]] = {}
    for point in points:
        places = sums.setdefault(point.side, {})
        had = places.setdefault(place(point.day), [0, 0, 0, 0])
        had[0] += point.total
        had[1] = max(had[1], point.best)
        had[2] = max(had[2], point.level)
        had[3] += point.sets
    return {side: Row.of((at, Spot(*found)) for at, found in sums[side].items()) for side in Side if side in sums}


class TrendChart(TimedChart):
    """The chart of one exercise; `trend` is None where there is none.

    A week or month at the edge counts with all of its days that the trend holds, so that it does not change while
    somebody looks further along.
    """

    shape = (0.62, 150.0, 260.0)

    def __init__(self, trend: ExerciseTrend | None, span: Span, today: date) -> None:
        self._see(trend, span, today, {})

    def _see(
        self, trend: ExerciseTrend | None, span: Span, today: date, known: dict[Grain, dict[Side, Row[Spot]]]
    ) -> None:
        grain = Grain.WEEK if span.days > DAYS_BY_DAY else Grain.DAY
        super().__init__(span, Grain.MONTH if trend is not None and trend.by is Bin.MONTH else grain)
        self._trend = trend
        self._today = today
        self._known = known
        times = self._times
        if times.grain not in known:
            known[times.grain] = gathered(trend.points if trend is not None else (), times.place)
        rows = {
            side: row.between(times.first, times.first + times.count - 1) for side, row in known[times.grain].items()
        }
        self.sides = {side: row for side, row in rows.items() if row}
        self.above = 24.0 if self.steps else 8.0

    def within(self, span: Span) -> TrendChart:
        """The same, seen more closely."""
        seen = TrendChart.__new__(TrendChart)
        seen._see(self._trend, span, self._today, self._known)  # noqa: SLF001 - of the same class
        return seen

    @property
    def name(self) -> str:
        """The exercise."""
        return tr("Exercise") if self._trend is None else self._trend.exercise.title

    @property
    def empty(self) -> str:
        return "" if self.sides else tr("No sets in these dates.")

    @property
    def summary(self) -> str:
        """From where to where on each side, and how far they are apart."""
        if self._trend is None or not self.sides:
            return self.empty
        said = [f"{span_text(self.span, self._today)}, {unit_text(self._trend.exercise.kind)}."]
        for side, row in self.sides.items():
            first, last = (number_text(row.values[end].mean) for end in (0, -1))
            said.append(tr("{side}: from {first} to {last}.", side=side_text(side), first=first, last=last))
        return " ".join(said)

    @cached_property
    def ticks(self) -> Sequence[int]:
        most = max((spot.mean for row in self.sides.values() for spot in row.values), default=1.0)
        return nice_ticks(most)

    @property
    def legend(self) -> Sequence[Entry]:
        if self._trend is None or not self.sides:
            return ()
        grain = {
            Grain.DAY: tr("mean of a day"),
            Grain.WEEK: tr("mean of a week"),
            Grain.MONTH: tr("mean of a month"),
        }[self._times.grain]
        words = join_words((unit_text(self._trend.exercise.kind), grain))
        return (*parts.samples(tuple(self.sides)), Entry(words))

    @cached_property
    def steps(self) -> Sequence[tuple[int, int]]:
        """Places from which on another level was worked, and which."""
        steps = self._trend.steps if self._trend is not None else ()
        return [(self._times.index(day), level) for day, level in steps if day in self.span]

    def said(self, stop: int) -> str:
        """`Thu 12 Nov: Left 15 s, Right 12 s, level 2`."""
        here = [(side, spot) for side, row in self.sides.items() if (spot := row.at(stop)) is not None]
        when = self._when(stop)
        if not here or self._trend is None:
            return tr("{when}: no set", when=when)
        kind = self._trend.exercise.kind
        words = [f"{side_text(side)} {amount_text(spot.mean, kind)}" for side, spot in here]
        words.append(tr("level {level}", level=max(spot.level for _, spot in here)))
        words.append(trn("{n} set", "{n} sets", sum(spot.sets for _, spot in here)))
        return f"{when}: {join_words(words)}"

    def marks(self, stop: int) -> Sequence[float]:
        """The mean of each side."""
        return [spot.mean for row in self.sides.values() if (spot := row.at(stop)) is not None]

    def beside(self, style: Style) -> float:
        """Room for the names of the sides at the ends of their lines."""
        if not self._named:
            return style.px(8)
        measure = measurer(style.font(*parts.NAME_FONT))
        return max(measure(side_text(side)) for side in self.sides) + style.px(16)

    def draw(self, painter: QPainter, frame: Frame) -> None:
        """Levels behind, lines in front."""
        parts.paint_steps(painter, frame, self.steps)
        lines = {side: [(index, frame.at(index, spot.mean)) for index, spot in row] for side, row in self.sides.items()}
        parts.paint_sides(painter, frame, lines)
        if self._named:
            parts.paint_names(painter, frame, lines)

    def table(self) -> Table:
        """A row for each place and side."""
        grain = {Grain.DAY: tr("Day"), Grain.WEEK: tr("Week from"), Grain.MONTH: tr("Month")}[self._times.grain]
        reps = self._trend is not None and self._trend.exercise.kind is Kind.REPS
        columns = (grain, tr("Side"), tr("Mean, reps") if reps else tr("Mean, s"), tr("Best"), tr("Sets"), tr("Level"))
        order = {side: number for number, side in enumerate(Side)}
        found = [(index, side, spot) for side, row in self.sides.items() for index, spot in row]
        rows, raw = [], []
        for index, side, spot in sorted(found, key=lambda each: (each[0], order[each[1]])):
            rest = (spot.best, spot.sets, spot.level)
            when = self._times.words(index, self._today)
            rows.append((when, side_text(side), number_text(spot.mean), *map(str, rest)))
            raw.append((self._times.day(index).isoformat(), side.value, spot.mean, *rest))
        raw_columns = (f"{self._times.grain.value}_from", "side", "mean", "best", "sets", "level")
        return Table(self.name, columns, tuple(rows), raw_columns, tuple(raw))

    def _when(self, stop: int) -> str:
        words = self._times.words(stop, self._today)
        return tr("Week from {day}", day=words) if self._times.grain is Grain.WEEK else words

    @property
    def _named(self) -> bool:
        """Whether there is a side to tell from another."""
        return set(self.sides) != {Side.BOTH}
