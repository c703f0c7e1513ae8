"""Memory that nobody needs for now, given back to the system; where that cannot be, nothing happens."""

from __future__ import annotations

import contextlib
import gc
import mmap
import re
import sys
from pathlib import Path

_MAPS = Path("/proc/self/smaps")
_CODE = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) r-xp \S+ \S+ \d+ +/.*\n(?:[A-Z].*\n)*?Anonymous: +0 kB$", re.MULTILINE)
"""Code of a program or library, unchanged since it was mapped from its file."""


def give_back() -> None:
    """What was freed: the C library keeps it for itself where nobody asks. About 2 MB after a start."""
    if sys.platform != "linux":
        return
    import ctypes

    with contextlib.suppress(OSError, AttributeError):  # another C library has no such thing
        ctypes.CDLL(None).malloc_trim(0)


def rest() -> None:
    """Nothing is shown and nothing goes on: give back what was freed, and the code that ran until now.

    Most of that only ran to start, or to draw. It stays in the system's cache of files as long as there is room, and
    what runs again comes back from there by itself: 30 MB, for a few milliseconds when the window is opened.
    """
    gc.collect()
    give_back()
    if sys.platform != "linux":
        return
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        advise = ctypes.CDLL(None).madvise
        for first, end in _code(_MAPS.read_text(encoding="utf-8")):
            advise(ctypes.c_void_p(first), ctypes.c_size_t(end - first), mmap.MADV_DONTNEED)


def _code(maps: str) -> list[tuple[int, int]]:
    """From where to where the system's list of mappings has code that can be had from its file again."""
    return [(int(first, 16), int(end, 16)) for first, end in _CODE.findall(maps)]
