"""The log: JSON lines in the profile, of limited size, readable by the owner alone, and without health data.

What people enter (ratings, notes, names) must not be logged. An exception may quote it, so its own words are kept only
for kinds of exceptions that speak of the machine; of others only the kind and the place are.
"""

from __future__ import annotations

import logging
import os
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import KnownError, os_reason
from coach.fsutil import make_private_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import TextIOWrapper

LOG_NAME = "coach.log"
CRASH_NAME = "crash.log"
MAX_BYTES = 512 * 1024
OLD_FILES = 3
WITHHELD = "(its text is withheld: it might quote what was entered)"
_SPEAK_OF_THE_MACHINE = (KnownError, OSError, ImportError, AttributeError, NameError, TypeError, RecursionError)
_SPEAKING_MODULES = ("sqlite3", "sqlalchemy")  # their texts hold statements, never values


class Log:
    """The log of this run. `problem` says in one sentence why there is none, or is empty."""

    def __init__(self, folder: Path) -> None:
        self.problem = ""
        self._handler: logging.Handler | None = None
        self._crashes_caught = False
        self._before = (logging.getLogger().level, logging.raiseExceptions)
        self._crash: TextIOWrapper | None = None
        try:
            make_private_folder(folder)
            self._handler = _PrivateFile(folder / LOG_NAME)
            self._crash = _open_private(folder / CRASH_NAME)
        except OSError as error:
            self.problem = f"No log can be written in {folder}: {os_reason(error)}. Everything else works."

    def start(self, level: int = logging.INFO) -> None:
        """Take all records of this level and above from now on."""
        # A full disk must not turn every log record into an error of its own.
        logging.raiseExceptions = False
        root = logging.getLogger()
        root.setLevel(level)
        if self._handler is not None:
            self._handler.setFormatter(JsonLines())
            self._handler.setLevel(level)
            root.addHandler(self._handler)

    def catch_crashes(self) -> None:
        """Keep the stack of every thread if the interpreter itself crashes; stacks hold no values."""
        import faulthandler

        if self._crash is not None:
            faulthandler.enable(self._crash)
            self._crashes_caught = True

    def close(self) -> None:
        """Stop, release the files and leave logging as it was found."""
        root = logging.getLogger()
        level, logging.raiseExceptions = self._before
        root.setLevel(level)
        if self._handler is not None:
            root.removeHandler(self._handler)
            self._handler.close()
        if self._crashes_caught:
            import faulthandler

            faulthandler.disable()
        if self._crash is not None:
            self._crash.close()


class JsonLines(logging.Formatter):
    """One JSON object for each record: at, level, from, says, and the trace of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        import json

        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "says": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["trace"] = list(private_trace(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False)


def private_trace(error: BaseException) -> Iterator[str]:
    """An exception and those that led to it, newest last: the places, and words only where they cannot be personal."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    for link in reversed(chain):
        for frame in traceback.extract_tb(link.__traceback__):
            yield f"{frame.filename}:{frame.lineno} in {frame.name}: {frame.line}"
        yield describe(link)


def describe(error: BaseException) -> str:
    """The kind of an exception, with its words where they cannot be personal."""
    kind = type(error)
    speaks = isinstance(error, _SPEAK_OF_THE_MACHINE) or kind.__module__.split(".")[0] in _SPEAKING_MODULES
    return f"{kind.__module__}.{kind.__qualname__}: {error if speaks else WITHHELD}"


class _PrivateFile(logging.FileHandler):
    """A file that moves on to a new one when it is full.

    Not the standard library's rotating handler: it leaves the rights to the umask and imports sockets and pickling.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8")

    def _open(self) -> TextIOWrapper:
        return _open_private(Path(self.baseFilename))

    def emit(self, record: logging.LogRecord) -> None:
        super().emit(record)
        if self.stream is not None and self.stream.tell() > MAX_BYTES:
            self.stream.close()
            with suppress(OSError):
                _rotate(Path(self.baseFilename))
            self.stream = self._open()


def _open_private(path: Path) -> TextIOWrapper:
    """Open for appending with mode 0600; a file that has grown too large is put aside first."""
    with suppress(FileNotFoundError):
        if path.stat().st_size > MAX_BYTES:
            _rotate(path)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    return os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace")


def _rotate(path: Path) -> None:
    """`coach.log` becomes `coach.log.1`, that one `.2` and so on; the oldest is gone."""
    names = [path, *(path.with_name(f"{path.name}.{number}") for number in range(1, OLD_FILES + 1))]
    for newer, older in reversed(list(pairwise(names))):
        with suppress(FileNotFoundError):
            newer.replace(older)
