"""The values of every chart in a real spreadsheet: dates are dates, numbers numbers, and nothing is run."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from coach.domain.progress.period import PeriodKind
from coach.ui.charts.heat import CalendarChart
from coach.ui.charts.minutes import TimeChart
from coach.ui.charts.pain import PainChart
from coach.ui.charts.saving import save_table
from coach.ui.charts.trend import TrendChart
from tests.spreadsheet import EAGER, PLAIN, cells, convert, needs_office
from tests.ui.charts import samples

if TYPE_CHECKING:
    from pathlib import Path

    from coach.ui.charts.chart import Table

QUARTER = samples.days_to(84)
FLARE = replace(samples.period(QUARTER.first + timedelta(days=40), 4, PeriodKind.FLARE), note="=1+1 Füße")


def tables() -> dict[str, Table]:
    points = samples.pain_points(QUARTER)
    return {
        "pain": PainChart(samples.series(points), samples.sessions(QUARTER), (FLARE,), QUARTER, samples.TODAY).table(),
        "sides": TrendChart(samples.trend(QUARTER), QUARTER, samples.TODAY).table(),
        "time": TimeChart(samples.sessions(QUARTER), QUARTER, samples.TODAY).table(),
        "calendar": CalendarChart(samples.calendar_days(QUARTER), 12, samples.TODAY).table(),
    }


@needs_office
@pytest.mark.parametrize("read_as", [PLAIN, EAGER], ids=["plain", "eager"])
def test_dates_are_dates_and_numbers_numbers(read_as: str, tmp_path: Path) -> None:
    made = tables()
    for name, table in made.items():
        save_table(table, tmp_path / f"{name}.csv")
    found = convert([tmp_path / f"{name}.csv" for name in made], "fods", tmp_path / "out", read_as)
    for path, table in zip(found, made.values(), strict=True):
        head, *rows = cells(path)
        assert [value for _, value in head][: len(table.raw_columns)] == list(table.raw_columns)
        assert table.raw
        for row, was in zip(rows, table.raw, strict=False):
            for (kind, value), wanted in zip(row, was, strict=False):
                if wanted is None or wanted == "":
                    assert (kind, value) == ("", "")
                elif isinstance(wanted, int | float):
                    assert kind == "float"
                    assert float(value) == pytest.approx(wanted)
                elif wanted[:4].isdigit():
                    assert (kind, value) == ("date", wanted)
                else:
                    assert (kind, value.removeprefix("'")) == ("string", wanted)
