"""How closely a chart is looked at: days within those that it holds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from coach.domain.progress.span import Span
from coach.ui.charts.scale import shifted

if TYPE_CHECKING:
    from coach.ui.charts.chart import LiveChart

LEAST = 7
"""Days; nothing is to be seen more closely."""


class Lens:
    """Holds all of a chart, and the part of it that is to be seen."""

    def __init__(self, chart: LiveChart) -> None:
        self._all = chart
        self._zooms = chart.within(chart.span) is not chart
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
        """Fewer or more days; the day at this share of the width stays where it is."""
        span = self.chart.span
        days = max(min(LEAST, self.whole.days), round(span.days / factor))
        if days == span.days and factor < 1:
            days += 1
        first = span.first + timedelta(days=round((span.days - days) * max(0.0, min(1.0, around))))
        wanted = Span(first, first + timedelta(days=days - 1))
        return wanted if days > self.whole.days else self._inside(wanted)

    def panned(self, share: float) -> Span:
        """As many days, later by a share of them."""
        span = self.chart.span
        return shifted(span, round(share * span.days))

    def beyond(self, span: Span) -> bool:
        """Whether these days reach out of what the chart holds."""
        return self._zooms and not (self.whole.first <= span.first and span.last <= self.whole.last)

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
