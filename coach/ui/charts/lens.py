"""How closely a chart is looked at: days within those that it holds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from coach.domain.progress.span import Span
from coach.ui.charts.scale import shifted

if TYPE_CHECKING:
    from coach.ui.charts.chart import LiveChart

LEAST = 7
"""Days; nothing is to be seen more closely."""


class Lens:
    """Holds all of a chart, and the part of it that is to be seen; `reach` are the days there could be a chart of."""

    def __init__(self, chart: LiveChart, reach: Span | None = None) -> None:
        self._all = chart
        self._reach = reach or chart.span
        self._zooms = chart.within(chart.span) is not chart
        self._factor = 1.0
        self.chart = chart

    @property
    def whole(self) -> Span:
        """All that the chart holds."""
        return self._all.span

    @property
    def close(self) -> bool:
        """Whether less than all is to be seen."""
        return self.chart is not self._all

    def zoomed(self, factor: float, around: float) -> Span:
        """Fewer or more days; the day at this share of the width stays where it is.

        What is too little for a day, as fingers on a touch pad ask for it, is kept until it is one.
        """
        span, least = self.chart.span, min(LEAST, self.whole.days)
        self._factor *= factor
        days = max(least, round(span.days / self._factor))
        if days != span.days or (days == least and factor > 1):
            self._factor = 1.0
        moved = round((span.days - days) * max(0.0, min(1.0, around)))
        first = max(date.min.toordinal(), span.first.toordinal() + moved)
        last = min(date.max.toordinal(), first + days - 1)
        wanted = Span(date.fromordinal(first), date.fromordinal(last))
        return wanted if days > self.whole.days else self._inside(wanted)

    def panned(self, share: float) -> Span:
        """As many days, later by a share of them."""
        span = self.chart.span
        return shifted(span, round(share * span.days))

    def asks(self, span: Span) -> Span | None:
        """The days that a chart has to be made of, so that these are seen as they could be; None if this one will do.

        More days where these reach out of what it holds, these alone where it holds months and days could be seen.
        """
        first, last = max(span.first, self._reach.first), min(span.last, self._reach.last)
        if not self._zooms or last < first:
            return None
        seen, whole = Span(first, last), self.whole
        both = Span(min(first, whole.first), max(last, whole.last))
        if both == whole and seen.by is whole.by:
            return None
        return both if both.by is seen.by else seen

    def look_at(self, span: Span) -> bool:
        """Show these days, or those nearest to them that the chart holds; whether anything is different now."""
        span = self._inside(span)
        if not self._zooms or span == self.chart.span:
            return False
        self.chart = self._all if span == self.whole else self._all.within(span)
        return True

    def _inside(self, span: Span) -> Span:
        """As many of these days as there are, moved to where there are any."""
        whole = self.whole
        if span.days >= whole.days:
            return whole
        return shifted(span, max(0, (whole.first - span.first).days) - max(0, (span.last - whole.last).days))
