"""Which line of a TOML text a key stands on.

The standard parser forgets positions, and only faulty files need them: so this walks the text a second time, after the
parser has accepted it. It understands just enough of TOML to keep keys, strings, lists and tables apart.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from contextlib import suppress
from typing import TYPE_CHECKING

import tomli

if TYPE_CHECKING:
    from coach.catalogue.faults import Path

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\[\s\S]|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}\n#]*")


def line_of(text: str, path: Path) -> int | None:
    """Line (from 1) of the key at `path`, or of the nearest part of the path that exists; None if there is none."""
    lines = key_lines(text)
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


def key_lines(text: str) -> dict[Path, int]:
    """Line (from 1) of every key, table and list entry of a valid TOML text."""
    walker = _Walker(text)
    with suppress(_LostError, RecursionError, tomli.TOMLDecodeError):  # what was found so far still helps
        walker.document()
    return walker.lines


class _LostError(Exception):
    """The text is not what this walker understands."""


class _Walker:
    """Walks a TOML text once and notes the line of every path."""

    def __init__(self, text: str) -> None:
        self.text = text.replace("\r\n", "\n")
        self.at = 0
        self.lines: dict[Path, int] = {}
        self._breaks = [i for i, char in enumerate(self.text) if char == "\n"]
        self._tables_in_list: dict[Path, int] = {}

    def document(self) -> None:
        """Everything."""
        table: Path = ()
        while self._skip(_BLANK) < len(self.text):
            if self.text.startswith("[[", self.at):
                table = self._list_header()
            elif self.text.startswith("[", self.at):
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Path:
        start = self.at
        self.at += 1
        path = self._latest(self._keys(), start)
        self._expect("]")
        return path

    def _list_header(self) -> Path:
        start = self.at
        self.at += 2
        keys = self._keys()
        self._expect("]]")
        path = (*self._latest(keys[:-1], start), keys[-1])
        number = self._tables_in_list.get(path, 0)
        self._tables_in_list[path] = number + 1
        self._note(path, start)
        self._note((*path, number), start)
        return (*path, number)

    def _latest(self, keys: list[str], start: int) -> Path:
        """The path of a header: a list of tables in it means its latest table."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            self._note(path, start)
            if path in self._tables_in_list:
                path = (*path, self._tables_in_list[path] - 1)
        return path

    def _pair(self, table: Path) -> None:
        start = self.at
        path: Path = table
        for key in self._keys():
            path = (*path, key)
            self._note(path, start)
        self._expect("=")
        self._skip(_SPACE)
        self._value(path)

    def _keys(self) -> list[str]:
        keys = [self._key()]
        while self.text.startswith(".", self._skip(_SPACE)):
            self.at += 1
            keys.append(self._key())
        return keys

    def _key(self) -> str:
        self._skip(_SPACE)
        if bare := _BARE_KEY.match(self.text, self.at):
            self.at = bare.end()
            return bare.group()
        quoted = self._string()
        return str(tomli.loads(f"k = {quoted}")["k"]) if "\\" in quoted else quoted[1:-1]

    def _value(self, path: Path) -> None:
        char = self.text[self.at : self.at + 1]
        if char == "[":
            self._list(path)
        elif char == "{":
            self._inline_table(path)
        elif char in {'"', "'"}:
            self._string()
        else:
            self._skip(_SCALAR)

    def _list(self, path: Path) -> None:
        self.at += 1
        number = 0
        while not self.text.startswith("]", self._skip(_BLANK)):
            self._note((*path, number), self.at)
            self._value((*path, number))
            number += 1
            if self.text.startswith(",", self._skip(_BLANK)):
                self.at += 1
            elif not self.text.startswith("]", self.at):
                raise _LostError
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        while not self.text.startswith("}", self._skip(_BLANK)):
            self._pair(path)
            if self.text.startswith(",", self._skip(_BLANK)):
                self.at += 1
            elif not self.text.startswith("}", self.at):
                raise _LostError
        self.at += 1

    def _string(self) -> str:
        found = _STRING.match(self.text, self.at)
        if found is None:
            raise _LostError
        self.at = found.end()
        return found.group()

    def _skip(self, pattern: re.Pattern[str]) -> int:
        """Move over what matches; the new position."""
        if found := pattern.match(self.text, self.at):
            self.at = found.end()
        return self.at

    def _expect(self, mark: str) -> None:
        if not self.text.startswith(mark, self._skip(_SPACE)):
            raise _LostError
        self.at += len(mark)

    def _note(self, path: Path, at: int) -> None:
        self.lines.setdefault(path, bisect_right(self._breaks, at) + 1)
