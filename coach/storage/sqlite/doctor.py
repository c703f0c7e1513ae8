"""How a diary and its backups are, in plain words. Only ever reads, and changes nothing, whatever it finds."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import StorageError, os_reason
from coach.services.keeping import Finding, Report, Verdict
from coach.storage import backups
from coach.storage.revisions import HEAD
from coach.storage.sqlite import aside, checks, file
from coach.storage.sqlite.faults import sentence, told
from coach.storage.sqlite.file import Access
from coach.storage.sqlite.sealed import Opener

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from coach.services.keeping import Backup
    from coach.storage.sqlite.key import KeySource

OLD_BACKUP = timedelta(days=7)
SCARCE_BYTES, LITTLE_BYTES = 10 << 20, 200 << 20
"""Free space that is bad, and that is worth a warning."""
FIXED = (3, 51, 3)
"""The version of SQLite without the fault of the log."""
_WORDS = {
    "sessions": "sessions",
    "sets": "sets",
    "pain_ratings": "pain ratings",
    "session_ends": "ends of sessions",
    "session_plans": "changed plans",
    "level_changes": "chosen levels",
    "checks": "weekly and morning checks",
    "reminders": "reminders set or changed",
    "reminder_entries": "lines about reminders",
    "clock_steps": "settings of the clock",
    "periods": "flares and rests",
    "flags": "answers about symptoms",
    "self_tests": "self-tests",
}


def examine(
    folder: Path, now: datetime, place: str = "", busy_s: float = file.BUSY_S, keys: KeySource | None = None
) -> Report:
    """Look at everything in a person's folder; never raises for what is found there.

    For a process that does not have the diary open itself; another one may.

    Args:
        folder: holds everything of one person.
        now: tells the age of the newest backup.
        place: what is to be said of where the folder is, or empty; see `coach.desktop.places.synced_or_remote`.
        busy_s: how long to wait for another program that writes.
        keys: knows the keys of encrypted files.
    """
    return Report(tuple(_findings(folder, now, place, Opener(folder, busy_s, keys))))


def _findings(folder: Path, now: datetime, place: str, connect: Opener) -> Iterator[Finding]:
    path = Path(os.path.realpath(folder / file.FILE))
    yield from _file(path)
    if path.is_file():
        yield from _rights(folder, path)
        yield from _inside(path, connect)
    yield from _backups(folder, now, connect)
    yield from _aside(folder)
    yield _space(folder)
    yield Finding("Place", Verdict.WARN if place else Verdict.OK, place or "The folder is on this computer alone.")
    yield _library()


def _file(path: Path) -> Iterator[Finding]:
    try:
        checks.require_file(path)
    except FileNotFoundError:
        yield Finding("Diary", Verdict.WARN, f"There is no diary at {path}. The next start makes one, or asks.")
    except StorageError as error:
        yield Finding("Diary", Verdict.BAD, str(error))
    except OSError as error:
        yield Finding("Diary", Verdict.BAD, f"The diary {path} cannot be reached: {os_reason(error)}.")
    else:
        yield Finding("Diary", Verdict.OK, f"{path}, {_size(path.stat().st_size)}.")
        if file.has_log(path):
            yield Finding(
                "Log",
                Verdict.OK,
                "A log lies beside it: the diary is open now, or the program was cut off. Both are fine.",
            )


def _rights(folder: Path, path: Path) -> Iterator[Finding]:
    if os.name != "posix":
        return
    private = [folder, *(part for part in (path.with_name(path.name + end) for end in file.PARTS) if part.exists())]
    private += [backup.path for backup in backups.listed(folder / backups.BACKUPS)]
    wide = [part for part in private if stat.S_IMODE(part.stat().st_mode) & 0o077]
    if wide:
        listed = ", ".join(f"{part.name} ({stat.S_IMODE(part.stat().st_mode):o})" for part in wide)
        yield Finding("Rights", Verdict.WARN, f"Others on this computer may have access to {listed}.")
    else:
        yield Finding("Rights", Verdict.OK, "Only you can read the folder and the files in it (700, 600).")


def _inside(path: Path, connect: Opener) -> Iterator[Finding]:
    try:
        sealed = connect.key(path) is not None
        with told(path), closing(connect(path, _access(path))) as connection:
            yield from _checks(connection, path)
            yield _durability(connection, path)
            yield _contents(connection)
        how = "The diary is encrypted." if sealed else "The diary is not encrypted; whoever has the file can read it."
        yield Finding("Encryption", Verdict.OK, how)
    except StorageError as error:
        yield Finding("Check", Verdict.BAD, str(error))


def _access(path: Path) -> Access:
    """Without a trace where nobody has it open; else together with the log of whoever has."""
    companions = (path.with_name(path.name + end) for end in file.PARTS[1:])
    return Access.READ if any(part.exists() for part in companions) else Access.FROZEN


def _checks(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    revision = checks.revision_of(connection, path, thorough=True)
    yield Finding(
        "Check",
        Verdict.OK,
        "The file is whole: all pages, indexes and references fit together (quick_check, integrity_check and "
        "foreign_key_check find nothing).",
    )
    mark = f"application id {file.APPLICATION_ID:#x}"
    if not checks.is_known(revision):
        yield Finding("Format", Verdict.BAD, f"Revision {revision} is of a newer version of Foot Coach than this one.")
    elif checks.is_old(revision):
        yield Finding("Format", Verdict.OK, f"Revision {revision}, {mark}; the next start leads it to {HEAD}.")
    else:
        yield Finding("Format", Verdict.OK, f"Revision {revision}, the newest, {mark}.")


def _durability(connection: sqlite3.Connection, path: Path) -> Finding:
    # A frozen file tells no mode of its own; the two bytes that do are SQLite's affair, so a log or its lack tells.
    mode = str(connection.execute("PRAGMA journal_mode").fetchone()[0]) if _access(path) is Access.READ else ""
    how = {
        "wal": "through a log (journal_mode=WAL, synchronous=FULL)",
        "delete": "with a rollback journal (journal_mode=DELETE, synchronous=EXTRA)",
    }.get(mode, "through a log (journal_mode=WAL, synchronous=FULL), or on a network drive with a journal (EXTRA)")
    return Finding(
        "Durability",
        Verdict.OK,
        f"Each entry is on the disk before the screen goes on: it is written {how}, by one connection, with references "
        "checked (foreign_keys=ON).",
    )


def _contents(connection: sqlite3.Connection) -> Finding:
    held = checks.contents_of(connection)
    counted = ", ".join(f"{words} {held.rows[name]}" for name, words in _WORDS.items() if name in held.rows)
    days = f" From {held.first_day} to {held.last_day}." if held.first_day and held.last_day else ""
    return Finding("Contents", Verdict.OK, f"Entries: {counted}.{days}")


def _backups(folder: Path, now: datetime, connect: Opener) -> Iterator[Finding]:
    place = folder / backups.BACKUPS
    found = backups.listed(place)
    if not found:
        yield Finding("Backups", Verdict.WARN, f"There is no backup in {place} yet. One is made after each session.")
        return
    newest, size = found[0], _size(sum(backup.size for backup in found))
    many = f"{len(found)} backups" if len(found) > 1 else "1 backup"
    age = now - newest.made
    old = age > OLD_BACKUP
    advice = " Make one with `coach backup`." if old else ""
    yield Finding(
        "Backups",
        Verdict.WARN if old else Verdict.OK,
        f"{many} in {place}, {size}. The newest is of {newest.made:%Y-%m-%d %H:%M} UTC, {_days(age)} ago.{advice}",
    )
    yield _newest(newest, connect)


def _newest(backup: Backup, connect: Opener) -> Finding:
    try:
        checked = checks.check(backup.path, connect)
    except (StorageError, OSError) as error:
        return Finding("Newest backup", Verdict.BAD, f"It cannot be opened: {error}")
    except sqlite3.Error as error:
        return Finding("Newest backup", Verdict.BAD, sentence(error, backup.path))
    if not checks.is_known(checked.revision):
        return Finding("Newest backup", Verdict.BAD, "It was made by a newer version of Foot Coach.")
    held = checked.contents.sessions
    many = "1 session" if held == 1 else f"{held} sessions"
    return Finding("Newest backup", Verdict.OK, f"It opens and is whole; it holds {many}.")


def _aside(folder: Path) -> Iterator[Finding]:
    place = folder / aside.DAMAGED
    if aside.anything_aside(place):
        yield Finding(
            "Put aside",
            Verdict.OK,
            f"{place} holds what once stood in the diary's place. Nothing there is needed any more.",
        )


def _space(folder: Path) -> Finding:
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Finding("Disk", Verdict.BAD, f"{folder} cannot be reached: {os_reason(error)}.")
    if free < SCARCE_BYTES:
        return Finding("Disk", Verdict.BAD, f"The disk is full: only {_size(free)} are left. Make some room.")
    verdict = Verdict.WARN if free < LITTLE_BYTES else Verdict.OK
    return Finding("Disk", verdict, f"{_size(free)} are free.")


def _library() -> Finding:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info >= FIXED:
        return Finding("SQLite", Verdict.OK, f"Version {version}, without known faults that concern a diary.")
    return Finding(
        "SQLite",
        Verdict.OK,
        f"Version {version}. Versions before {'.'.join(map(str, FIXED))} have a rare fault when two connections write "
        "at the same moment. Foot Coach writes through one, so it cannot happen here.",
    )


def _size(count: float) -> str:
    for unit in ("bytes", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "bytes" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"


def _days(age: timedelta) -> str:
    days, hours = max(age, timedelta()).days, max(age, timedelta()).seconds // 3600
    if days:
        return "1 day" if days == 1 else f"{days} days"
    return "less than an hour" if hours == 0 else "1 hour" if hours == 1 else f"{hours} hours"
