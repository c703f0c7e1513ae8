"""The whole history as a folder of CSV files, one for each table; docs/data.md describes them.

A spreadsheet does not tell an empty text from no value, so an empty cell is "no value" where a column may have none,
and the empty text elsewhere. It also runs texts that look like formulas, and makes numbers, dates and times of texts
that look like these. All is met by one sign: an apostrophe is put before a text that begins with one of `GUARDED` or
with an apostrophe, before one that looks like a number, and before the empty text of a column that may have no value.
Reading takes exactly these apostrophes away again (OWASP ASVS 1.2.10).
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import tempfile
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer

from coach.errors import StorageError
from coach.fsutil import sync_folder
from coach.services.keeping import Exported
from coach.storage.exchange.checks import UNKNOWN_TABLE, Flaw, shown
from coach.storage.exchange.files import finish, moment, own_only, reading_from, refusal, writing_to
from coach.storage.exchange.plain import TABLES, canonical, counted, is_free_text, stored
from coach.storage.exchange.staging import Entry
from coach.storage.revisions import HEAD
from coach.storage.types import Choice, Flag, Json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from typing import TextIO

    from sqlalchemy import Column, Connection, Table

    from coach.services.keeping import Contents
    from coach.storage.database import Database

GUARDED = "=+-@\t\r\n＝＋－＠"
COUNTED = "0123456789 \t\xa0\u202f.,:;/%+-eE'’$€£¥"
"""Texts of these signs alone may be taken for a number, a date or a time, in one language or another."""
_IN_DATES = re.compile(
    r"(?<![^\W\d_])(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|[ap]m|t)(?![^\W\d_])",
    re.IGNORECASE,
)
"""English words that may stand between these; those of other languages are left to the person who opens the file."""
README = "README.txt"
LONGEST_CELL = 1 << 24
"""Characters of a cell, and of a line."""
DELIMITERS = ",;\t"
UTF_16_MARKS = {b"\xff\xfe", b"\xfe\xff"}
_WHOLE = re.compile(r"-?[0-9]{1,19}")
_ABOUT = """Foot Coach: a whole history as CSV files

Made {made} by Foot Coach {program} (schema {schema}). It holds:
{counts}

