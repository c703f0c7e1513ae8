"""Backups as the person meets them: never, unless one has been missing for more than a week."""

from __future__ import annotations

import errno
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from coach.services.keeping import Backup, BackupReason
from coach.storage import backups
from coach.storage.sqlite import copying
from coach.ui.widgets.button import Button
from tests.journeys import eyes, hands

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.desk import Desk

DAY = timedelta(days=1).total_seconds()
NOTICE = "Your diary has not been backed up since 15 November."


def kept(desk: Desk) -> tuple[Backup, ...]:
    """The backups on disk."""
    return backups.listed(desk.folder / backups.BACKUPS)


def reasons(desk: Desk) -> list[str]:
    """Why each was made, newest first."""
    return [backup.reason.value for backup in kept(desk)]


def do_one_set(desk: Desk) -> None:
    """Begin today's routine, do its first set, and end the session early."""
    hands.click("Start")
    hands.click("Nothing hurts")
    desk.settle()
    desk.wait_until(lambda: len(desk.session.run.results) == 1)
    hands.press("Esc", "Tab", "Enter")
    desk.settle()


def go_home(desk: Desk) -> None:
    """Leave the summary."""
    hands.press("Enter")
    desk.settle()
    assert eyes.sees("Start", Button)


def no_room(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The disk of the backups is full from now on; what is given back makes room."""
    patch = pytest.MonkeyPatch()
    monkeypatch.setattr(copying, "copy_from", copying.copy_from)  # put back in any case

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    patch.setattr(copying, "copy_from", full)
    return patch.undo


@pytest.mark.parametrize("desk", ["thread"], indirect=True)
def test_a_session_is_backed_up_with_its_answers_and_nobody_notices(practised: Desk) -> None:
    practised.open()
    assert kept(practised) == ()  # nothing was ever done
    do_one_set(practised)
    assert kept(practised) == ()  # the answers are still to come
    go_home(practised)
    (backup,) = kept(practised)
    assert backup.reason is BackupReason.SESSION
    assert "backed up" not in eyes.words()
    (practised.folder / "diary.sqlite3").unlink()
    backup.path.rename(practised.folder / "diary.sqlite3")
    (practised.folder / "diary.sqlite3-wal").unlink(missing_ok=True)
    (session,) = practised.logged()
    assert len(session.sets) == 1
    assert session.end is not None


def test_a_session_without_a_set_needs_no_backup(guided: Desk) -> None:
    guided.wait(3)
    hands.press("Esc", "Tab", "Enter")
    guided.settle()
    go_home(guided)
    assert kept(guided) == ()


def test_what_was_cut_off_is_backed_up_at_the_next_start_and_once(guided: Desk) -> None:
    guided.wait_until(lambda: len(guided.session.run.results) == 1)
    guided.close()
    guided.open()
    assert reasons(guided) == ["start"]
    guided.close()
    guided.clock.advance(60)
    guided.open()
    assert reasons(guided) == ["start"]  # nothing has been added
    hands.click("No, end it")
    guided.settle()
    assert reasons(guided) == ["session", "start"]  # abandoned counts as ended


@pytest.mark.expect_log("no backup could be made: OSError")
def test_a_missing_backup_is_told_after_a_week_and_not_before(practised: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    practised.open()
    do_one_set(practised)
    go_home(practised)
    assert reasons(practised) == ["session"]
    make_room = no_room(monkeypatch)
    practised.clock.advance(3600)
    do_one_set(practised)
    go_home(practised)
    for day in range(1, 7):
        practised.close()
        practised.clock.advance(DAY)
        practised.open()
        assert "backed up" not in eyes.words(), f"told on day {day}"
    practised.close()
    practised.clock.advance(2 * DAY)
    practised.open()  # day 8
    assert NOTICE in eyes.words()
    assert "the disk is full. Your diary itself is untouched." in eyes.words()
    assert eyes.find("Start", Button).isEnabled()  # it keeps nobody from exercising
    hands.click("Back up now")
    practised.settle()
    assert NOTICE in eyes.words()
    make_room()
    hands.tab_to("Back up now")
    hands.press("Enter")
    practised.settle()
    assert NOTICE not in eyes.words()
    assert "Your diary is backed up." in eyes.words()
    assert reasons(practised) == ["hand", "session"]


@pytest.mark.expect_log("no backup could be made: OSError")
def test_a_backup_that_fails_costs_the_session_nothing(practised: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    no_room(monkeypatch)
    practised.open()
    do_one_set(practised)
    go_home(practised)
    assert "full" not in eyes.words()
    assert len(practised.logged()[0].sets) == 1


@pytest.mark.expect_log("no backup could be made: OSError")
def test_a_diary_that_was_never_backed_up_says_so(practised: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    no_room(monkeypatch)
    practised.open()
    do_one_set(practised)
    go_home(practised)
    practised.close()
    practised.clock.advance(8 * DAY)
    practised.open()
    assert "Your diary has never been backed up." in eyes.words()
