"""The whole history as one JSON file; docs/data.md describes it field by field."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.errors import StorageError
from coach.fsutil import sync_folder
from coach.services.keeping import Exported
from coach.storage.exchange.checks import UNKNOWN_TABLE, Flaw, shown
from coach.storage.exchange.files import finish, moment, reading_from, refusal, writing_to
from coach.storage.exchange.json_stream import BrokenJsonError, Stream
from coach.storage.exchange.plain import TABLES, canonical, counted, stored
from coach.storage.exchange.staging import Entry
from coach.storage.revisions import HEAD
from coach.storage.sqlite.file import discard, scratch_beside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import BinaryIO

    from sqlalchemy import Connection

    from coach.services.keeping import Contents
    from coach.storage.database import Database

FORMAT = "foot-coach-history"
VERSION = 1
"""Goes up when an older program could not read the file any more; new columns and tables do not need that."""


def export_json(database: Database, target: Path, now: datetime, program: str) -> Exported:
    """Write everything to `target`, replaced in one step; a link stays one.

    Raises:
        StorageError: it cannot be written; what stood there stands there unchanged, and nothing is left beside it.
    """
    with writing_to(target):
        target = Path(os.path.realpath(target))  # unlike Path.resolve, calm about links in a circle
        if target.is_dir():
            raise StorageError(f"The export cannot be written to {target}: it is a folder. Name a file in it.")
        if target.exists() and target.suffix.lower() != ".json":
            raise StorageError(
                f"The export was not written: {target} is there already and is no .json file. Choose another name."
            )
        scratch = scratch_beside(target)
        try:
            # Within the `writing_to`, so that a full disk is told of the export's place and not of the diary's.
            contents = fill_json(database, scratch, now, program, target)
            scratch.replace(target)
            sync_folder(target.parent)
        finally:
            discard(scratch)
    return Exported(target, contents)


def fill_json(database: Database, empty: Path, now: datetime, program: str, target: Path | None = None) -> Contents:
    """Write everything into a file that is there; errors name `target`, where the file is going to be.

    Raises:
        StorageError: the file cannot be written, or the diary cannot be read.
    """
    with database.reading() as connection, writing_to(target or empty), empty.open("wb") as file:
        contents = counted(connection)
        head = {
            "format": FORMAT,
            "version": VERSION,
            "made": moment(now),
            "program": program,
            "schema": HEAD,
            "counts": dict(contents.rows),
        }
        lines = json.dumps(head, ensure_ascii=False, indent=1, sort_keys=False).removesuffix("\n}")
        file.write(f'{lines},\n "tables": {{'.encode())
        summed = _write_tables(connection, file)
        file.write(f'\n }},\n "sha256": "{summed}"\n}}\n'.encode())
        finish(file)
    return contents


def _write_tables(connection: Connection, file: BinaryIO) -> str:
    """One row a line. Without the line breaks it is the canonical text whose sum is returned."""
    summed = hashlib.sha256(b"{")
    for number, name in enumerate(sorted(TABLES)):
        before = f'{"," if number else ""}\n"{name}":['
        for row in stored(connection, TABLES[name]):
            line = f"{before}\n{canonical(row)}".encode()
            file.write(line)
            summed.update(line.replace(b"\n", b""))
            before = ","
        if before != ",":
            file.write(before.encode())
            summed.update(before.replace("\n", "").encode())
        file.write(b"\n]")
        summed.update(b"]")
    summed.update(b"}")
    return summed.hexdigest()


def read_json(source: Path) -> Iterator[Entry | Flaw]:
    """The rows of an export.

    Raises:
        StorageError: it is no export, of a newer format, or not as it was written. Found out at the end at the latest,
            so nothing may be added before this is exhausted.
    """
    with reading_from(source), source.open(encoding="utf-8-sig", newline="") as file:
        try:
            yield from _Reader(source, Stream(file)).rows()
        except BrokenJsonError as error:
            raise refusal(source, str(error)) from error
        except UnicodeDecodeError as error:
            raise refusal(source, "it is no UTF-8 text") from error


class _Reader:
    def __init__(self, source: Path, stream: Stream) -> None:
        self._source = source
        self._stream = stream
        self._head: dict[str, Any] = {}
        self._counts: dict[str, int] = {}
        self._sum = hashlib.sha256()

    def rows(self) -> Iterator[Entry | Flaw]:
        if not self._stream.peek():
            raise refusal(self._source, "it is empty")
        for key in self._stream.members():
            if key in self._head:
                raise BrokenJsonError("it holds one of its parts twice")
            if key == "tables":
                self._head[key] = True
                yield from self._tables()
            else:
                self._head[key] = self._stream.value()
                self._check_form()
        if self._stream.peek():
            raise BrokenJsonError("something follows after its end")
        self._check_whole()

    def _check_form(self) -> None:
        found, version = self._head.get("format", FORMAT), self._head.get("version", VERSION)
        if found != FORMAT:
            raise refusal(self._source, "it is JSON, but no history of Foot Coach")
        if type(version) is not int or version < 1:
            raise refusal(self._source, "its version must be a whole number of 1 or more")
        if version > VERSION:
            raise refusal(
                self._source,
                f"it was written by a newer version of Foot Coach (version {version} of the format, this one reads "
                f"version {VERSION}); update Foot Coach to import it",
            )

    def _check_whole(self) -> None:
        missing = [key for key in ("format", "version", "counts", "tables", "sha256") if key not in self._head]
        if missing:
            raise refusal(self._source, f"it is no complete history of Foot Coach ({', '.join(missing)} missing)")
        if self._head["sha256"] != self._sum.hexdigest() or self._head["counts"] != self._counts:
            raise refusal(self._source, "its contents were changed or damaged since it was exported; export it again")

    def _tables(self) -> Iterator[Entry | Flaw]:
        self._add("{")
        for table in self._stream.members():
            self._add(f"{',' if self._counts else ''}{canonical(table)}:[")
            if table in self._counts:
                raise BrokenJsonError("it holds a table twice")
            self._counts[table] = 0
            for _ in self._stream.items():
                row = self._stream.value()
                self._add(f"{',' if self._counts[table] else ''}{_text(row)}")
                self._counts[table] += 1
                yield _entry(table, self._counts[table], row)
            self._add("]")
        self._add("}")

    def _add(self, text: str) -> None:
        self._sum.update(text.encode(errors="surrogatepass"))


def check_json(source: Path) -> None:
    """Read an export from end to end; StorageError where it is not whole."""
    for found in read_json(source):
        if isinstance(found, Flaw):
            raise refusal(source, "it holds an entry that cannot be read")


def _text(row: object) -> str:
    try:
        return canonical(row)
    except RecursionError as error:
        raise BrokenJsonError("it is nested too deeply") from error
    except ValueError as error:
        raise BrokenJsonError("it holds a number that is far too large") from error


def _entry(table: str, number: int, row: object) -> Entry | Flaw:
    if table not in TABLES:
        name = shown(table) or "?"
        return Flaw(name, f"{name}, entry {number}", UNKNOWN_TABLE)
    where = f"{table}, entry {number}"
    if not isinstance(row, dict):
        return Flaw(table, where, "an entry must be an object")
    return Entry(table, where, row)
