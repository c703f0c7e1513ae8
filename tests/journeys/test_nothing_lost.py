"""A disk that is full to the very end, another program that never lets go, a folder that goes away: nothing is lost."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog

from coach.domain.records import Outcome
from coach.storage.diary import open_diary
from coach.storage.journal import UNSAVED
from coach.storage.sqlite.file import FILE
from coach.ui import choosing
from coach.ui.widgets.button import Button
from coach.ui.widgets.scale import EffortScale
from tests.journeys import eyes, hands
from tests.journeys.plans import as_logged, as_planned
from tests.journeys.test_storage_faults import (
    PLAN,
    Disk,
    banner,
    diary_of,
    disk,  # noqa: F401 - a fixture
    until_the_disk_is_full,
)
from tests.journeys.test_storage_faults import (
    UNSAVED as UNSAVED_YET,
)
from tests.storage.conftest import pragma

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coach.domain.records import SessionSummary
    from coach.ui.conductor import Conductor
    from tests.journeys.desk import Desk

IN_NOW = "that your diary could not take last time"


def choose(window: Conductor, folder: Path | None) -> None:
    """Answer the question for a folder as soon as it comes."""

    def answer(_parent: object, chosen: Callable[[Path], None], not_chosen: Callable[[], None]) -> None:
        if folder is None:
            not_chosen()
        else:
            chosen(folder)

    window.safe.choose_folder = answer


def all_of_it(session: SessionSummary) -> bool:
    """Whether every set of today's routine is there."""
    return sorted(as_logged(session.sets), key=str) == sorted(as_planned(PLAN), key=str)


# --- the disk is full -------------------------------------------------------------------------------------------------


def test_fault_09_a_disk_full_to_the_end_costs_nothing_when_the_person_leaves(guided: Desk, disk: Disk) -> None:  # noqa: F811
    until_the_disk_is_full(guided, disk)
    guided.wait_until(lambda: UNSAVED_YET in eyes.words())
    hands.click("Leave for now")
    guided.settle()
    assert "kept until the next start" in eyes.words()
    assert eyes.sees("Start", Button)
    guided.close()
    disk.full = False
    guided.open()
    assert IN_NOW in eyes.words()
    assert not (guided.folder / UNSAVED).exists()
    (session,) = guided.logged()
    assert all_of_it(session)
    assert session.end is not None
    assert session.end.outcome is Outcome.COMPLETED


@pytest.mark.parametrize("desk", ["inline", "thread"], indirect=True)
def test_fault_09_a_disk_full_when_the_program_quits_in_a_session_costs_nothing(practised: Desk, disk: Disk) -> None:  # noqa: F811
    practised.open()
    hands.press("Enter")
    hands.click("Nothing hurts")
    practised.settle()
    kept = until_the_disk_is_full(practised, disk)
    practised.wait_until(lambda: len(practised.session.unsaved) == 2)
    practised.close()  # as on logout
    assert (practised.folder / UNSAVED).exists()
    disk.full = False
    practised.open()
    assert "Go on where you stopped?" in eyes.words()
    (session,) = practised.logged()
    assert len(session.sets) == kept + 2
    assert session.end is None
    hands.press("Enter")
    practised.settle()
    practised.wait_for_end()
    assert all_of_it(practised.logged()[0])


def test_fault_09_a_program_that_quits_over_the_question_costs_nothing(guided: Desk, disk: Disk) -> None:  # noqa: F811
    until_the_disk_is_full(guided, disk)
    guided.wait_until(lambda: UNSAVED_YET in eyes.words())
    guided.close()
    disk.full = False
    (session,) = guided.logged()
    assert all_of_it(session)
    assert session.end is not None


def test_fault_09_answers_that_could_not_be_kept_wait_as_well(guided: Desk, disk: Disk) -> None:  # noqa: F811
    guided.wait_for_end()
    hands.tab_to("Note")
    hands.write("stairs next time")
    hands.click(eyes.shown(EffortScale)[0].cell(3))
    disk.full = True
    guided.close()
    disk.full = False
    (session,) = guided.logged()
    assert session.end is not None
    assert (session.end.effort, session.end.note) == (3, "stairs next time")


