"""From a file on disk to its TOML data, for any file a folder may hold.

Size and kind are checked before anything is read, and text before it is parsed, so that no file can hang the program.
"""

from __future__ import annotations

import errno
import math
import re
import stat
from typing import TYPE_CHECKING, Any

import tomli

from coach.catalogue.faults import ContentError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from pathlib import Path as FilePath

    from coach.catalogue.faults import Path

MAX_BYTES = 1_000_000
MAX_DOTS = 250
"""Most dots between two equals signs of one line: the parser needs quadratic time for a key of many parts."""

_AT_LINE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_AT_END = " (at end of document)"
_MAY_NOT_BE_FINITE = re.compile(r"\b(?:nan|inf)\b|[0-9][eE]")
"""In any text with `nan`, `inf` or an exponent in a number, and in some others; spares the walk over all the rest."""
_BOM = b"\xef\xbb\xbf"


def read_text(file: FilePath) -> str:
    """The text of a file of at most 1 MB in UTF-8; a byte order mark and Windows line ends are fine."""
    try:
        info = file.stat()
        _check_kind_and_size(info)
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ContentError(_why(error)) from error
    if len(raw) > MAX_BYTES:
        raise ContentError("expected at most 1 MB, found more")
    return decode(raw)


def _check_kind_and_size(info: os.stat_result) -> None:
    if not stat.S_ISREG(info.st_mode):
        kind = "a folder" if stat.S_ISDIR(info.st_mode) else "something else"
        raise ContentError(f"expected a text file, found {kind}")
    if info.st_size > MAX_BYTES:
        raise ContentError(f"expected at most 1 MB, found {info.st_size / 1e6:.1f} MB")


def decode(raw: bytes) -> str:
    """UTF-8 text with plain line ends."""
    try:
        text = raw.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        reason = f"not UTF-8 text: found byte 0x{raw[error.start]:02x}; save it as UTF-8"
        raise ContentError(reason, line=line) from error
    if not text.strip():
        raise ContentError("the file is empty")
    return text.replace("\r\n", "\n")


def parse(text: str) -> dict[str, Any]:
    """The data of a TOML text. Every number in it is finite."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MAX_DOTS and any(part.count(".") > MAX_DOTS for part in line.split("=")):
            raise ContentError("the line is too long; break it into several", line=number)
    try:
        data = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise _syntax_fault(str(error), text) from error
    except RecursionError as error:
        raise ContentError("lists or tables are nested too deeply") from error
    except ValueError as error:  # from int(): thousands of digits
        raise ContentError("a number in it has too many digits") from error
    for path in _not_finite(data) if _MAY_NOT_BE_FINITE.search(text) else ():
        raise ContentError("expected a finite number, found nan or inf", *path)
    return data


def _syntax_fault(message: str, text: str) -> ContentError:
    place = _AT_LINE.search(message)
    line = int(place[1]) if place else text.rstrip("\n").count("\n") + 1
    what = message[: place.start()] if place else message.removesuffix(_AT_END)
    where = f" (column {place[2]})" if place else " (at the end of the file)"
    return ContentError(f"not valid TOML: {what[:1].lower()}{what[1:]}{where}", line=line)


def _not_finite(node: object, path: Path = ()) -> Iterator[Path]:
    """Paths of numbers that are NaN or infinite."""
    match node:
        case float() if not math.isfinite(node):
            yield path
        case dict():
            for key, value in node.items():
                yield from _not_finite(value, (*path, key))
        case list():
            for number, value in enumerate(node):
                yield from _not_finite(value, (*path, number))


def _why(error: OSError) -> str:
    match error.errno:
        case errno.ENOENT:
            return "there is no such file"
        case errno.EACCES | errno.EPERM:
            return "it may not be read; its permissions forbid it"
        case errno.ELOOP:
            return "it is a link that leads back to itself"
    return f"it cannot be read: {error.strerror or error}"
