"""A fault of a content file: which key, what was expected there and what was found.

A *path* is a tuple of keys and list positions from the top of the file, such as `("levels", 0, "sets")`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.errors import Problem

if TYPE_CHECKING:
    from pathlib import Path as FilePath

Path = tuple[str | int, ...]


class ContentError(Exception):
    """What is wrong with one file; becomes a `Problem` once file and line are known."""

    def __init__(self, reason: str, *path: str | int, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.path: Path = path
        self.line = line

    def under(self, *prefix: str | int) -> ContentError:
        """The same fault, seen from further up in the file."""
        return ContentError(self.reason, *prefix, *self.path, line=self.line)


def dotted(path: Path) -> str:
    """`levels[0].sets` for `("levels", 0, "sets")`."""
    out = ""
    for part in path:
        out += f"[{part}]" if isinstance(part, int) else f".{part}" if out else part
    return out


def problem_of(file: FilePath, text: str, fault: ContentError) -> Problem:
    """The fault with the line of its key, or of the nearest table around it, in `text`."""
    line = fault.line
    if line is None and fault.path:
        from coach.catalogue.lines import line_of

        line = line_of(text, fault.path)
    return Problem(file, fault.reason, dotted(fault.path) or None, line)
