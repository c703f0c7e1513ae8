"""Every fault that the product must survive has a test: found by its name, or named here.

The numbers are those of the list that the product was designed with. A test that is called `test_fault_NN_...` counts
for its number wherever it is.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
FAULTS = {
    1: "the diary's file is missing",
    2: "it has no bytes",
    3: "it is random text",
    4: "it is cut to half",
    5: "random bytes in one page",
    6: "a folder in its place",
    7: "a read-only file or medium",
    8: "locked by another program",
    9: "the disk is full in the middle of a session",
    10: "a diary of a newer version",
    11: "the log of a diary that was replaced by an older one",
    12: "only the file was copied, while the program ran",
    13: "on a network drive or in a synchronised folder",
    14: "the folder is removed while the program runs",
    15: "ten years of history",
    16: "two versions of the program on one folder",
    17: "links to the diary",
    18: "kill -9 in the middle of a migration",
    19: "the disk is full before a migration",
    20: "a backup that is cut, wrong, newer, or has another key",
    21: "an archive that would write elsewhere or fill the disk",
    22: "restoring while a session runs",
    23: "sleep of any length",
    24: "the clock set back by 30 days",
    25: "the clock set forward by a year and back",
    26: "another time zone while the program runs",
    27: "a time zone that is not known",
    28: "a time that a clock change skips or repeats",
    29: "29 February, the years 1970, 2038 and 9999",
    30: "a session over midnight, over a border",
    31: "a reminder in more than 24.8 days",
    32: "ten starts at once; two people on one machine",
    33: "SIGTERM, logout, closing the window in a session",
    34: "a desktop without a tray",
    35: "a tray that comes late",
    36: "no bus, no notification server, one that restarts, late clicks",
    37: "notifications with markup, line breaks, any length",
    38: "no audio device",
    39: "no speech engine, or one that hangs",
    40: "an exception in a slot, in painting, in a thread, in a callback",
    41: "a screen that is gone",
    42: "a thread still busy at the end",
    43: "an exercise file with any fault",
    44: "a picture that wants to be more",
    45: "words that look like a page",
    46: "a settings file with any fault",
    47: "an export with formulas in it",
    48: "an import of any kind of table",
    49: "other formats with hostile text",
    50: "names of any characters",
    51: "paths of any characters and length; no home",
    52: "a keyring that is absent, locked or refuses",
    53: "a wrong or forgotten key",
}
OPENING = "storage/test_opening.py"
REFUSED = f"{OPENING}::test_what_is_not_a_diary_is_refused_in_plain_words_and_left_alone"
ELSEWHERE = {
    2: [REFUSED],
    3: [REFUSED],
    4: [REFUSED],
    5: [REFUSED],
    6: [REFUSED],
    8: [
        f"{OPENING}::test_a_file_that_another_program_has_locked",
        "journeys/test_storage_faults.py::test_a_diary_in_use_by_another_program_keeps_the_session_going",
    ],
    9: [
        "storage/test_faults.py::test_a_full_disk_is_called_full_and_costs_only_what_did_not_fit",
        "journeys/test_storage_faults.py::test_a_full_disk_is_said_the_session_goes_on_and_the_next_set_tries_again",
    ],
    10: [REFUSED],
    16: ["journeys/test_processes.py::test_a_second_start_raises_the_first_window_and_leaves"],
    17: [f"{OPENING}::test_a_link_to_the_file_is_followed", f"{OPENING}::test_links_that_go_round_in_a_circle"],
    33: [
        "journeys/test_leaving.py::test_the_window_cannot_be_closed_over_a_session_unasked",
    ],
    38: ["journeys/test_sound_faults.py::test_without_sound_everything_else_works"],
    39: ["journeys/test_sound_faults.py::test_an_engine_that_hangs_holds_nothing_up"],
    40: [
        "journeys/test_window_faults.py::test_an_exception_in_a_slot_is_told_once_and_the_program_goes_on",
        "journeys/test_window_faults.py::test_an_exception_in_a_paint_event_is_told_once_however_often_it_comes",
        "journeys/test_window_faults.py::test_an_exception_on_the_workers_thread_is_told_as_well",
    ],
    41: ["journeys/test_window_faults.py::test_a_window_left_on_a_screen_that_is_gone_comes_back_into_sight"],
    43: [
        "catalogue/test_faults.py::test_broken_exercise_is_skipped_and_told",
        "catalogue/test_faults.py::test_broken_routine_is_skipped_and_told",
        "catalogue/test_faults.py::test_not_utf8",
        "catalogue/test_faults.py::test_marks_and_line_ends_of_windows_are_fine",
        "catalogue/test_faults.py::test_50_mb_is_refused_unread",
        "journeys/test_window_faults.py::test_a_broken_file_of_ones_own_is_named_with_its_reason_and_the_rest_works",
    ],
    46: [
        "desktop/test_settings.py::test_a_value_that_cannot_be_used_costs_only_itself",
        "desktop/test_settings.py::test_a_damaged_file_is_told_and_kept_aside",
        "desktop/test_settings.py::test_settings_of_a_newer_version_are_told_and_survive_a_save",
        "desktop/test_settings.py::test_a_file_that_may_not_be_read",
    ],
    50: ["storage/test_round_trip.py::test_a_session_of_any_content"],
    51: [
        "desktop/test_paths.py::test_the_folder_may_have_any_name",
        "desktop/test_paths.py::test_a_name_that_is_too_long",
        "desktop/test_paths.py::test_a_null_character",
        "desktop/test_paths.py::test_the_home_of_nobody",
        "desktop/test_paths.py::test_a_data_home_that_the_standard_forbids_is_ignored",
        f"{OPENING}::test_a_folder_may_have_any_name",
    ],
}
"""Tests that are called after what they show."""
NOT_YET = {
    21: "a backup is one database file; no archive is ever opened",
    44: "exercises have no pictures; figures are computed",
}
"""What cannot happen, since what it would happen to does not exist, or what is still open; a test ends the excuse."""


@cache
def names_in(path: Path) -> frozenset[str]:
    """The test functions of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@cache
def named() -> dict[int, list[str]]:
    """Tests that are called after a fault, by its number."""
    found: dict[int, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        for name in names_in(path):
            if match := re.match(r"test_fault_(\d+)_", name):
                found.setdefault(int(match[1]), []).append(f"{path.relative_to(TESTS)}::{name}")
    return found


@pytest.mark.parametrize("number", FAULTS, ids=lambda number: f"{number:02}")
def test_a_fault_has_a_test_or_a_reason_why_not(number: int) -> None:
    tests = [*named().get(number, []), *ELSEWHERE.get(number, [])]
    assert tests or number in NOT_YET, f"fault {number}, {FAULTS[number]}: no test is called test_fault_{number:02}_..."


@pytest.mark.parametrize("test", [test for tests in ELSEWHERE.values() for test in tests])
def test_what_is_named_here_exists(test: str) -> None:
    file, _, name = test.partition("::")
    assert name in names_in(TESTS / file)


def test_no_excuse_outlives_its_reason() -> None:
    assert {number: FAULTS[number] for number in NOT_YET if number in named() or number in ELSEWHERE} == {}


def test_only_faults_of_the_list_have_numbers() -> None:
    assert set(named()) | set(ELSEWHERE) | set(NOT_YET) <= set(range(1, 54))
