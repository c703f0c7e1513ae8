"""JSON read value by value, so that a history of any length needs no more memory than its longest row."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

CHUNK = 1 << 20
LONGEST = 1 << 24
"""Characters of one value; a row is far shorter."""
_SPACE = re.compile(r"[ \t\n\r]*")


class BrokenJsonError(Exception):
    """The text is not JSON, or not such JSON as we read; its text says what is wrong, as the end of a sentence."""


class Stream:
    """Walks through one JSON text. Containers are entered one level at a time; `value` takes whatever comes whole."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._decoder = json.JSONDecoder(parse_constant=_refuse)

    def members(self) -> Iterator[str]:
        """The keys of an object; the value of each must be taken before the next is asked for."""
        for _ in self._separated("{", "}"):
            key = self.value()
            if not isinstance(key, str):
                raise BrokenJsonError("a key is not a text")
            self._take(":")
            yield key

    def items(self) -> Iterator[None]:
        """One step for each value of a list; it must be taken before the next step."""
        yield from self._separated("[", "]")

    def value(self) -> Any:  # noqa: ANN401
        """The next value, whole."""
        self.peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if len(self._text) - self._at > LONGEST or not self._more():
                    raise BrokenJsonError("it is cut short, or no JSON") from error
            except RecursionError as error:
                raise BrokenJsonError("it is nested too deeply") from error
            except ValueError as error:
                raise BrokenJsonError("it holds a number that is far too long") from error
            else:
                # A number could go on in what has not been read yet.
                if end < len(self._text) or not self._more():
                    self._at = end
                    return value

    def peek(self) -> str:
        """The next character that is not white space; empty at the end."""
        while True:
            match = _SPACE.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _separated(self, opening: str, closing: str) -> Iterator[None]:
        self._take(opening)
        if self.peek() == closing:
            self._at += 1
            return
        while True:
            yield
            found = self.peek()
            if found not in {closing, ","}:
                self._fail()
            self._at += 1
            if found == closing:
                return

    def _take(self, character: str) -> None:
        if self.peek() != character:
            self._fail()
        self._at += 1

    def _fail(self) -> NoReturn:
        raise BrokenJsonError("it is no JSON as an export has it" if self.peek() else "it is cut short")

    def _more(self) -> bool:
        """Read on; False at the end. Twice as much each time a value is not complete, so that no value is slow."""
        chunk = self._file.read(max(CHUNK, len(self._text) - self._at))
        self._text = self._text[self._at :] + chunk
        self._at = 0
        return bool(chunk)


def _refuse(constant: str) -> NoReturn:
    raise BrokenJsonError(f"it holds {constant}, which is no number")
