"""Notifications of Windows and macOS, through desktop-notifier.

On macOS the system delivers them only for a signed application bundle, and what a person answers only while the main
thread runs an event loop, as Qt's does. On Windows nobody is told when a notification runs out unanswered.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Any

from coach.desktop.notices import APP_NAME, GONE, OPEN, REFUSED, NoticeError
from coach.desktop.notices.words import LONGEST_BUTTON, LONGEST_TITLE, one_line, paragraph

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coach.desktop.notices import Told
    from coach.services.reminding import Notice

NOWHERE = "This computer has no notifications for a program that is started like this one."
NOT_ALLOWED = "Notifications of Foot Coach are turned off in this computer's settings."


class LibraryNotices:
    """`coach.desktop.notices.Service`."""

    def __init__(self, told: Told, icon: Path | None = None, make: Callable[[str, Any], Any] | None = None) -> None:
        """`make(name, icon)` gives a DesktopNotifier; it raises where the computer has none."""
        self._told = told
        self._icon = icon
        self._make = make or _notifier
        self._notifier: Any = None
        self._allowed: asyncio.Task[bool] | None = None
        self._ids: dict[str, str] = {}

    async def show(self, notice: Notice) -> None:
        """Show it in the place of the one with its tag. Raises NoticeError."""
        from desktop_notifier import DEFAULT_SOUND, Button, Notification, Urgency

        notifier = await self._ready()
        await self.withdraw(notice.tag)
        sent: list[bool] = []

        def answer(action: str) -> Callable[[], None]:
            return lambda: self._answered(notice.tag, notification.identifier, action)

        notification = Notification(
            title=one_line(notice.title, LONGEST_TITLE),
            message=paragraph(notice.text, markup=False),
            urgency=Urgency.Critical if notice.urgent else Urgency.Normal,
            buttons=tuple(
                Button(one_line(words, LONGEST_BUTTON), answer(action), action) for action, words in notice.buttons
            ),
            on_clicked=answer(OPEN),
            on_dismissed=answer(GONE),
            on_dispatched=lambda: sent.append(True),
            sound=DEFAULT_SOUND if notice.sound else None,
        )
        self._ids[notice.tag] = notification.identifier
        await notifier.send_notification(notification)
        if not sent:  # the library swallows what went wrong
            self._ids.pop(notice.tag, None)
            raise NoticeError(REFUSED)

    async def withdraw(self, tag: str) -> None:
        """Take it away, if it is there."""
        known = self._ids.pop(tag, None)
        if known is not None:
            with contextlib.suppress(Exception):  # it may have gone by itself
                await self._notifier.clear(known)

    async def close(self) -> None:
        """Take all away."""
        for tag in list(self._ids):
            await self.withdraw(tag)

    async def _ready(self) -> Any:  # noqa: ANN401
        from desktop_notifier import Capability

        if self._notifier is None:
            # It logs each failure with a trace; we tell it once, in a sentence.
            logging.getLogger("desktop_notifier").setLevel(logging.CRITICAL)
            self._notifier = self._make(APP_NAME, self._icon)
        if Capability.TITLE not in await self._notifier.get_capabilities():
            raise NoticeError(NOWHERE)
        if self._allowed is None:
            self._allowed = asyncio.ensure_future(self._notifier.request_authorisation())
        # The system may ask the person, who may take minutes: the question stands, but nobody waits for it.
        if not await asyncio.shield(self._allowed):
            self._allowed = None  # they may change their mind
            raise NoticeError(NOT_ALLOWED)
        return self._notifier

    def _answered(self, tag: str, identifier: str, action: str) -> None:
        """A late answer to one that was replaced or withdrawn does not count."""
        if self._ids.get(tag) == identifier:
            del self._ids[tag]
            self._told(tag, action)


def _notifier(name: str, icon: Path | None) -> Any:  # noqa: ANN401
    from desktop_notifier import DesktopNotifier, Icon

    return DesktopNotifier(name, Icon(path=icon) if icon else None)


if TYPE_CHECKING:
    from coach.desktop.notices import Service

    _fits: type[Service] = LibraryNotices