One file for each table, UTF-8 with a byte order mark, commas, quotes as in RFC 4180; the first line names the columns.
Instants are UTC; local_date is the day as it was lived. An empty cell means "none".
An apostrophe before a text that begins with = + - @, a tab, a line break or an apostrophe, or that looks like a number,
a date or a time, keeps spreadsheets from making something else of it; importing takes it away. A lone apostrophe is an
empty text.
plan and rule are JSON. The ids tie the tables together: leave them as they are if you want to import the files again.
"""


def export_csv(database: Database, folder: Path, now: datetime, program: str) -> Exported:
    """Write everything into `folder`, which must be new or empty and is there only when it is complete.

    Raises:
        StorageError: it cannot be written; nothing is left behind.
    """
    with writing_to(folder):
        folder = Path(os.path.realpath(folder))
        if folder.exists() and not folder.is_dir():
            raise StorageError(f"The export cannot be written to {folder}: it is a file. Name a new folder.")
        if folder.exists() and any(folder.iterdir()):
            raise StorageError(f"The export was not written: the folder {folder} is not empty. Name a new folder.")
        scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
        try:
            with database.reading() as connection, writing_to(folder):
                contents = counted(connection)
                _fill(connection, scratch, contents, now, program)
            _put_in_place(scratch, folder)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    return Exported(folder, contents)


def _fill(connection: Connection, scratch: Path, contents: Contents, now: datetime, program: str) -> None:
    for name, table in TABLES.items():
        with _new(scratch / f"{name}.csv", "utf-8-sig") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(table.columns.keys())
            cells = [_cell(column) for column in table.columns]
            for row in stored(connection, table):
                writer.writerow([cell(value) for cell, value in zip(cells, row.values(), strict=True)])
            finish(file.buffer)
    with _new(scratch / README, "utf-8") as file:
        counts = "\n".join(f"  {name}.csv: {count} rows" for name, count in contents.rows.items())
        file.write(_ABOUT.format(made=moment(now), program=program, schema=HEAD, counts=counts))
        finish(file.buffer)
    sync_folder(scratch)


def _new(path: Path, encoding: str) -> TextIO:
    return open(path, "x", encoding=encoding, newline="", opener=own_only)  # Path.open has no opener


def _put_in_place(scratch: Path, folder: Path) -> None:
    if os.name != "posix" and folder.exists():
        folder.rmdir()  # elsewhere a rename takes the place of an empty folder by itself
    scratch.replace(folder)
    sync_folder(folder.parent)


def _cell(column: Column[Any]) -> Callable[[Any], object]:
    if isinstance(column.type, Json):
        return canonical
    if not _is_worded(column):
        return lambda value: value  # the writer leaves None empty
    return lambda value: None if value is None else guard(value, nullable=bool(column.nullable))


def _is_worded(column: Column[Any]) -> bool:
    """Whether it holds a text or a word of a list, one of which is `1-5`."""
    return is_free_text(column) or isinstance(column.type, Choice)


def guard(text: str, *, nullable: bool) -> str:
    """A text as a cell, which no spreadsheet takes for a formula, a number, a date or nothing at all."""
    return f"'{text}" if _is_taken(text) or (nullable and not text) else text


def unguard(cell: str) -> str:
    """The text of a cell; an apostrophe that `guard` cannot have put there stays."""
    return cell[1:] if cell[:1] == "'" and (cell == "'" or _is_taken(cell[1:])) else cell


_MARKED = frozenset(f"{GUARDED}'")
_TRUTHS = {"true", "false"}
_DIGIT = re.compile("[0-9]")


def _is_taken(text: str) -> bool:
    """Whether a spreadsheet may take a text for something else."""
    if text[:1] in _MARKED or text.casefold() in _TRUTHS:
        return True
    return _DIGIT.search(text) is not None and not _IN_DATES.sub("", text).strip(COUNTED)


def csv_sources(source: Path) -> list[Path]:
    """The CSV files of a folder, or the one file; StorageError if there are none."""
    if not source.is_dir():
        return [source]
    with reading_from(source):
        found = sorted(path for path in source.iterdir() if path.suffix.lower() == ".csv" and path.is_file())
    if not any(path.stem in TABLES for path in found):
        raise refusal(source, "the folder holds no CSV file of an export, such as sessions.csv")
    return found


def read_csv(path: Path, *, alone: bool) -> Iterator[Entry | Flaw]:
    """The rows of one file, as our export or a spreadsheet wrote it.

    Raises:
        StorageError: it is no text, or, being read `alone`, no table of a history.
    """
    csv.field_size_limit(LONGEST_CELL)  # of the whole process, but nothing else in it reads CSV
    with reading_from(path), path.open("rb") as binary:
        encoding = "utf-16" if binary.peek(2)[:2] in UTF_16_MARKS else "utf-8-sig"
        try:
            with TextIOWrapper(binary, encoding, newline="") as file:
                yield from _rows(path, file, alone=alone)
        except UnicodeError as error:
            raise refusal(path, 'it is no UTF-8 text; save it as "CSV UTF-8"') from error


def _rows(path: Path, file: TextIO, *, alone: bool) -> Iterator[Entry | Flaw]:
    lines = _lines(path, file)
    delimiter, header = _header(next(lines, ""))
    if len(set(header)) < len(header):
        raise refusal(path, "two of its columns have the same name")
    table = TABLES.get(path.stem if path.stem in TABLES else _table_of(header))
    if alone and (table is None or "id" not in header):
        raise refusal(path, "it is neither a JSON export nor a CSV table of one")
    readers = {name: _reader(table, name) for name in header if name}
    name = table.name if table is not None else shown(path.stem) or "?"
    for line, cells in _cells(csv.reader(lines, delimiter=delimiter, strict=True)):
        where = f"{path.name}, line {line}"
        if isinstance(cells, csv.Error):
            yield Flaw(name, where, "its quotes do not match")
        elif table is None:
            yield Flaw(name, where, UNKNOWN_TABLE)
        elif len(cells) > len(header):
            yield Flaw(name, where, "it has more cells than the first line has columns")
        else:
            # A spreadsheet may leave out empty cells at the end of a line.
            named = zip(header, cells, strict=False)
            yield Entry(name, where, {column: readers[column](cell) for column, cell in named if column})


def _cells(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Each row that is not empty, with the number of its first line in the file; an error where quotes go wrong."""
    while True:
        line = reader.line_num + 2  # type: ignore[attr-defined]  # the header was line 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, error
        else:
            if any(cells):
                yield line, cells


def _lines(path: Path, file: TextIO) -> Iterator[str]:
    while line := file.readline(LONGEST_CELL):
        if len(line) == LONGEST_CELL:
            raise refusal(path, "one of its lines is far too long")
        yield line


def _header(line: str) -> tuple[str, list[str]]:
    """The delimiter by which the first line gives the most names, and these names."""
    split = {delimiter: next(csv.reader([line], delimiter=delimiter), []) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: len(split[delimiter]))
    return best, [name.strip() for name in split[best]]


def _table_of(header: Sequence[str]) -> str:
    """The table that has all it needs in these columns, of several the one that needs most; empty if none has."""
    needed = {name: {c.name for c in table.columns if not c.nullable} for name, table in TABLES.items()}
    fit = [name for name, columns in needed.items() if columns <= set(header)]
    return max(fit, key=lambda name: len(needed[name]), default="")


def _reader(table: Table | None, name: str) -> Callable[[str], object]:
    """How a cell of a column becomes a value; what cannot be read stays text, which the checks refuse."""
    column = table.columns.get(name) if table is not None else None
    if column is None:
        return str
    if _is_worded(column):
        empty = "" if is_free_text(column) and not column.nullable else None
        return lambda cell: unguard(cell) if cell else empty
    parse = _plan if isinstance(column.type, Json) else _whole if isinstance(column.type, (Integer, Flag)) else str
    return lambda cell: parse(cell) if cell else None


def _whole(cell: str) -> object:
    return int(cell) if _WHOLE.fullmatch(cell) else cell


def _plan(cell: str) -> object:
    try:
        return json.loads(cell, parse_constant=lambda _: [None])  # which no plan is
    except (ValueError, RecursionError):
        return cell
