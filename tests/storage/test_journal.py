"""What the diary could not take waits in a file, and comes in once, whatever happens meanwhile."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.bootstrap import open_core
from coach.domain.records import LevelChange
from coach.errors import KnownError, StorageError
from coach.services.unsaved import Entry, PlanChange, Unsaved
from coach.storage import journal
from coach.storage.diary import SqlDiary, open_diary
from tests import records as r
from tests.storage.conftest import FILE, contents
from tests.storage.test_round_trip import ends, ids, instants, plans, ratings, sets, stamps, starts, words

if TYPE_CHECKING:
    from datetime import datetime

    from coach.domain.records import SessionStart
    from tests.fakes import FakeClock

NAME = journal.UNSAVED


def at_of(entry: Entry) -> datetime:
    """When it happened."""
    return entry.at if isinstance(entry, PlanChange) else entry.stamp.at


def entries(session: SessionStart) -> st.SearchStrategy[list[Entry]]:
    """Anything that may have to wait, of one session."""
    return st.lists(
        st.one_of(
            sets(session),
            ratings(session),
            ends(session),
            st.builds(PlanChange, st.just(session.id), instants, plans),
            st.builds(LevelChange, ids, stamps, words, st.integers(1, 9), words),
        ),
        max_size=8,
        unique_by=lambda entry: getattr(entry, "id", None) or at_of(entry),
    )


@given(st.data())
def test_any_entry_comes_back_from_its_line(data: st.DataObject) -> None:
    start = data.draw(starts)
    waiting = [start, *data.draw(entries(start))]
    lines = journal.to_lines(waiting).splitlines()
    assert [journal.from_line(line) for line in lines] == waiting


@settings(max_examples=min(40, settings().max_examples))
@given(st.data())
def test_taking_in_is_the_same_as_having_taken_it_and_twice_is_once(data: st.DataObject) -> None:
    start = data.draw(starts)
    waiting = data.draw(entries(start))
    with TemporaryDirectory() as name:
        folder = Path(name)
        with closing(open_diary(folder)) as diary:
            diary.add_session(start)
            (folder / NAME).write_bytes(journal.to_lines(waiting))
            notes = journal.take_in(diary, folder, r.at(0))
            assert bool(notes) == bool(waiting)
            assert not (folder / NAME).exists()
            found = contents(folder / FILE)
            kept = sum(
                len(found[t]) for t in ("sets", "pain_ratings", "session_ends", "session_plans", "level_changes")
            )
            assert kept == len(waiting)
            assert set(diary.sessions()[0].pain) == {entry for entry in waiting if entry in diary.sessions()[0].pain}
            (folder / NAME).write_bytes(journal.to_lines(waiting))
            assert journal.take_in(diary, folder, r.at(0)) == ()
            assert contents(folder / FILE) == found


@given(st.binary(max_size=200))
def test_any_bytes_are_an_entry_or_a_value_error(line: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        journal.from_line(line)


plain = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.integers(), max_size=2)


@given(st.data())
def test_a_line_with_any_one_value_changed_is_an_entry_or_a_value_error(data: st.DataObject) -> None:
    start = r.start()
    line = json.loads(journal.to_lines([data.draw(sets(start))]))
    line["row"][data.draw(st.sampled_from(sorted(line["row"])))] = data.draw(plain)
    try:
        entry = journal.from_line(json.dumps(line).encode())
    except ValueError:
        return
    assert journal.from_line(journal.to_lines([entry]).strip()) == entry


# --- with the diary


def put_by(folder: Path, *waiting: Entry) -> Path:
    return open_core(folder).put_by(waiting)


def begin(folder: Path, clock: FakeClock) -> SessionStart:
    """A diary with a session that has begun."""
    start = r.start()
    with closing(open_diary(folder, clock)) as diary:
        diary.add_session(start)
    return start


def test_what_waits_is_in_the_diary_at_the_next_opening(tmp_path: Path, clock: FakeClock) -> None:
    start = begin(tmp_path, clock)
    record, rating, end = r.done(start), r.pain(session_id=start.id), r.end(start)
    path = put_by(tmp_path, record, rating)
    put_by(tmp_path, end)  # a second time before the first has been taken in
    assert path.stat().st_mode & 0o777 == 0o600
    with closing(open_diary(tmp_path, clock)) as diary:
        (session,) = diary.sessions()
        assert (session.sets, session.pain, session.end) == ((record,), (rating,), end)
        assert diary.notes == ("3 entries that your diary could not take last time are in it now.",)
    assert not path.exists()
    with closing(open_diary(tmp_path, clock)) as diary:
        assert diary.notes == ()


def test_a_file_that_could_not_be_removed_is_taken_in_once(tmp_path: Path, clock: FakeClock) -> None:
    start = begin(tmp_path, clock)
    path = put_by(tmp_path, r.done(start))
    lines = path.read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "unlink", _refuse)
        with closing(open_diary(tmp_path, clock)) as diary:
            assert "All it holds is in your diary" in diary.notes[1]
    assert path.read_bytes() == lines
    with closing(open_diary(tmp_path, clock)) as diary:
        assert len(diary.sessions()[0].sets) == 1
    assert not path.exists()


def _refuse(*_args: object, **_options: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_lines_that_do_not_fit_are_kept_aside_and_told(tmp_path: Path, clock: FakeClock) -> None:
    start, stranger = begin(tmp_path, clock), r.start()
    path = put_by(
        tmp_path,
        r.done(stranger),
        PlanChange(stranger.id, r.at(1), []),
        r.end(start, note="half a surrogate \ud83d"),
        r.done(start),
    )
    with path.open("ab") as file:
        file.write(b'{"table": "sets", "row"\n')
    lines = path.read_bytes()
    with closing(open_diary(tmp_path, clock)) as diary:
        assert len(diary.sessions()[0].sets) == 1
        assert diary.notes[0] == "An entry that your diary could not take last time is in it now."
        assert "4 lines of unsaved.jsonl could not be taken into your diary" in diary.notes[1]
    (aside,) = tmp_path.glob("unsaved-*.jsonl")
    assert aside.read_bytes() == lines
    assert not path.exists()


def test_two_files_put_aside_in_one_second_are_both_kept(tmp_path: Path, clock: FakeClock) -> None:
    for _ in range(2):
        (tmp_path / NAME).write_bytes(b"strange\n")
        open_diary(tmp_path, clock).close()
    assert len(list(tmp_path.glob("unsaved-*.jsonl"))) == 2


def test_a_diary_that_still_cannot_take_it_leaves_it_waiting(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = begin(tmp_path, clock)
    path = put_by(tmp_path, r.done(start))
    lines = path.read_bytes()

    def full(_diary: SqlDiary, _record: object) -> None:
        raise StorageError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(SqlDiary, "add_set", full)
        with closing(open_diary(tmp_path, clock)) as diary:
            assert "still holds entries that are not in your diary yet. The disk is full." in diary.notes[0]
    assert path.read_bytes() == lines
    with closing(open_diary(tmp_path, clock)) as diary:
        assert len(diary.sessions()[0].sets) == 1


def test_where_the_file_cannot_be_written_either_it_is_said_plainly(tmp_path: Path, clock: FakeClock) -> None:
    start = begin(tmp_path, clock)
    core = open_core(tmp_path, clock)
    (tmp_path / NAME).mkdir()
    with pytest.raises(KnownError, match=r"cannot be kept in .*unsaved\.jsonl either: it is a folder"):
        core.put_by([r.done(start)])


def test_collecting_keeps_the_order() -> None:
    start, unsaved = r.start(), Unsaved()
    record, rating, end, change = r.done(start), r.pain(), r.end(start), r.level(1, 2)
    unsaved.add_session(start)
    unsaved.save_plan(start.id, r.at(1), [])
    unsaved.add_set(record)
    unsaved.add_pain((rating, replace(rating, nrs=1)))
    unsaved.add_end(end)
    unsaved.add_level(change)
    plan = PlanChange(start.id, r.at(1), [])
    assert unsaved.entries == [start, plan, record, rating, replace(rating, nrs=1), end, change]


def test_an_answered_end_of_the_same_instant_is_another_entry(tmp_path: Path, clock: FakeClock) -> None:
    start = begin(tmp_path, clock)
    end = r.end(start, effort=None)
    with closing(open_diary(tmp_path, clock)) as diary:
        diary.add_end(end)
    put_by(
        tmp_path, end, replace(end, effort=3), PlanChange(start.id, r.at(1), []), PlanChange(start.id, r.at(1), [{}])
    )
    with closing(open_diary(tmp_path, clock)) as diary:
        assert diary.notes[0].startswith("3 entries")
        assert diary.sessions()[0].end == replace(end, effort=3)
        assert diary.sessions()[0].start.plan == [{}]
