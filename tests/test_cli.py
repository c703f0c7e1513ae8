"""The command line as its users meet it: words in, text or JSON out, exit codes 0, 1 and 2."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from coach.cli import run
from coach.storage.diary import open_diary

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """An empty folder of one person."""
    return tmp_path / "person"


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """The JSON answer to a command."""
    assert run([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_today_on_the_first_day_is_the_default_routine_at_its_printed_length(
    profile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    today = asked(capsys, "today", "--profile", str(profile))
    assert (today["routine"], today["seconds"], today["last_session"]) == ("daily_six", 810, None)
    assert [item["level"] for item in today["exercises"]] == [2] * 6


def test_today_as_text_names_every_exercise_with_its_dose(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["today", "--profile", str(profile)]) == 0
    text = capsys.readouterr().out
    assert "13.5 min" in text
    assert "2 × 15 s, each" in text
    assert text.count("level 2") == 6


def test_the_profile_may_stand_before_or_after_the_command(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = profile.with_name("another")
    assert run(["--profile", str(profile), "today"]) == 0
    assert (profile / "diary.sqlite3").is_file()
    assert run(["today", "--profile", str(other)]) == 0
    assert (other / "diary.sqlite3").is_file()
    capsys.readouterr()


def test_the_environment_names_the_profile(
    profile: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_PROFILE", str(profile))
    assert run(["log"]) == 0
    assert "Nothing was done" in capsys.readouterr().out
    assert profile.is_dir()


def test_demo_fills_a_scratch_folder_and_log_reads_it_back(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", "--days", "10", "--profile", str(profile)]) == 0
    said = capsys.readouterr().out
    sessions = asked(capsys, "log", "--days", "30", "--profile", str(profile))
    assert f"Wrote {len(sessions)} sessions over 10 days" in said
    done = [s for session in sessions for s in session["sets"] if s["status"] == "done"]
    assert done
    assert all(s["real_reps"] == s["planned_reps"] and s["real_hold_s"] == s["planned_hold_s"] for s in done)
    assert run(["log", "--profile", str(profile)]) == 0
    assert "Daily six" in capsys.readouterr().out


def test_demo_plans_its_days_and_nothing_of_it_was_missed(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", "--days", "20", "--profile", str(profile)]) == 0
    with closing(open_diary(profile)) as diary:
        (since,) = diary.progress.rules_since()
        extent = diary.progress.extent()
        assert extent is not None
        assert since.day == extent.first
        assert [period.kind.value for period in diary.progress.periods(extent)] == ["flare"]
        assert len(diary.progress.tests(extent)) == 4
        assert len(diary.reminders.clock_steps()) == 1
    capsys.readouterr()
    assert run(["reminders", "--profile", str(profile)]) == 0
    said = capsys.readouterr().out
    assert "07:00" in said
    assert "missed" not in said.casefold()


def test_demo_never_mixes_with_a_history(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", "--days", "3", "--profile", str(profile)]) == 0
    assert run(["demo", "--days", "3", "--profile", str(profile)]) == 1
    assert "already holds a history" in capsys.readouterr().err


def test_demo_without_a_named_folder_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo"]) == 1
    assert "--profile" in capsys.readouterr().err


def test_check_passes_what_we_ship(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"]) == 0
    assert "9 files are in order" in capsys.readouterr().out


def test_check_names_file_and_reason_and_exits_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "calf_raise.toml"
    broken.write_text('format = 1\nid = "calf_raise"\nsets = 99\n', encoding="utf-8")
    assert run(["check", str(broken)]) == 1
    assert "calf_raise.toml" in capsys.readouterr().err
    assert run(["check", "--json", str(broken)]) == 1
    assert json.loads(capsys.readouterr().out)[0]["file"].endswith("calf_raise.toml")


@pytest.mark.parametrize(
    "words",
    [
        ["dance"],
        ["tour"],
        ["tour", "--out", "x", "--size", "12"],
        ["tour", "--out", "x", "--size", "1x1"],
        ["tour", "--out", "x", "--theme", "pink"],
        ["log", "--days", "0"],
        ["demo", "--days", "many"],
        ["preview"],
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run(words)
    assert caught.value.code == 2
    assert "usage: coach" in capsys.readouterr().err


def test_an_unusable_folder_is_one_plain_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").write_text("a file stands here", encoding="utf-8")
    assert run(["today", "--profile", str(tmp_path / "taken")]) == 1
    error = capsys.readouterr().err
    assert error.startswith("coach: ")
    assert error.count("\n") == 1
    assert str(tmp_path / "taken") in error


def test_without_a_display_the_window_says_what_works_instead(
    profile: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert run(["--profile", str(profile)]) == 1
    error = capsys.readouterr().err
    assert "no display" in error
    assert "coach tour" in error
