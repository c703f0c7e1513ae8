"""Notifications of Linux desktops: `org.freedesktop.Notifications` on the session bus.

A server may be absent, start when it is called, be started anew, know no buttons, close what it likes, and speak of
notifications that are not ours: only ids that are on screen now count.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

from coach.desktop.bus import UNREACHABLE, BusError, Place, Signal
from coach.desktop.notices import APP_NAME, GONE, LIMIT_S, OPEN, REFUSED, NoticeError
from coach.desktop.notices.words import LONGEST_BUTTON, LONGEST_TITLE, one_line, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coach.desktop.bus import Bus
    from coach.desktop.notices import Told
    from coach.services.reminding import Notice

NAME = "org.freedesktop.Notifications"
PLACE = Place(NAME, "/org/freedesktop/Notifications", NAME)
_DEFAULT = "default"
_SOUND = "message-new-instant"
"""A name of the freedesktop sound themes."""
_NORMAL, _CRITICAL = 1, 2
_BY_US = 3
"""Why a notification was closed: because we asked for it."""
_ABSENT = frozenset(
    f"org.freedesktop.DBus.Error.{name}" for name in ("ServiceUnknown", "NameHasNoOwner", "Disconnected")
)
NO_BUS = "This desktop shows no notifications: its session bus cannot be reached."
NO_SERVER = "No program on this desktop shows notifications."


class FreedesktopNotices:
    """`coach.desktop.notices.Service`."""

    def __init__(self, told: Told, bus: Bus, icon: Path | None = None) -> None:
        self._told = told
        self._bus = bus
        self._icon = icon.as_uri() if icon else ""
        self._ids: dict[str, int] = {}
        self._able: frozenset[str] | None = None
        self._leaving: asyncio.Task[None] | None = None
        bus.listen(Signal(NAME, NAME, "ActionInvoked"), self._after(self._on_action))
        bus.listen(Signal(NAME, NAME, "NotificationClosed"), self._after(self._on_closed))
        daemon = "org.freedesktop.DBus"
        bus.listen(Signal(daemon, daemon, "NameOwnerChanged", NAME), self._on_owner)
        bus.on_lost(self._forget_all)

    async def show(self, notice: Notice) -> None:
        """Show it in the place of the one with its tag. Raises NoticeError, or TimeoutError by whoever limits it."""
        try:
            able = await self._abilities()
            # Not awaited in a task of its own: an answer to it must find the id, however soon it comes.
            answer = await self._bus.call(PLACE, "Notify", "susssasa{sv}i", *self._body(notice, able), wake=True)
        except BusError as error:
            raise NoticeError(_sentence(error)) from error
        if not answer or type(answer[0]) is not int or answer[0] <= 0:
            raise NoticeError(REFUSED)
        self._ids[notice.tag] = answer[0]

    async def withdraw(self, tag: str) -> None:
        """Take it away, if it is there."""
        known = self._ids.pop(tag, None)
        if known is not None:
            await self._bus.call(PLACE, "CloseNotification", "u", known)

    async def close(self) -> None:
        """Take all away."""
        for tag in list(self._ids):
            await self.withdraw(tag)

    async def _abilities(self) -> frozenset[str]:
        if self._able is None:
            answer = await self._bus.call(PLACE, "GetCapabilities", wake=True)
            self._able = frozenset(word for word in answer[0] if isinstance(word, str)) if answer else frozenset()
        return self._able

    def _body(self, notice: Notice, able: frozenset[str]) -> tuple[Any, ...]:
        from dbus_fast import Variant

        # Clicking the notification itself is tried even where there are no buttons.
        actions = [_DEFAULT, APP_NAME]
        if "actions" in able:
            for action, words in notice.buttons:
                actions += [action, one_line(words, LONGEST_BUTTON)]
        hints = {
            "urgency": Variant("y", _CRITICAL if notice.urgent else _NORMAL),
            "desktop-entry": Variant("s", "foot-coach"),
        }
        hints |= (
            {"sound-name": Variant("s", _SOUND)} if notice.sound else {"suppress-sound": Variant("b", not notice.sound)}
        )
        title = one_line(notice.title, LONGEST_TITLE)
        text = paragraph(notice.text, markup="body-markup" in able)
        return APP_NAME, self._ids.get(notice.tag, 0), self._icon, title, text, actions, hints, -1

    def _after(self, heard: Any) -> Any:  # noqa: ANN401
        """Hear a signal only after the answer that came before it has been dealt with."""
        return lambda body: asyncio.get_running_loop().call_soon(heard, body)

    def _on_action(self, body: Sequence[Any]) -> None:
        tag = self._take(body, str)
        if tag is not None:
            # Some servers leave on the screen what was answered, such as dunst when its menu was used.
            self._leaving = asyncio.get_running_loop().create_task(self._take_down(body[0]))
            self._told(tag, OPEN if body[1] == _DEFAULT else body[1])

    async def _take_down(self, known: int) -> None:
        with contextlib.suppress(BusError, TimeoutError):  # most have closed it by then
            async with asyncio.timeout(LIMIT_S):
                await self._bus.call(PLACE, "CloseNotification", "u", known)

    def _on_closed(self, body: Sequence[Any]) -> None:
        tag = self._take(body, int)
        if tag is not None and body[1] != _BY_US:
            self._told(tag, GONE)

    def _take(self, body: Sequence[Any], kind: type) -> str | None:
        """The tag of the notification that a signal speaks of, which is answered by that; None for any other."""
        if len(body) < 2 or not isinstance(body[1], kind):
            return None
        tag = next((tag for tag, known in self._ids.items() if known == body[0]), None)
        if tag is not None:
            del self._ids[tag]
        return tag

    def _on_owner(self, body: Sequence[Any]) -> None:
        if len(body) == 3 and body[1]:  # there was one, so what it showed is gone
            self._forget_all()

    def _forget_all(self) -> None:
        tags, self._able = list(self._ids), None
        self._ids.clear()
        for tag in tags:
            self._told(tag, GONE)


def _sentence(error: BusError) -> str:
    if error.kind == UNREACHABLE:
        return NO_BUS
    absent = error.kind in _ABSENT or error.kind.startswith("org.freedesktop.DBus.Error.Spawn")
    return NO_SERVER if absent else REFUSED


if TYPE_CHECKING:
    from coach.desktop.notices import Service

    _fits: type[Service] = FreedesktopNotices
