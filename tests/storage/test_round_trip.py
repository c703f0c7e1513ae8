"""Whatever a record may hold comes back unchanged."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.exercise import Kind, Side, Tempo
from coach.domain.ids import RANDOM_BITS, uuid7
from coach.domain.pain import PainMoment
from coach.domain.records import (
    LevelChange,
    Outcome,
    PainRating,
    SessionEnd,
    SessionStart,
    SetRecord,
    SetStatus,
    Stamp,
)
from coach.storage.diary import SqlDiary, open_diary
from coach.storage.reading import AREAS
from tests import records as r

if TYPE_CHECKING:
    from coach.services.servers import Address
    from tests.server import Server

ZONES = ("UTC", "Europe/Berlin", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe")
whole = st.integers(0, 2**40)
words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))  # the two that are refused
seconds = st.integers(86_400, 253_402_128_000)  # 2 January 1970 to 30 December 9999
instants = st.builds(
    lambda second, micro: datetime.fromtimestamp(second, UTC).replace(microsecond=micro),
    seconds,
    st.integers(0, 999_999),
)
stamps = st.builds(Stamp.of, instants, st.sampled_from(ZONES))
ids = st.builds(uuid7, instants, st.integers(0, 2**RANDOM_BITS - 1))
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | words
plans = st.lists(
    st.dictionaries(words, scalars | st.lists(scalars, max_size=3), max_size=4),
    max_size=4,
)
starts = st.builds(SessionStart, id=ids, stamp=stamps, routine_id=words, routine_title=words, plan=plans)
tempos = st.builds(Tempo, whole, whole, whole)


def sets(session: SessionStart) -> st.SearchStrategy[SetRecord]:
    return st.builds(
        SetRecord,
        id=ids,
        session_id=st.just(session.id),
        stamp=stamps,
        exercise_index=whole,
        exercise_id=words,
        title=words,
        kind=st.sampled_from(Kind),
        level=st.integers(1, 99),
        level_name=words,
        set_no=st.integers(1, 99),
        side=st.sampled_from(Side),
        status=st.sampled_from(SetStatus),
        planned_reps=st.none() | whole,
        planned_hold_s=st.none() | whole,
        tempo=st.none() | tempos,
        real_reps=st.none() | whole,
        real_hold_s=st.none() | whole,
        touches=whole,
        self_paced=st.booleans(),
        supersedes=st.none(),
    )


def ratings(session: SessionStart) -> st.SearchStrategy[PainRating]:
    return st.builds(
        PainRating,
        id=ids,
        stamp=stamps,
        area=st.sampled_from(AREAS),
        moment=st.sampled_from(PainMoment),
        nrs=st.integers(0, 10),
        session_id=st.just(session.id),
        exercise_id=st.none() | words,
        set_id=st.none(),
        sign=st.none() | words,
        supersedes=st.none(),
    )


def ends(session: SessionStart) -> st.SearchStrategy[SessionEnd]:
    return st.builds(
        SessionEnd,
        session_id=st.just(session.id),
        stamp=stamps,
        outcome=st.sampled_from(Outcome),
        seconds=whole,
        effort=st.none() | st.integers(0, 10),
        note=words,
    )


@given(st.data())
def test_a_session_of_any_content(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        comes_back(data, Path(folder))


@settings(max_examples=25)
@given(st.data())
def test_a_session_of_any_content_on_a_server(running_server: Server, data: st.DataObject) -> None:
    comes_back(data, running_server.new_person())


def comes_back(data: st.DataObject, place: Path | Address) -> None:
    """Whatever is drawn is kept in an empty diary and read again."""
    start = data.draw(starts)
    done = data.draw(st.lists(sets(start), max_size=6, unique_by=(lambda s: s.id, lambda s: s.key)))
    pain = data.draw(st.lists(ratings(start), max_size=6, unique_by=lambda p: p.id))
    end = data.draw(st.none() | ends(start))
    change = data.draw(st.builds(LevelChange, ids, stamps, words, st.integers(1, 9), words))
    with closing(open_diary(place)) as diary:
        diary.add_session(start)
        for record in done:
            diary.add_set(record)
        diary.add_pain(tuple(pain))
        if end is not None:
            diary.add_end(end)
        diary.add_level(change)
    with closing(open_diary(place)) as diary:  # from the disk, not from a memory of it
        (summary,) = diary.sessions()
        assert diary.levels() == {change.exercise_id: change.level}
    assert summary.start == start
    assert sorted(summary.sets, key=lambda s: s.id) == sorted(done, key=lambda s: s.id)
    assert sorted(summary.pain, key=lambda p: p.id) == sorted(pain, key=lambda p: p.id)
    assert summary.end == end


def test_an_instant_of_any_zone_is_kept_in_utc(diary: SqlDiary) -> None:
    there = r.at(0).astimezone(timezone(timedelta(hours=13)))
    diary.add_session(r.start(stamp=Stamp.of(there, "Pacific/Auckland")))
    kept = diary.sessions()[0].start.stamp
    assert kept.at == there
    assert kept.at.utcoffset() == timedelta(0)
    assert kept.local_date == there.astimezone(ZoneInfo("Pacific/Auckland")).date()


def test_an_instant_without_a_zone_is_a_bug_and_not_the_persons_trouble(diary: SqlDiary) -> None:
    naive = r.at(0).replace(tzinfo=None)
    with pytest.raises(ValueError, match="zone"):
        diary.add_session(r.start(stamp=Stamp(naive, "UTC", naive.date())))
    assert diary.sessions() == ()


def test_text_order_of_instants_is_time_order(diary: SqlDiary) -> None:
    """A whole second beside a fraction of one: as texts of unequal length they would sort the wrong way round."""
    on_the_second = r.pain(0)
    just_after = r.pain(0, stamp=Stamp.of(r.at(0) + timedelta(microseconds=1), r.ZONE))
    diary.add_pain((just_after, on_the_second))
    assert diary.last_pain() == {r.HEEL: just_after}
