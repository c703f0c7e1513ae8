"""The bundle as a file: complete or not there at all, counted before it is written, and never all of it in memory."""

from __future__ import annotations

import errno
import os
import stat
import tracemalloc
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, cast
from uuid import UUID

import pytest
from hypothesis import given

from coach.domain.progress.span import Span
from coach.errors import StorageError
from coach.reports.bundle import EVER, FhirExport, _seasons
from tests import progress
from tests import records as r
from tests.fakes import FakeClock
from tests.reports.lived import entries, exported, lived
from tests.storage.exchange.histories import histories, homes, soaked_less

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from coach.domain.records import PainRating, SessionSummary
    from coach.services.ports import OpenDiary
    from tests.storage.exchange.histories import Record

export = FhirExport(FakeClock())
TODAY = r.at(0).date()


def test_it_says_before_what_is_in_it_after(tmp_path: Path) -> None:
    days = [TODAY - timedelta(days=n) for n in range(0, 400, 40)]
    diary = lived(
        *(record for day in days for record in progress.session(day)),
        *(progress.rating(day, 3) for day in days),
        r.pain(nrs=None, sign="snap"),
    )
    weighed = export.weigh(diary)
    assert weighed.rows == {"sessions": 10, "sets": 10, "pain_ratings": 11}
    assert (weighed.first_day, weighed.last_day) == (days[-1], days[0])
    assert export.export(diary, tmp_path / "a.json").contents == weighed
    assert len(entries(exported(diary, tmp_path))) == sum(weighed.rows.values())


def test_an_empty_history_is_not_written(tmp_path: Path) -> None:
    assert export.weigh(lived()).rows == {}
    with pytest.raises(StorageError, match="nothing in the diary"):
        export.export(lived(), tmp_path / "a.json")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_the_file_is_its_owners_alone_even_with_umask_0(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        export.export(lived(r.pain()), tmp_path / "a.json")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.json").stat().st_mode) == 0o600


def _a_folder(place: Path) -> Path:
    (place / "a.json").mkdir()
    return place / "a.json"


def _a_text(place: Path) -> Path:
    (place / "letter.txt").write_text("dear", encoding="utf-8")
    return place / "letter.txt"


def _a_circle(place: Path) -> Path:
    (place / "a.json").symlink_to("b.json")
    (place / "b.json").symlink_to("a.json")
    return place / "a.json" / "c.json"


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (_a_folder, "it is a folder"),
        (_a_text, "is there already and is no .json file"),
        (lambda place: place / "gone" / "a.json", "its folder is not there"),
        (lambda place: place / f"{'x' * 300}.json", "the path is too long"),
        (_a_circle, "go round in a circle"),
    ],
)
def test_a_place_that_cannot_be_written_is_told_in_one_sentence(
    target: Callable[[Path], Path], said: str, tmp_path: Path
) -> None:
    path = target(tmp_path)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(StorageError, match=said):
        export.export(lived(r.pain()), path)
    assert sorted(tmp_path.iterdir()) == before


def test_a_full_disk_leaves_the_export_of_yesterday(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    path.write_text("yesterday", encoding="utf-8")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="the disk is full"):
        export.export(lived(r.pain()), path)
    assert path.read_text(encoding="utf-8") == "yesterday"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("days", [1, 90, 91, 92, 400, 36_500])
def test_the_pieces_hold_every_day_once(days: int) -> None:
    pieces = list(_seasons(Span(TODAY - timedelta(days=days - 1), TODAY)))
    assert (pieces[0].first, pieces[-1].last) == (date.min, date.max)
    for one, other in pairwise(pieces):
        assert other.first - one.last == timedelta(days=1)
    assert len(pieces) == max(1, (days + 88) // 90)
    assert list(_seasons(None)) == [Span(date.min, date.max)]


class Endless:
    """Ratings of many years, made when they are asked for."""

    def __init__(self, years: int) -> None:
        self._all = Span(TODAY - timedelta(days=365 * years), TODAY)
        self.progress = self.reminders = self

    def extent(self) -> Span:
        return self._all

    def sessions(self, **_which: object) -> tuple[SessionSummary, ...]:
        return ()

    def checks(self, _since: date) -> Iterable[object]:
        return ()

    def tests(self, _span: Span) -> Iterable[object]:
        return ()

    def ratings(self, span: Span) -> Iterable[PainRating]:
        first, last = max(span.first, self._all.first), min(span.last, self._all.last)
        return [progress.rating(first + timedelta(days=n), 3) for n in range((last - first).days + 1)]


def test_ten_years_need_no_more_memory_than_one(tmp_path: Path) -> None:
    used = []
    for years in (1, 10):
        tracemalloc.start()
        export.export(cast("OpenDiary", Endless(years)), tmp_path / "a.json")
        used.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert used[1] < 1.5 * used[0]


@soaked_less
@given(histories(20))
def test_any_history_makes_a_bundle_that_is_read_and_holds_what_counts(past: list[Record]) -> None:
    with homes(1) as ((home,), folder):
        home.live(past)
        diary = cast("OpenDiary", home.diary)
        weighed = export.weigh(diary)
        if not any(weighed.rows.values()):
            return
        found = entries(exported(diary, folder))
        assert len(found) == sum(weighed.rows.values())
        told = {UUID(each["id"]) for each in found}
        assert len(told) == len(found)
        summaries, ratings = home.diary.sessions(), home.diary.progress.ratings(EVER)
        assert told >= {s.start.id for s in summaries} | {done.id for s in summaries for done in s.sets}
        assert told >= {rating.id for rating in ratings}
        tables = home.rows()
        gone = {row["supersedes"] for name in ("sets", "pain_ratings") for row in tables[name]} - {None}
        assert not told & {UUID(text) for text in gone}
        members = {m["reference"] for each in found for m in each.get("hasMember", ())}
        assert members <= {id_.urn for id_ in told}
