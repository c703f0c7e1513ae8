"""Reminders on the command line: the days ahead and why, the days behind, a calendar file, ringing now."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from coach import agenda
from coach.bootstrap import Core, open_core
from coach.cli import run
from coach.domain.reminders.ledger import Answer, Missed
from coach.domain.reminders.occurrence import Why
from coach.domain.reminders.parts import ReminderKind, Weekday
from coach.errors import KnownError
from coach.ui.single import SingleWindow, ask_to_remind
from tests import records as r
from tests.domain.reminders.make import SUNDAY, check, entry, local, rid, routine, sitting
from tests.fakes import FakeClock

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from coach.domain.reminders.rule import Reminder

YESTERDAY = SUNDAY - timedelta(days=1)


@pytest.fixture
def core(tmp_path: Path) -> Core:
    """A person with some reminders, and what became of yesterday's."""
    made = replace(open_core(tmp_path / "person", FakeClock()), zone=lambda: r.ZONE)
    keep(
        made,
        routine("10:00", weekdays=frozenset({Weekday.SUN}), text="Feet up 🦶"),
        routine("18:30", id=rid(4), on=False),
        check(ReminderKind.MORNING_CHECK, "08:30", weekdays=frozenset({Weekday.MON})),
        sitting(every_min=45, weekdays=frozenset({Weekday.MON})),
    )
    begun = local("10:00", day=YESTERDAY)
    with closing(made.open_diary()) as diary:
        diary.reminders.add_entries(
            [
                entry(Answer.SHOWN, begun, "10:00", YESTERDAY),
                entry(Answer.SNOOZED, begun, "10:00", YESTERDAY, until=begun + timedelta(minutes=10)),
                entry(Answer.STARTED, begun + timedelta(minutes=11), "10:00", YESTERDAY),
                entry(Answer.MISSED, begun, "11:00", YESTERDAY, number=9, missed=Missed.IN_A_CALL),
            ],
            r.ZONE,
        )
    return made


def keep(core: Core, *rules: Reminder) -> None:
    with closing(core.open_diary()) as diary:
        for number, rule in enumerate(rules):
            diary.reminders.keep_rule(rule, r.stamp(number))


def test_the_days_ahead_say_of_each_reminder_why_it_is_or_is_not_there(
    core: Core, capsys: pytest.CaptureFixture[str]
) -> None:
    assert agenda.show(core, 2, 0, as_json=False) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Sunday 15 November",
        "  10:00       Feet up 🦶               rings",
        "  18:30       Daily six               turned off",
        "  08:30       Next-morning check      not on this day of the week",
        "  09:00-17:00 Stand up and loosen     not on this day of the week",
        "Monday 16 November",
        "  10:00       Feet up 🦶               rest day",
        "  18:30       Daily six               turned off",
        "  08:30       Next-morning check      only if the day before calls for it",
        "  09:00-17:00 Stand up and loosen     only after sitting for 45 minutes without a break",
    ]


def test_the_days_behind_tell_the_whole_story(core: Core, capsys: pytest.CaptureFixture[str]) -> None:
    assert agenda.show(core, 1, 3, as_json=False) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-3:] == [
        "What became of the days behind:",
        "  Sat 14 Nov  11:00  a removed reminder: missed, in a call",
        "  Sat 14 Nov  10:00  Feet up 🦶: shown 10:00, snoozed 10:00 until 10:10, begun 10:11",
    ]


def test_as_json_both_are_data(core: Core, capsys: pytest.CaptureFixture[str]) -> None:
    assert agenda.show(core, 1, 1, as_json=True) == 0
    told: dict[str, list[dict[str, Any]]] = json.loads(capsys.readouterr().out)
    assert told["ahead"][0] == {
        "reminder": str(rid()),
        "kind": "routine",
        "title": "Feet up 🦶",
        "date": "2026-11-15",
        "slot": "10:00",
        "at": "2026-11-15T09:00:00+00:00",
        "rings": True,
        "why": "due",
        "cause": None,
        "text": "rings",
    }
    assert [(each["slot"], len(each["entries"])) for each in told["behind"]] == [("11:00", 1), ("10:00", 3)]
    assert told["behind"][0]["entries"][0]["missed"] == "in_a_call"


def test_without_reminders_it_says_how_to_get_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reminders", "--profile", str(tmp_path / "new"), "--past", "2"]) == 0
    assert capsys.readouterr().out.splitlines() == [agenda.NONE_YET, "Nothing was reminded of in the last 2 days."]


def test_every_reason_has_words() -> None:
    assert set(agenda.WHYS) == set(Why)
    assert set(agenda.MISSED) == set(Missed)
    assert set(agenda.KINDS) == set(ReminderKind)
    assert set(agenda.ANSWERS) == set(Answer) - {Answer.SNOOZED, Answer.MISSED}


def test_a_calendar_file_holds_what_a_calendar_can_tell(
    core: Core, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(core, routine("18:30", id=rid(4), since=local("09:30")))
    path = tmp_path / "reminders.ics"
    assert agenda.write_calendar(core, path) == 0
    first, second = Calendar.from_ical(path.read_bytes()).events
    assert {str(first["summary"]), str(second["summary"])} == {"Feet up 🦶", "Daily six"}
    assert first.duration == timedelta(seconds=810)
    assert capsys.readouterr().out.splitlines() == [
        f"Wrote 2 reminders to {path}.",
        "Left out 2, which no calendar can tell: what depends on sitting or on the day before.",
    ]


def test_without_anything_for_a_calendar_no_file_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "reminders.ics"
    assert run(["reminders", "--profile", str(tmp_path / "new"), "--ical", str(path)]) == 1
    assert capsys.readouterr().err == "coach: There is no reminder for a calendar. Nothing was written.\n"
    assert not path.exists()


@pytest.mark.parametrize("words", [["--days", "0"], ["--days", "400"], ["--past", "x"]])
def test_days_that_are_none_are_wrong_usage(words: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(["reminders", *words])
    assert left.value.code == 2


# --- ringing now


def test_remind_now_without_a_window_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["remind", "now", "--profile", str(tmp_path / "new")]) == 1
    assert "Foot Coach is not open, so nothing can ring." in capsys.readouterr().err


def test_remind_now_is_heard_by_the_window_of_this_folder_alone(core: Core, tmp_path: Path, qtbot: QtBot) -> None:
    window, other = SingleWindow(core.profile.lock_folder), SingleWindow(tmp_path)
    heard: list[str] = []
    window.show_requested.connect(lambda: heard.append("show"))
    other.remind_requested.connect(lambda: heard.append("other"))
    try:
        for each in (window, other):
            assert each.acquire()
            each.listen()
        with qtbot.waitSignal(window.remind_requested):
            assert agenda.ring_now(core) == 0
        with qtbot.waitSignal(window.show_requested):
            assert not SingleWindow(core.profile.lock_folder).acquire()
        assert heard == ["show"]
    finally:
        window.release()
        other.release()
    assert not ask_to_remind(core.profile.lock_folder)
    with pytest.raises(KnownError):
        agenda.ring_now(core)
