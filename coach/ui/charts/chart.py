"""What every chart is: it paints itself anywhere, says each of its values in words, and is a table as well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtCore import QPointF, QRectF
    from PySide6.QtGui import QFont, QPainter

    from coach.domain.progress.span import Span
    from coach.ui.theme.tokens import Theme


@dataclass(frozen=True, slots=True)
class Style:
    """Colours and measures of what is painted on: `px` scales a measure of the design, `font` gives a role's font.

    On the screen they come from `Look`; on paper from the light theme and the paper's resolution.
    """

    theme: Theme
    px: Callable[[float], float]
    font: Callable[[str, int], QFont]


@dataclass(frozen=True, slots=True)
class Table:
    """The twin of a chart: every value as text, in the order of time.

    `raw` is the same for a file, with dots and ISO dates; None stands for what was not asked, which is never 0.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    raw_columns: tuple[str, ...]
    raw: tuple[tuple[str | int | float | None, ...], ...]


class Chart(Protocol):
    """Something that can be painted, read out and written as a table. Immutable: new data are a new chart."""

    @property
    def name(self) -> str:
        """Its title, as shown and as the accessible name."""
        ...

    @property
    def summary(self) -> str:
        """One or two sentences on what is to be seen, for those who do not see it; also of an empty one."""
        ...

    @property
    def stops(self) -> int:
        """How many places the cursor can stand at: days, weeks or cells. 0 where there is nothing to read."""
        ...

    def said(self, stop: int) -> str:
        """Everything that is shown at a stop, in words: `Thu 12 Nov: 3 of 10, 7-day mean 2.9, 1 session`."""
        ...

    def paint(self, painter: QPainter, rect: QRectF, style: Style, stop: int | None = None) -> None:
        """Draw all of it into `rect`, with the cursor at a stop if one is given."""
        ...

    def stop_at(self, point: QPointF, rect: QRectF, style: Style) -> int | None:
        """The stop nearest to a point when painted into `rect`; None outside the plot."""
        ...

    def height(self, width: float, style: Style) -> float:
        """How high it wants to be at this width."""
        ...

    def table(self) -> Table:
        """Its twin."""
        ...


@dataclass(frozen=True, slots=True)
class Strides:
    """How many stops the arrow keys go: to the side, up and down (0: these keys are the page's), and with Ctrl."""

    side: int = 1
    down: int = 0
    far: int = 7


class LiveChart(Chart, Protocol):
    """A chart as the screen holds it: the cursor is drawn over its picture, and it can be looked at more closely."""

    @property
    def span(self) -> Span:
        """The days that are to be seen."""
        ...

    @property
    def strides(self) -> Strides:
        """How the keyboard walks through it."""
        ...

    def day(self, stop: int) -> date:
        """The first day of a stop."""
        ...

    def stop_on(self, day: date) -> int | None:
        """The stop that a day belongs to, if it is to be seen."""
        ...

    def within(self, span: Span) -> LiveChart:
        """The same data, seen from one day to another; itself where that makes no sense."""
        ...

    def paint_cursor(self, painter: QPainter, rect: QRectF, style: Style, stop: int) -> None:
        """Draw the cursor alone, where `paint` would."""
        ...

    def anchor(self, rect: QRectF, style: Style, stop: int) -> QPointF:
        """The point that a stop's read-out belongs to."""
        ...