def test_where_the_file_cannot_be_written_either_it_is_said_and_nobody_is_locked_in(
    guided: Desk,
    disk: Disk,  # noqa: F811
) -> None:
    kept = until_the_disk_is_full(guided, disk)
    (guided.folder / UNSAVED).mkdir()
    guided.wait_until(lambda: UNSAVED_YET in eyes.words())
    hands.click("Leave for now")
    guided.settle()
    assert "cannot be kept in" in eyes.words()
    hands.press("Enter")  # try again, which is the safe answer
    guided.settle()
    assert "disk is full" in eyes.words()
    hands.click("Leave for now")
    guided.settle()
    hands.click("Leave without it")
    guided.settle()
    disk.full = False
    (guided.folder / UNSAVED).rmdir()
    (session,) = guided.logged()
    assert len(session.sets) == kept
    assert session.end is None


@pytest.mark.expect_log("what could not be saved is lost: IsADirectoryError")
def test_a_loss_that_nothing_could_prevent_is_in_the_log(guided: Desk, disk: Disk) -> None:  # noqa: F811
    until_the_disk_is_full(guided, disk)
    (guided.folder / UNSAVED).mkdir()
    guided.close()


# --- another program --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("desk", ["thread"], indirect=True)
def test_fault_08_a_diary_locked_until_the_program_has_quit_costs_nothing(practised: Desk) -> None:
    practised.open()
    hands.press("Enter")
    hands.click("Nothing hurts")
    practised.settle()
    pragma(diary_of(practised), "busy_timeout=1")
    with closing(sqlite3.connect(practised.folder / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        practised.wait_until(lambda: bool(practised.session.unsaved))
        assert "in use by another program" in banner(practised)
        practised.close()
        other.execute("ROLLBACK")
    practised.open()
    assert IN_NOW in eyes.words()
    (session,) = practised.logged()
    assert len(session.sets) == 1


# --- the folder -------------------------------------------------------------------------------------------------------


@pytest.mark.expect_log("the diary cannot be used: GoneError")
def test_fault_14_a_folder_removed_in_a_session_is_told_and_everything_saved_elsewhere(
    guided: Desk, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    guided.wait_for("calf_stretch")
    shutil.rmtree(guided.folder)
    guided.wait_until(lambda: bool(guided.session.unsaved))
    assert "was moved, removed or replaced" in banner(guided)
    guided.wait_until(lambda: UNSAVED_YET in eyes.words())
    choose(guided.window, None)
    hands.click("Save a copy elsewhere")
    guided.settle()
    assert "Nothing has been saved elsewhere." in eyes.words()
    hands.press("Enter")  # try again
    guided.settle()
    choose(guided.window, elsewhere)
    hands.click("Save a copy elsewhere")
    guided.settle()
    assert "Your diary is no longer in its place." in eyes.words()
    assert f"A copy of it is in {elsewhere}." in eyes.words()
    assert not eyes.find("Start", Button).isEnabled()
    with closing(open_diary(elsewhere)) as diary:
        (session,) = diary.sessions()
    assert all_of_it(session)
    assert session.end is not None


@pytest.mark.expect_log("the diary cannot be used: GoneError")
def test_fault_14_a_folder_removed_between_sessions_is_told_on_today(guided: Desk, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    guided.wait_for_end()
    hands.press("Enter")
    guided.settle()
    away = guided.folder.with_name("away")
    guided.folder.rename(away)
    guided.window.refresh()
    guided.settle()
    assert "Your diary is no longer in its place." in eyes.words()
    (elsewhere / FILE).write_bytes(b"somebody's")
    choose(guided.window, elsewhere)
    hands.click("Save a copy elsewhere")
    guided.settle()
    assert "There is a diary in" in eyes.words()
    (elsewhere / FILE).unlink()
    hands.tab_to("Save a copy elsewhere")
    hands.press("Enter")
    guided.settle()
    assert f"A copy of it is in {elsewhere}." in eyes.words()
    with closing(open_diary(elsewhere)) as diary:
        assert all_of_it(diary.sessions()[0])
    away.rename(guided.folder)
    guided.window.refresh()
    guided.settle()
    assert "no longer in its place" not in eyes.words()
    assert eyes.find("Start", Button).isEnabled()


@pytest.mark.parametrize("answer", ["accept", "reject"])
def test_the_folder_is_asked_for_without_a_loop_of_its_own(guided: Desk, tmp_path: Path, answer: str) -> None:
    told: list[Path | None] = []
    choosing.ask_for_folder(guided.window.shell, told.append, lambda: told.append(None))
    (dialog,) = guided.window.shell.findChildren(QFileDialog)
    assert not told
    if answer == "accept":
        dialog.selectFile(str(tmp_path))
        dialog.accept()
    else:
        dialog.reject()
    hands.look()
    assert told == [tmp_path if answer == "accept" else None]
