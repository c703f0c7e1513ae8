"""What the progress page is told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from coach.services.progress import Query

if TYPE_CHECKING:
    from coach.services.progress import ProgressView

BEGUN_AFTER = 7
"""So many days after the first entry the charts take the place of the first steps."""


class ChartFile(StrEnum):
    """What a chart can be saved as."""

    PNG = "png"
    SVG = "svg"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class ProgressState:
    """`query` is what was chosen, `view` what was read for it, None until it was.

    `rungs` are the names of the levels of the exercise that is shown, easiest first, and `level` the person's own.
    """

    query: Query = field(default_factory=Query)
    view: ProgressView | None = None
    rungs: tuple[str, ...] = ()
    level: int = 0
    trouble: str = ""
    read_only: str = ""

    @property
    def kept(self) -> Query:
        """What was chosen, and what the program chose where nobody did: in another range both stay."""
        pain = self.view.pain if self.view is not None else None
        trend = self.view.trend if self.view is not None else None
        return replace(
            self.query,
            area=self.query.area or (pain.area if pain is not None else None),
            exercise_id=self.query.exercise_id or (trend.exercise.exercise_id if trend is not None else None),
        )

    @property
    def beginning(self) -> bool:
        """Whether there is so little that charts would say nothing yet."""
        if self.view is None:
            return False
        extent = self.view.extent
        return extent is None or (self.view.today - extent.first).days < BEGUN_AFTER
