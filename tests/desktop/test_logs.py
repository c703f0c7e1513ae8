"""The log: private, of limited size, silent about what people enter, and never a reason to fail."""

from __future__ import annotations

import errno
import json
import logging
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from coach.desktop import logs
from coach.desktop.logs import CRASH_NAME, LOG_NAME, WITHHELD, Log, describe
from coach.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
MARKER = "my-very-own-note"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that is logged to."""
    with closing(Log(tmp_path / "logs")) as log:
        log.start()
        yield tmp_path / "logs"


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / LOG_NAME).read_text(encoding="utf-8").splitlines()]


def test_a_record_is_one_line_of_json(folder: Path) -> None:
    logging.getLogger("coach.storage").info("opened in %d ms\nreally", 12)
    (line,) = lines(folder)
    assert line["says"] == "opened in 12 ms\nreally"
    assert (line["level"], line["from"]) == ("INFO", "coach.storage")
    assert line["at"].endswith("+00:00")
    assert "trace" not in line


def test_details_for_developers_are_left_out(folder: Path) -> None:
    logging.getLogger("coach").debug("detail")
    assert lines(folder) == []


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_folder_and_files_are_private_even_with_umask_0(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with closing(Log(tmp_path / "logs")) as log:
            log.start()
            logging.getLogger("coach").info("hello")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "logs").stat().st_mode) == 0o700
    for name in (LOG_NAME, CRASH_NAME):
        assert stat.S_IMODE((tmp_path / "logs" / name).stat().st_mode) == 0o600


@pytest.mark.expect_log("trouble")
def test_an_exception_leaves_its_places_but_not_its_words(folder: Path) -> None:
    def enter(note: str) -> None:
        raise ValueError(f"cannot parse {note}")

    try:
        try:
            enter(MARKER)
        except ValueError as error:
            raise KeyError(MARKER) from error
    except KeyError:
        logging.getLogger("coach").exception("trouble")
    (line,) = lines(folder)
    assert MARKER not in json.dumps(line)
    assert f"builtins.ValueError: {WITHHELD}" in line["trace"]
    assert f"builtins.KeyError: {WITHHELD}" in line["trace"]
    assert any("in enter: raise ValueError" in text for text in line["trace"])


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KnownError("The disk is full."), "coach.errors.KnownError: The disk is full."),
        (FileNotFoundError(2, "No such file", "/x"), "builtins.FileNotFoundError: [Errno 2] No such file: '/x'"),
        (sqlite3.OperationalError("database is locked"), "sqlite3.OperationalError: database is locked"),
        (AttributeError("no attribute 'x'"), "builtins.AttributeError: no attribute 'x'"),
        (ValueError(MARKER), f"builtins.ValueError: {WITHHELD}"),
        (AssertionError(MARKER), f"builtins.AssertionError: {WITHHELD}"),
        (UnicodeEncodeError("utf-8", MARKER, 0, 1, "bad"), f"builtins.UnicodeEncodeError: {WITHHELD}"),
    ],
)
def test_only_exceptions_that_speak_of_the_machine_keep_their_words(error: Exception, said: str) -> None:
    assert describe(error) == said


def test_exceptions_that_caused_each_other_in_a_circle_end(folder: Path) -> None:
    one, two = OSError("one"), OSError("two")
    one.__cause__, two.__cause__ = two, one
    logging.getLogger("coach").info("circle", exc_info=one)
    assert lines(folder)[0]["trace"] == ["builtins.OSError: two", "builtins.OSError: one"]


def test_the_files_stay_within_their_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MAX_BYTES", 2000)
    with closing(Log(tmp_path)) as log:
        log.start()
        for number in range(200):
            logging.getLogger("coach").info("record %d", number)
        logging.getLogger("coach").info("the last one")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [LOG_NAME, f"{LOG_NAME}.1", f"{LOG_NAME}.2", f"{LOG_NAME}.3", CRASH_NAME]
    assert all(path.stat().st_size < 2200 for path in tmp_path.iterdir())
    newest = next(path for path in (tmp_path / LOG_NAME, tmp_path / f"{LOG_NAME}.1") if path.stat().st_size)
    assert "the last one" in newest.read_text()


def test_a_file_that_grew_too_large_is_put_aside_at_the_start(tmp_path: Path) -> None:
    (tmp_path / CRASH_NAME).write_bytes(b"x" * (logs.MAX_BYTES + 1))
    Log(tmp_path).close()
    assert (tmp_path / CRASH_NAME).stat().st_size == 0
    assert (tmp_path / f"{CRASH_NAME}.1").stat().st_size == logs.MAX_BYTES + 1


def test_without_a_place_to_write_it_says_so_once_and_the_rest_works(tmp_path: Path) -> None:
    (tmp_path / "logs").touch()
    with closing(Log(tmp_path / "logs")) as log:
        log.start()
        log.catch_crashes()
        logging.getLogger("coach").info("nobody hears this")
    assert log.problem.startswith(f"No log can be written in {tmp_path / 'logs'}: ")
    assert log.problem.endswith("Everything else works.")


def test_a_full_disk_is_not_an_error_of_the_one_who_logs(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    handler = next(h for h in logging.getLogger().handlers if isinstance(h, logs._PrivateFile))

    def full(_text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    class FullStream:
        write = staticmethod(full)
        flush = staticmethod(lambda: None)
        tell = staticmethod(lambda: 0)

    with monkeypatch.context() as patch:
        patch.setattr(handler, "stream", FullStream())
        logging.getLogger("coach").info("lost")
    logging.getLogger("coach").info("kept")
    assert [line["says"] for line in lines(folder)] == ["kept"]
    assert capsys.readouterr().err == ""


def test_closing_leaves_logging_as_it_was_found(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers), logging.raiseExceptions)
    log = Log(tmp_path)
    log.start(logging.DEBUG)
    assert (root.level, logging.raiseExceptions) == (logging.DEBUG, False)
    log.close()
    assert (root.level, list(root.handlers), logging.raiseExceptions) == before


CRASH = """
import sys
from pathlib import Path
from coach.desktop.logs import Log
log = Log(Path(sys.argv[1]))
log.start()
log.catch_crashes()
def the_place_of_the_crash(note):
    import faulthandler
    faulthandler._sigsegv()
the_place_of_the_crash("my-very-own-note")
"""


@pytest.mark.skipif(os.name != "posix", reason="a crash of this kind opens a window elsewhere")
def test_a_crash_of_the_interpreter_leaves_its_stack_and_no_values(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CRASH, str(tmp_path)], cwd=ROOT, capture_output=True, timeout=60, check=False
    )
    assert done.returncode < 0
    text = (tmp_path / CRASH_NAME).read_text()
    assert "the_place_of_the_crash" in text
    assert MARKER not in text
