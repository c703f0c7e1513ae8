"""What stands in the files that a killed process has left, read from a copy: the program finds them untouched."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from coach.storage.backups import BACKUPS, listed
from coach.storage.sqlite.file import FILE

if TYPE_CHECKING:
    from pathlib import Path

SETS = "SELECT session_id, exercise_index, set_no, side, status, real_reps, real_hold_s FROM sets"
PAIN = "SELECT session_id, region, side, moment, nrs FROM pain_ratings"
ENDS = "SELECT session_id, outcome, seconds, effort, note FROM session_ends"
OPEN = """
SELECT s.id,
  coalesce((SELECT p.plan FROM session_plans p WHERE p.session_id = s.id ORDER BY number DESC LIMIT 1), s.plan)
FROM sessions s WHERE s.id NOT IN (SELECT session_id FROM session_ends) ORDER BY s.at DESC, s.id DESC LIMIT 1
"""
DONE = "SELECT count(*) FROM (SELECT DISTINCT exercise_index, set_no, side FROM sets WHERE session_id = ?)"


@dataclass(slots=True)
class Found:
    """What a diary holds: sets, ratings and ends, each with its number, and whether work is left to go on with."""

    integrity: str = "ok"
    orphans: int = 0
    facts: Counter[tuple[Any, ...]] = field(default_factory=Counter)
    unfinished: bool = False


def copy_of(folder: Path, scratch: Path) -> Path:
    """The diary of a folder with its log, as the disk has it; nobody may have it open."""
    scratch.mkdir(exist_ok=True)
    for suffix in ("", "-wal", "-shm"):
        (scratch / f"{FILE}{suffix}").unlink(missing_ok=True)
        if suffix != "-shm" and (folder / f"{FILE}{suffix}").exists():
            shutil.copyfile(folder / f"{FILE}{suffix}", scratch / f"{FILE}{suffix}")
    return scratch / FILE


def look(folder: Path, scratch: Path) -> Found | None:
    """Check a diary from end to end and read it; None where there is none yet."""
    path = copy_of(folder, scratch)
    if not path.exists():
        return None
    found = Found()
    with closing(sqlite3.connect(path)) as connection:
        found.integrity = str(connection.execute("PRAGMA integrity_check").fetchone()[0])
        found.orphans = len(connection.execute("PRAGMA foreign_key_check").fetchall())
        for kind, query in (("set", SETS), ("pain", PAIN), ("end", ENDS)):
            found.facts.update((kind, *row) for row in connection.execute(query))
        open_ = connection.execute(OPEN).fetchone()
        if open_ is not None:
            bouts = sum(len(item["bouts"]) for item in json.loads(open_[1]))
            found.unfinished = connection.execute(DONE, open_[:1]).fetchone()[0] < bouts
    return found


def litter(folder: Path) -> list[str]:
    """Scratch files that nobody will finish any more."""
    return sorted(path.name for path in folder.rglob("*") if path.name.endswith((".part", "-journal", ".tmp")))


def whole_backups(folder: Path) -> int:
    """How many backups there are; whatever bears the name of one must be one."""
    found = listed(folder / BACKUPS)
    for backup in found:
        with closing(sqlite3.connect(backup.path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], backup
    return len(found)
