"""Reading rows out of the bare pages of a damaged file, without SQLite, which finds nothing once the way to it is lost.

The way to a table is its entry in the schema, its first page and the pages between; one of them broken hides all rows.
But each leaf tells by itself what rows it holds (https://sqlite.org/fileformat2.html, sections 1.6 and 2.1). Of a log,
every page it holds is read as well.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, BinaryIO

from coach.storage.sqlite.file import LOG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Values = list[Any]

PAGE_SIZE = 4096
"""What SQLite gives every new file; used where the header does not say, or says nonsense."""
_LEAF = 0x0D  # of a table
_LOG_HEADER, _FRAME_HEADER = 32, 24
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Length by serial type."""


def loose_rows(path: Path) -> Iterator[Values]:
    """The values of every row that stands in a readable leaf, of whatever table, in the order of their columns.

    Text that cannot be decoded stays bytes. A file that cannot be read has no rows; nothing is raised.
    """
    with ExitStack() as files:
        try:
            main = files.enter_context(path.open("rb"))
        except OSError:
            return
        try:
            log: BinaryIO | None = files.enter_context(path.with_name(path.name + LOG).open("rb"))
        except OSError:
            log = None
        pages = _Pages(main, log)
        for page in pages:
            for start in _cells(page):
                try:
                    values = _record(pages.payload(page, start))
                except (IndexError, ValueError, OSError):
                    continue
                yield values


class _Pages:
    """The pages of a file, and those of its log."""

    def __init__(self, main: BinaryIO, log: BinaryIO | None) -> None:
        self._main, self._log = main, log
        self._size, reserved = _sizes(_read(main, 0, 100))
        self._usable = self._size - reserved
        self._count = _length(main) // self._size
        self._frames: dict[int, int] = {}

    def __iter__(self) -> Iterator[bytes]:
        """Every page of the log, then of the file."""
        if self._log is not None:
            for at in range(_LOG_HEADER, _length(self._log), _FRAME_HEADER + self._size):
                frame = _read(self._log, at, _FRAME_HEADER + self._size)
                self._frames[int.from_bytes(frame[:4])] = at + _FRAME_HEADER
                yield frame[_FRAME_HEADER:]
        for number in range(self._count):
            yield _read(self._main, number * self._size, self._size)

    def payload(self, page: bytes, start: int) -> bytes:
        """The record of the cell at `start`, with what of it stands on other pages. Raises IndexError or ValueError."""
        length, at = _varint(page, start)
        _, at = _varint(page, at)
        local = self._local(length)
        if length > (self._count + len(self._frames)) * self._size or at + local > self._usable:
            raise ValueError("no such length")
        parts = [page[at : at + local]]
        left, following = length - local, int.from_bytes(page[at + local : at + local + 4])
        while left > 0:
            whole = self._page(following)
            following, part = int.from_bytes(whole[:4]), whole[4 : min(4 + left, self._usable)]
            if not part:
                raise ValueError("the rest is missing")
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    def _local(self, length: int) -> int:
        """How much of a record stands in its leaf."""
        usable = self._usable
        if length <= usable - 35:
            return length
        least = (usable - 12) * 32 // 255 - 23
        more = least + (length - least) % (usable - 4)
        return more if more <= usable - 35 else least

    def _page(self, number: int) -> bytes:
        if self._log is not None and number in self._frames:
            return _read(self._log, self._frames[number], self._size)
        if not 1 < number <= self._count:
            raise ValueError("no such page")
        return _read(self._main, (number - 1) * self._size, self._size)


def _sizes(header: bytes) -> tuple[int, int]:
    """Bytes of a page, and how many of them at its end are not SQLite's."""
    size = int.from_bytes(header[16:18])
    size = 65536 if size == 1 else size
    if header[:16] != b"SQLite format 3\x00" or size < 512 or size & (size - 1):
        return PAGE_SIZE, 0
    return size, header[20] if header[20] <= size - 480 else 0


def _cells(page: bytes) -> list[int]:
    """Where the cells of a leaf begin; none of any other page."""
    if len(page) < 8 or page[0] != _LEAF:
        return []
    count = min(int.from_bytes(page[3:5]), (len(page) - 8) // 2)
    starts = (int.from_bytes(page[8 + 2 * index : 10 + 2 * index]) for index in range(count))
    return [start for start in starts if 8 + 2 * count <= start < len(page)]


def _record(payload: bytes) -> Values:
    """The values of a record. Raises IndexError or ValueError."""
    end, at = _varint(payload, 0)
    if not at <= end <= len(payload):
        raise ValueError("no such header")
    body, values = end, []
    while at < end:
        kind, at = _varint(payload, at)
        value, body = _value(payload, kind, body)
        values.append(value)
    if body > len(payload):
        raise ValueError("cut short")
    return values


def _value(payload: bytes, kind: int, at: int) -> tuple[Any, int]:
    """One value of a serial type, and where the next one begins."""
    if kind == 0:
        return None, at
    if kind in {8, 9}:
        return kind - 8, at
    if kind in _INTEGERS:
        end = at + _INTEGERS[kind]
        return int.from_bytes(payload[at:end], signed=True), end
    if kind < 12:
        raise ValueError("a kind that our tables do not have")
    end = at + (kind - 12) // 2
    raw = payload[at:end]
    if kind % 2:
        try:
            return raw.decode(), end
        except UnicodeDecodeError:
            pass
    return raw, end


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    value = 0
    for index in range(8):
        byte = data[at + index]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + index + 1
    return value << 8 | data[at + 8], at + 9


def _read(file: BinaryIO, at: int, length: int) -> bytes:
    """Up to so many bytes; none where the disk cannot read them."""
    try:
        file.seek(at)
        return file.read(length)
    except OSError:
        return b""


def _length(file: BinaryIO) -> int:
    return file.seek(0, 2)
