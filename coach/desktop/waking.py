"""Word from logind that the computer has woken up; where there is none, nothing comes of it.

The alarm clock notices a sleep by itself within a minute; this only makes it sooner. Nothing here asks again and again:
the connection lies still, and after it was lost it is sought `RETRIES_S` seconds later, and then no more.
"""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING

from coach.desktop.bus import BusError, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coach.desktop.bus import Bus
    from coach.desktop.loop import Loop

log = logging.getLogger(__name__)
SLEEP = Signal("org.freedesktop.login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
RETRIES_S = (1.0, 15.0, 240.0)
LIMIT_S = 2.0


class Waking:
    """Calls `woke()` from the loop's thread after each sleep: hand it on by a queued signal."""

    def __init__(
        self, loop: Loop, system: Bus, woke: Callable[[], None], retries_s: Sequence[float] = RETRIES_S
    ) -> None:
        self._loop = loop
        self._bus = system
        self._woke: Callable[[], None] | None = woke
        self._retries_s = retries_s
        system.listen(SLEEP, self._heard)
        system.on_lost(self._lost)

    def start(self) -> None:
        """Listen from now on; returns at once."""
        self._loop.submit(self._connect)

    def stop(self) -> None:
        """Nothing is called back from now on."""
        self._woke = None

    async def _connect(self) -> bool:
        import asyncio

        with contextlib.suppress(BusError, TimeoutError):
            async with asyncio.timeout(LIMIT_S):
                await self._bus.connect()
                return True
        return False

    def _heard(self, body: Sequence[object]) -> None:
        if list(body) == [False] and self._woke is not None:  # True: it is about to fall asleep
            self._woke()

    def _lost(self) -> None:
        import asyncio

        if self._woke is not None:
            self._seeking = asyncio.get_running_loop().create_task(self._seek())

    async def _seek(self) -> None:
        import asyncio

        for wait_s in self._retries_s:
            await asyncio.sleep(wait_s)
            if await self._connect():
                return
        log.info("the system bus went away; sleep is noticed by the clock alone")
