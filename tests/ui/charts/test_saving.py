"""Charts as files: whole or not at all, opened by other programs, told in a sentence when they cannot be written."""

from __future__ import annotations

import csv
import errno
import io
import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QXmlStreamReader
from PySide6.QtGui import QColor, QImage
from PySide6.QtSvg import QSvgRenderer

from coach.domain.preferences import Preferences, ThemeChoice
from coach.errors import KnownError
from coach.ui.charts.chart import Table
from coach.ui.charts.saving import csv_bytes, file_name, page_size, save_picture, save_table
from coach.ui.charts.style import picture_style
from tests.ui.charts.pictures import all_charts

if TYPE_CHECKING:
    from pathlib import Path

    from coach.ui.theme.look import Look

ALL = [chart for chart, _, _ in all_charts()]


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: type(chart).__name__)
def test_every_chart_is_saved_as_a_picture_and_a_drawing(chart: object, look: Look, tmp_path: Path) -> None:
    picked = next(each for each in ALL if each is chart)
    style = picture_style(look)
    size = page_size(picked, style)
    save_picture(picked, tmp_path / "a.png", style)
    save_picture(picked, tmp_path / "a.SVG", style)
    image = QImage(str(tmp_path / "a.png"))
    assert (image.width(), image.height()) == (2 * size.width(), 2 * size.height())
    assert image.pixelColor(1, 1) == QColor(look.theme.surface)
    drawing = QSvgRenderer(str(tmp_path / "a.SVG"))
    assert drawing.isValid()
    assert drawing.viewBoxF() == size
    written = (tmp_path / "a.SVG").read_text("utf-8")
    assert picked.name in written
    assert written.count(picked.summary[:16]) == 2, "on the picture, and in the description of the file"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.SVG", "a.png"]


def test_a_title_with_markup_is_a_title(look: Look, tmp_path: Path) -> None:
    chart = next(chart for chart in ALL if type(chart).__name__ == "TrendChart")
    trend = chart._trend  # type: ignore[attr-defined] # the sample's own
    odd = type(trend)(type(trend.exercise)("x", '<b>&"Bend"', trend.exercise.kind, 1), trend.by, trend.points, None, ())
    save_picture(type(chart)(odd, chart.span, chart.span.last), tmp_path / "a.svg", picture_style(look))  # type: ignore[call-arg]
    reader = QXmlStreamReader((tmp_path / "a.svg").read_text("utf-8"))
    while not reader.atEnd():
        reader.readNext()
    assert not reader.hasError(), reader.errorString()


def test_a_picture_has_the_theme_in_use_and_text_at_100_percent(look: Look, tmp_path: Path) -> None:
    save_picture(ALL[0], tmp_path / "plain.png", picture_style(look))
    look.apply(Preferences(theme=ThemeChoice.DARK, text_percent=200))
    save_picture(ALL[0], tmp_path / "dark.png", picture_style(look))
    plain, dark = QImage(str(tmp_path / "plain.png")), QImage(str(tmp_path / "dark.png"))
    assert plain.size() == dark.size()
    assert dark.pixelColor(0, 0) == QColor(look.theme.surface)


def test_values_are_written_for_a_spreadsheet(tmp_path: Path) -> None:
    table = ALL[0].table()
    save_table(table, tmp_path / "a.csv")
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == len(table.raw) + 1
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0] == list(table.raw_columns)
    assert [["" if cell is None else str(cell) for cell in row] for row in table.raw] == rows[1:]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "'=1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    data = csv_bytes(Table("", (), (), ("a", "b"), ((text, -1.5),))).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(data.partition("\r\n")[2], newline=""))) == [f"'{text}", "-1.5"]


def test_a_file_gets_a_name_that_every_disk_takes() -> None:
    assert file_name(ALL[0]) == "pain-heel-or-sole-right"


@pytest.mark.parametrize("suffix", ["png", "svg", "csv"])
@pytest.mark.parametrize(("number", "reason"), [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "read-only")])
def test_trouble_is_told_and_leaves_what_was_there(
    suffix: str, number: int, reason: str, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"old.{suffix}"
    path.write_text("old")

    def full(_handle: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", full)
    style = picture_style(look)
    with pytest.raises(KnownError, match=reason):
        save_table(ALL[0].table(), path) if suffix == "csv" else save_picture(ALL[0], path, style)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_named(look: Look, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"gone.*could not be written: its folder is not there"):
        save_picture(ALL[0], tmp_path / "gone" / "a.png", picture_style(look))
