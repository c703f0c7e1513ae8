"""Memory that was freed, given back to the system: the C library keeps it for itself where nobody asks."""

from __future__ import annotations

import contextlib
import sys


def give_back() -> None:
    """Where the C library can: about 2 MB after a start."""
    if sys.platform != "linux":
        return
    import ctypes

    with contextlib.suppress(OSError, AttributeError):  # another C library has no such thing
        ctypes.CDLL(None).malloc_trim(0)
