"""Where the rows of a file wait until it is known what becomes of them.

A private SQLite database without a name, whatever the diary itself is kept in: SQLite holds it in memory while it is
small, moves it to a file that nobody else can open when it grows, and removes it when it is closed.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from coach.errors import StorageError
from coach.services.keeping import Contents, Left
from coach.storage.exchange.checks import Flaw, check, shown
from coach.storage.exchange.plain import BATCH, TABLES, days, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FIRST_FEW = 5
SELF = "supersedes"
PARENTS: Mapping[str, str] = {"session_id": "sessions", "set_id": "sets"}
TWICE = "the file holds it twice, with different contents"
OTHERWISE = "it is here already with other contents, and stays as it is here"
NO_PARENT = {
    "session_id": "the session it belongs to is neither here nor taken from the file",
    "set_id": "the set it belongs to is neither here nor taken from the file",
    SELF: "the entry it corrects is neither here nor taken from the file",
}
_NOT_READ = " They are not read; the rest of each row is."
_SCHEMA = """
PRAGMA journal_mode=OFF;
PRAGMA synchronous=OFF;
PRAGMA cache_size=-32768;
CREATE TABLE entry (
    number INTEGER PRIMARY KEY, name TEXT, id TEXT, place TEXT, day TEXT, contents TEXT,
    session_id TEXT, set_id TEXT, supersedes TEXT, verdict TEXT, depth INTEGER);
CREATE TABLE here (name TEXT, id TEXT, PRIMARY KEY (name, id)) WITHOUT ROWID;
BEGIN;
"""
_NAMED_BY_SELF = "SELECT supersedes AS id FROM entry WHERE verdict IS NULL AND name = :name"
_NAMED = {
    "session_id": "SELECT session_id AS id FROM entry WHERE verdict IS NULL",
    "set_id": "SELECT set_id AS id FROM entry WHERE verdict IS NULL",
}
_ELSEWHERE = """
SELECT id FROM ({}) AS named WHERE id IS NOT NULL
AND id NOT IN (SELECT id FROM here WHERE name = :name)
AND id NOT IN (SELECT id FROM entry WHERE name = :name AND verdict IS NULL)
"""
_ORPHANS = """
UPDATE entry SET verdict = :why WHERE name = :name AND verdict IS NULL AND {0} IS NOT NULL
AND {0} NOT IN (SELECT id FROM here WHERE name = :parent)
AND {0} NOT IN (SELECT id FROM entry WHERE name = :parent AND verdict IS NULL)
"""
_CORRECTIONS = """
WITH RECURSIVE reached (id, depth) AS (
    SELECT id, 0 FROM entry WHERE name = :name AND verdict IS NULL
    AND (supersedes IS NULL OR supersedes IN (SELECT id FROM here WHERE name = :name))
    UNION
    SELECT entry.id, reached.depth + 1 FROM reached JOIN entry
    ON entry.name = :name AND entry.supersedes = reached.id AND entry.verdict IS NULL
)
UPDATE entry SET depth = reached.depth FROM reached
WHERE entry.name = :name AND entry.id = reached.id AND entry.verdict IS NULL
"""
_HANGING = "UPDATE entry SET verdict = :why WHERE name = :name AND verdict IS NULL AND depth IS NULL"
_COPIES_FOLLOW = """
UPDATE entry SET verdict = (
    SELECT coalesce(first.verdict, 'known') FROM entry AS first
    WHERE first.name = entry.name AND first.id = entry.id AND first.verdict IS NOT 'copy'
) WHERE verdict = 'copy'
"""
_TWO_MEANINGS = """
UPDATE entry SET verdict = ? WHERE (name, id) IN
(SELECT name, id FROM entry GROUP BY name, id HAVING count(*) > 1 AND min(contents) <> max(contents))
"""
_SAME_AGAIN = """
UPDATE entry SET verdict = 'copy' WHERE verdict IS NULL
AND (name, id) IN (SELECT name, id FROM entry GROUP BY name, id HAVING count(*) > 1)
AND number NOT IN (SELECT min(number) FROM entry GROUP BY name, id HAVING count(*) > 1)
"""
_KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row as a file has it: its table, where it stands, and its values by column name."""

    table: str
    where: str
    values: Mapping[str, Any]


@dataclass(slots=True)
class _Count:
    number: int = 0
    where: list[str] = field(default_factory=list)


