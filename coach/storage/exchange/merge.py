"""From files into the diary: rows are facts with ids, so adding those that are missing is all that merging takes.

A row whose id is here already is never touched. Which of several answers counts is not decided here but whenever the
diary is read, from the rows alone: so the order of imports does not matter, and doing one twice adds nothing.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from coach.errors import StorageError
from coach.services.keeping import Contents, ImportPreview
from coach.storage.erase import clear
from coach.storage.exchange.csv_files import csv_sources, read_csv
from coach.storage.exchange.files import digest, reading_from, refusal
from coach.storage.exchange.json_file import read_json
from coach.storage.exchange.plain import TABLES, add, existing, fingerprints
from coach.storage.exchange.staging import Stage, scratch_told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from coach.storage.database import Database


def preview(database: Database, source: Path) -> ImportPreview:
    """What importing would do; the diary is only read.

    Args:
        database: the diary.
        source: a JSON export, the folder of a CSV export, or one file of that.

    Raises:
        StorageError: the source cannot be read, is no export, or was damaged.
    """
    with _staged(source) as (stage, fingerprint):
        with database.reading() as connection, scratch_told():
            _compare(connection, stage)
        return ImportPreview(source, stage.new(), stage.known(), stage.left(), stage.remarks(), fingerprint)


def take_in(database: Database, shown: ImportPreview) -> Contents:
    """Add what is new, all of it or nothing, and say how much that was.

    Raises:
        StorageError: the source is not what the preview showed, or the diary cannot be written; nothing was added.
    """
    with _staged(shown.source) as (stage, fingerprint):
        if fingerprint != shown.fingerprint:
            raise refusal(shown.source, "it has changed since you looked at what it holds; look at it again")
        with database.writing() as connection, scratch_told():
            _compare(connection, stage)
            _add(connection, stage)
        return stage.new()


def replace_all(database: Database, source: Path) -> Contents:
    """Put everything of an export in the place of everything that is there, all of it or nothing.

    Raises:
        StorageError: the source is no whole export, or the diary cannot be written; nothing was changed.
    """
    with _staged(source) as (stage, _), database.writing() as connection, scratch_told():
        clear(connection)
        _compare(connection, stage)
        if stage.left():
            raise refusal(source, "not all of its entries can be kept")
        _add(connection, stage)
        return stage.new()


def _add(connection: Connection, stage: Stage) -> None:
    for name, table in TABLES.items():
        for batch in stage.to_add(name):
            add(connection, table, batch)


@contextmanager
def _staged(source: Path) -> Iterator[tuple[Stage, str]]:
    """Everything of the source in a scratch database, and what stands for its contents."""
    files = _files(source)
    with scratch_told():
        stage = Stage()
        try:
            with reading_from(source):
                fingerprint = digest(files)
            for file in files:
                found = read_json(file) if _is_json(file) else read_csv(file, alone=file == source)
                stage.fill(found)
            stage.settle_copies()
            with reading_from(source):
                if digest(files) != fingerprint:
                    raise refusal(source, "it is being changed while it is read; try again")
            yield stage, fingerprint
        finally:
            stage.close()


def _files(source: Path) -> list[Path]:
    with reading_from(source):
        source.stat()
    if source.is_dir():
        return csv_sources(source)
    if not source.is_file():
        raise StorageError(f"{source} cannot be imported: it is no file. Nothing was changed.")
    return [source]


def _is_json(file: Path) -> bool:
    if file.suffix.lower() == ".csv":
        return False
    with reading_from(file), file.open("rb") as opened:
        return file.suffix.lower() == ".json" or opened.read(1024).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def _compare(connection: Connection, stage: Stage) -> None:
    """Give each row its verdict, asking the diary in batches."""
    for name, table in TABLES.items():
        for ids in stage.ids(name):
            stage.mark_here(name, fingerprints(connection, table, ids))
    for name, table in TABLES.items():
        for ids in stage.named_elsewhere(name):
            stage.mark_existing(name, existing(connection, table, ids))
    stage.settle_references()
