"""Entries that no form was made for: days that end in a session, words that look like a page, names of every kind."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from coach.desktop.paths import resources
from coach.domain.plan import plan_routine
from coach.domain.records import Outcome, SetStatus
from coach.domain.session import SetDone
from coach.domain.timeline import Timeline
from coach.errors import StorageError
from coach.services.coaching import Coaching
from coach.storage.diary import open_diary
from coach.storage.ids import id_source
from tests import records as r
from tests.fakes import START
from tests.journeys import eyes, hands
from tests.journeys.conftest import desk as desk  # noqa: PLC0414 - fixtures
from tests.journeys.conftest import journey_look as journey_look  # noqa: PLC0414
from tests.journeys.conftest import practised as practised  # noqa: PLC0414
from tests.samples import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes import FakeClock
    from tests.journeys.desk import Desk

RICH = '<b><img src="/etc/hostname">&amp;</b>'


def test_fault_30_a_session_over_midnight_and_over_a_border_belongs_to_the_day_it_began(
    tmp_path: Path, clock: FakeClock
) -> None:
    clock.set_now(START.replace(hour=22, minute=50))  # 23:50 in Berlin
    zone = ["Europe/Berlin"]
    plan = plan_routine(shipped().routines["daily_six"])
    places = Timeline(plan).places
    with closing(open_diary(tmp_path, clock)) as diary:
        coaching = Coaching(diary, clock, lambda: zone[0], id_source(clock))
        start = coaching.start("daily_six", "Daily six", plan)
        for place, elsewhere in zip(places, ("Europe/Berlin", "Asia/Tokyo", "America/New_York"), strict=False):
            clock.advance(8 * 60)
            zone[0] = elsewhere
            coaching.record(start.id, SetDone(place, SetStatus.DONE, place.bout.reps, place.bout.hold_s))
        coaching.finish(start.id, Outcome.STOPPED, 24 * 60)
        (session,) = diary.sessions(since=date(2026, 11, 15))
        assert diary.sessions(since=date(2026, 11, 16)) == ()
    assert session.start.stamp.local_date == date(2026, 11, 15)
    lived = [record.stamp.local_date for record in session.sets]
    assert lived == [date(2026, 11, 15), date(2026, 11, 16), date(2026, 11, 15)]  # as each was lived, where it was
    assert session.end is not None
    assert session.end.stamp.at - session.start.stamp.at == timedelta(minutes=24)


def test_fault_45_words_that_look_like_a_page_are_shown_as_words(practised: Desk) -> None:
    own = practised.folder / "exercises"
    own.mkdir()
    words = (resources() / "exercises" / "calf_raise.toml").read_text(encoding="utf-8")
    words = words.replace('"calf_raise"', '"own"', 1).replace('"Calf raises"', f"'{RICH}'", 1)
    (own / "own.toml").write_text(words, encoding="utf-8")
    window = practised.open()
    window.open_exercise("own")
    seen = plain_labels()
    hands.press("Ctrl+3")
    seen += plain_labels()
    window.try_exercise("own", 2)
    practised.settle()
    hands.click("Nothing hurts")
    practised.wait_for(phase="work")
    seen += plain_labels()
    practised.wait_for_end()
    hands.tab_to("Note")
    hands.write(RICH)
    hands.press("Ctrl+Enter")
    practised.settle()
    seen += plain_labels()
    assert seen >= 3
    assert RICH in eyes.words()
    (session,) = practised.logged()
    assert session.end is not None
    assert session.end.note == RICH


def plain_labels() -> int:
    """How many labels show such words now; none of them may make more of them."""
    rich = [label for label in eyes.shown(QLabel) if "<img" in label.text()]
    for label in rich:
        assert label.textFormat() is Qt.TextFormat.PlainText, label
    for widget in QApplication.allWidgets():
        assert "<img" not in widget.toolTip()
    return len(rich)


NAMES = {
    "emoji": "🦶🏽 heel 👩‍⚕️",
    "combining": "Z\u0324\u0363a\u0301lgo\u0310",
    "zero width": "a\u200bb\u200d\ufeffc",
    "override": "left \u202ethgir\u202c",
    "long": "very " * 2000,
    "spaces": "  two  \n lines\t",
    "quotes": "'; DROP TABLE sets; --",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_fault_50_any_name_comes_back_whole(tmp_path: Path, name: str) -> None:
    start = r.start(routine_title=name)
    record = r.done(start, title=name, level_name=name)
    end = r.end(start, note=name)
    with closing(open_diary(tmp_path)) as diary:
        diary.add_session(start)
        diary.add_set(record)
        diary.add_end(end)
    with closing(open_diary(tmp_path)) as diary:
        (session,) = diary.sessions()
    assert (session.start, session.sets, session.end) == (start, (record,), end)


def test_fault_50_a_null_character_is_refused_and_never_cut(tmp_path: Path) -> None:
    start = r.start()
    with closing(open_diary(tmp_path)) as diary:
        diary.add_session(start)
        with pytest.raises(StorageError, match="a character that cannot be kept"):
            diary.add_end(r.end(start, note="before\0after"))
        (session,) = diary.sessions()
    assert session.end is None