class Stage:
    """All rows of one file, each with its verdict: none (new), known, or the reason why it is left out."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(_SCHEMA)
        self._flaws: dict[tuple[str, str], _Count] = {}
        self._strange: dict[str, set[str]] = {}

    def close(self) -> None:
        """Nothing of it is left anywhere."""
        self._db.close()

    def fill(self, found: Iterable[Entry | Flaw]) -> None:
        """Take in what a file holds, checking each row by itself."""
        rows = (row for item in found if (row := self._row(item)) is not None)
        while batch := list(islice(rows, 1000)):
            self._db.executemany(
                "INSERT INTO entry (name, id, place, day, contents, session_id, set_id, supersedes)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                batch,
            )

    def settle_copies(self) -> None:
        """Rows that the file holds more than once: the same one counts as known, different ones are left out."""
        self._db.execute("CREATE INDEX by_id ON entry (name, id)")
        self._db.execute("CREATE INDEX by_supersedes ON entry (name, supersedes) WHERE supersedes IS NOT NULL")
        self._db.execute(_TWO_MEANINGS, (TWICE,))
        self._db.execute(_SAME_AGAIN)

    def ids(self, name: str) -> Iterator[list[str]]:
        """The ids of a table's rows that have no verdict yet, in batches."""
        return self._batches("SELECT id FROM entry WHERE name = :name AND verdict IS NULL ORDER BY number", name)

    def mark_here(self, name: str, fingerprints: Mapping[str, str]) -> None:
        """These rows are in the diary: known if to the letter, else left out."""
        self._db.executemany("INSERT OR IGNORE INTO here VALUES (?, ?)", [(name, id_) for id_ in fingerprints])
        self._db.executemany(
            "UPDATE entry SET verdict = iif(contents = ?, ?, ?) WHERE name = ? AND id = ? AND verdict IS NULL",
            [(text, _KNOWN, OTHERWISE, name, id_) for id_, text in fingerprints.items()],
        )

    def named_elsewhere(self, name: str) -> Iterator[list[str]]:
        """Ids of a table that rows refer to and that the file itself does not bring, in batches."""
        asked = [_NAMED_BY_SELF, *(_NAMED[column] for column, parent in PARENTS.items() if parent == name)]
        return self._batches(_ELSEWHERE.format(" UNION ".join(asked)), name)

    def mark_existing(self, name: str, ids: Iterable[str]) -> None:
        """These ids are in the diary."""
        self._db.executemany("INSERT OR IGNORE INTO here VALUES (?, ?)", [(name, id_) for id_ in ids])

    def settle_references(self) -> None:
        """Leave out what would refer to nothing; give the others their order within a table.

        Corrections are followed from what is here or corrects nothing: what is never reached goes round in a circle or
        hangs in the air.
        """
        for name in TABLES:  # parents first
            for column, parent in PARENTS.items():
                values = {"name": name, "parent": parent, "why": NO_PARENT[column]}
                self._db.execute(_ORPHANS.format(column), values)
            self._db.execute(_CORRECTIONS, {"name": name})
            self._db.execute(_HANGING, {"name": name, "why": NO_PARENT[SELF]})
        self._db.execute(_COPIES_FOLLOW)

    def to_add(self, name: str) -> Iterator[list[str]]:
        """The contents of a table's new rows in batches, corrected ones before those that correct them."""
        return self._batches(
            "SELECT contents FROM entry WHERE name = :name AND verdict IS NULL ORDER BY depth, number", name
        )

    def new(self) -> Contents:
        """How much is new."""
        rows = self._counts(None)
        first, last = self._db.execute(
            "SELECT min(day), max(day) FROM entry WHERE verdict IS NULL AND name = 'sessions'"
        ).fetchone()
        return Contents(rows, *days(first, last))

    def known(self) -> dict[str, int]:
        """How many rows are here already, by table."""
        return self._counts(_KNOWN)

    def left(self) -> tuple[Left, ...]:
        """What is left out, by table and reason."""
        counts = dict(self._flaws)
        query = "SELECT name, verdict, place FROM entry WHERE verdict IS NOT NULL AND verdict <> ? ORDER BY number"
        for name, reason, place in self._db.execute(query, (_KNOWN,)):
            _count(counts, name, reason, place)
        return tuple(
            Left(name, reason, count.number, tuple(count.where)) for (name, reason), count in sorted(counts.items())
        )

    def remarks(self) -> tuple[str, ...]:
        """What is not read although no row is left out for it."""
        return tuple(_remark(name, sorted(map(shown, columns))) for name, columns in sorted(self._strange.items()))

    def _row(self, item: Entry | Flaw) -> tuple[object, ...] | None:
        if isinstance(item, Flaw):
            where = f"{item.where} ({item.shown})" if item.shown else item.where
            _count(self._flaws, item.table, item.reason, where)
            return None
        values = item.values
        if strange := values.keys() - TABLES[item.table].columns.keys():
            self._strange.setdefault(item.table, set()).update(strange)
        wrong = check(item.table, values)
        if wrong is not None:
            return self._row(Flaw(item.table, item.where, *wrong))
        references = [values.get(column) if column in TABLES[item.table].c else None for column in (*PARENTS, SELF)]
        contents = fingerprint(TABLES[item.table], values)
        return (item.table, values["id"], item.where, values["local_date"], contents, *references)

    def _counts(self, verdict: str | None) -> dict[str, int]:
        query = "SELECT name, count(*) FROM entry WHERE verdict IS ? GROUP BY name"
        return dict.fromkeys(TABLES, 0) | dict(self._db.execute(query, (verdict,)))

    def _batches(self, query: str, name: str) -> Iterator[list[str]]:
        cursor = self._db.execute(query, {"name": name})
        while batch := [text for (text,) in cursor.fetchmany(BATCH)]:
            yield batch


def _count(counts: dict[tuple[str, str], _Count], name: str, reason: str, where: str) -> None:
    count = counts.setdefault((name, reason), _Count())
    count.number += 1
    if len(count.where) < FIRST_FEW:
        count.where.append(where)


def _remark(name: str, columns: list[str]) -> str:
    named = ", ".join([column for column in columns if column][:FIRST_FEW])
    return f"This version does not know all columns of {name}" + (f" ({named})." if named else ".") + _NOT_READ


@contextmanager
def scratch_told() -> Iterator[None]:
    """Turn every error of the scratch database into one sentence; it is never the diary's trouble."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        full = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
        reason = "the disk for temporary files is full" if full else f"temporary files cannot be used ({error})"
        raise StorageError(f"The file could not be looked through: {reason}. Nothing was changed.") from error
