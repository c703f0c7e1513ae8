"""Inside a Flatpak: the desktop is asked through its Background portal, and may ask the person.

The portal does not tell what it was told before, so its last answer is kept inside the sandbox, as the same file that
is written outside of one, and nothing is claimed to have been looked at.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coach.desktop.bus import BusError, Place, Signal
from coach.errors import KnownError

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence

    from coach.desktop.autostart.launch import Launch
    from coach.desktop.autostart.xdg import XdgAutostart
    from coach.desktop.bus import Bus
    from coach.desktop.loop import Loop
    from coach.services.reminding import AutostartState

PORTAL = Place("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Background")
RESPONSE = Signal(PORTAL.name, "org.freedesktop.portal.Request", "Response")
WAIT_S = 60.0
"""So long may the person think about it."""
REASON = "Foot Coach reminds you of your exercises."
ABSENT = "This desktop has no portal through which Foot Coach could ask to start at login."
LATE = "The desktop did not answer whether Foot Coach may start at login."
REFUSED = "The desktop did not let Foot Coach change whether it starts at login. It may be allowed in its settings."


class PortalAutostart:
    """`coach.services.ports.Autostart`; `switch` may take as long as the person does."""

    def __init__(self, launch: Launch, loop: Loop, session: Bus, memory: XdgAutostart, wait_s: float = WAIT_S) -> None:
        self._launch = launch
        self._loop = loop
        self._bus = session
        self._memory = memory
        self._wait_s = wait_s
        self._response: asyncio.Future[Sequence[Any]] | None = None
        session.listen(RESPONSE, self._heard)

    def state(self) -> AutostartState:
        """What the portal answered last."""
        return replace(self._memory.state(), checked=False)

    def switch(self, *, on: bool) -> AutostartState:
        """Ask the portal, and keep its answer; raises KnownError."""
        try:
            code, results = self._loop.ask(lambda: self._request(on=on), self._wait_s + 1)
        except BusError as error:
            raise KnownError(ABSENT) from error
        except TimeoutError as error:
            raise KnownError(LATE) from error
        answer = results.get("autostart") if isinstance(results, dict) else None
        if code != 0 or getattr(answer, "value", answer) is not on:
            raise KnownError(REFUSED)
        self._memory.switch(on=on)
        return self.state()

    async def _request(self, *, on: bool) -> tuple[Any, Any]:
        import asyncio

        from dbus_fast import Variant

        options = {
            "reason": Variant("s", REASON),
            "autostart": Variant("b", on),
            "commandline": Variant("as", list(self._launch.words)),
            "dbus-activatable": Variant("b", value=False),
        }
        self._response = asyncio.get_running_loop().create_future()
        async with asyncio.timeout(self._wait_s):
            await self._bus.call(PORTAL, "RequestBackground", "sa{sv}", "", options, wake=True)
            body = await self._response
        return (body[0], body[1]) if len(body) == 2 else (None, None)

    def _heard(self, body: Sequence[Any]) -> None:
        if self._response is not None and not self._response.done():
            self._response.set_result(body)


if TYPE_CHECKING:
    from coach.services.ports import Autostart

    _fits: type[Autostart] = PortalAutostart
