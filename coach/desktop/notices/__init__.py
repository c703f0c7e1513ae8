"""Notifications outside the window, with buttons: one adapter for each kind of desktop behind `Service`.

Linux is spoken to directly over D-Bus, Windows and macOS through desktop-notifier. That library would do for Linux too,
but has no replacing there, does not say when a notification failed or ran out, and does not notice that the server was
started anew.

Nothing is loaded and no thread runs before the first notification.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path
    from typing import Any

    from coach.desktop.bus import Bus
    from coach.desktop.loop import Loop
    from coach.services.reminding import Notice

    Told = Callable[[str, str], None]

log = logging.getLogger(__name__)
APP_NAME = "Foot Coach"
OPEN, GONE = "open", "gone"
LIMIT_S = 2.0
LATE = "This computer's notifications did not answer in time."
REFUSED = "This computer refused to show a notification."


class NoticeError(Exception):
    """A notification could not be shown; the text is the sentence that says why."""


class Service(Protocol):
    """What shows notifications, on the loop's thread; it may raise what it likes and take as long as it likes."""

    async def show(self, notice: Notice) -> None:
        """Show it in the place of the one with its tag."""
        ...

    async def withdraw(self, tag: str) -> None:
        """Take it away, if it is there."""
        ...

    async def close(self) -> None:
        """Take all away."""
        ...


class DesktopNotices:
    """`coach.services.ports.Notifier`: returns at once; each step of what it begins has `limit_s` seconds.

    `make` is called at the first notification, on the loop's thread, with what to call when a person answers.
    """

    def __init__(self, loop: Loop, make: Callable[[Told], Service], limit_s: float = LIMIT_S) -> None:
        self._loop = loop
        self._make = make
        self._limit_s = limit_s
        self._service: Service | None = None
        self._turn: Any = None
        self._pressed: Told | None = None
        self._failed: Callable[[str], None] | None = None

    def start(self, pressed: Told, failed: Callable[[str], None]) -> None:
        """`pressed(tag, action)` and `failed(why)` come from the loop's thread; see the port."""
        self._pressed, self._failed = pressed, failed

    def show(self, notice: Notice) -> None:
        """Show it, or replace the one with the same tag."""

        async def show() -> None:
            why = await self._in_turn(lambda service: service.show(notice))
            if why and self._failed is not None:
                _guarded(self._failed, why)

        self._loop.submit(show)

    def withdraw(self, tag: str) -> None:
        """Take it away again; no harm if it is not there."""
        if self._pressed is not None:
            self._loop.submit(lambda: self._in_turn(lambda service: service.withdraw(tag), needed=False))

    def stop(self) -> None:
        """Take all away; nothing is called back from now on. The loop's `stop` waits until it is done."""
        self._pressed = self._failed = None
        if self._loop.running:
            self._loop.submit(lambda: self._in_turn(lambda service: service.close(), needed=False))

    async def _in_turn(self, step: Callable[[Service], Coroutine[Any, Any, None]], *, needed: bool = True) -> str:
        """One step after the other, so that what is withdrawn was shown before; answers why it could not be done."""
        import asyncio

        if self._turn is None:
            self._turn = asyncio.Lock()
        async with self._turn:
            try:
                async with asyncio.timeout(self._limit_s):
                    if self._service is None and needed:
                        self._service = self._make(self._tell)
                    if self._service is not None:
                        await step(self._service)
            except NoticeError as error:
                return str(error)
            except TimeoutError:
                return LATE
            except Exception as error:  # noqa: BLE001 - a desktop raises what it likes; its words may quote the notice
                log.info("a notification failed: %s", type(error).__name__)
                return REFUSED
        return ""

    def _tell(self, tag: str, action: str) -> None:
        if self._pressed is not None:
            _guarded(self._pressed, tag, action)


def _guarded(tell: Callable[..., None], *what: str) -> None:
    try:
        tell(*what)
    except Exception:
        log.exception("what was to follow a notification failed")


def desktop_notices(loop: Loop, session: Bus, icon: Path | None = None, platform: str = sys.platform) -> DesktopNotices:
    """The notifications of this computer. `icon` is a PNG file."""

    def make(told: Told) -> Service:
        if platform == "linux":
            from coach.desktop.notices.freedesktop import FreedesktopNotices

            return FreedesktopNotices(told, session, icon)
        from coach.desktop.notices.library import LibraryNotices

        return LibraryNotices(told, icon)

    return DesktopNotices(loop, make)


if TYPE_CHECKING:
    from coach.services.ports import Notifier

    _fits: type[Notifier] = DesktopNotices
