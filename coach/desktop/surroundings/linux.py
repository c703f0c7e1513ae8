"""Linux: message buses, the X server, `/proc` and small programs of the desktop.

On Wayland nobody tells which window fills the screen. Idle time is told by GNOME; KDE and wlroots tell it only to
programs that speak Wayland's ext-idle-notify, which this one does not, so there it is unknown.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from coach.desktop.bus import Place
from coach.desktop.surroundings import LIMIT_S, any_of, idle_from, typing_from
from coach.domain.reminders.delivery import Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Mapping

    from coach.desktop.bus import Bus
    from coach.desktop.loop import Loop

    Probe = Callable[[], Coroutine[Any, Any, object]]

MUTTER = Place("org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core", "org.gnome.Mutter.IdleMonitor")
NOTIFICATIONS = Place(
    "org.freedesktop.Notifications", "/org/freedesktop/Notifications", "org.freedesktop.Notifications"
)
DUNST = NOTIFICATIONS._replace(interface="org.dunstproject.cmd0")
XFCONF = Place("org.xfce.Xfconf", "/org/xfce/Xfconf", "org.xfce.Xfconf")
SAVERS = tuple(
    Place(f"org.{who}.ScreenSaver", f"/org/{who}/ScreenSaver", f"org.{who}.ScreenSaver")
    for who in ("gnome", "freedesktop", "cinnamon", "mate", "xfce")
)
SESSION = Place("org.freedesktop.login1", "/org/freedesktop/login1/session/auto", "org.freedesktop.login1.Session")
_DAEMON = Place("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
_SLACK_S = 1.0
"""For handing the question over to the loop's thread and the answer back."""


class LinuxComputer:
    """`coach.services.ports.Computer`."""

    def __init__(
        self,
        loop: Loop,
        session: Bus,
        system: Bus,
        environ: Mapping[str, str] = os.environ,
        limit_s: float = LIMIT_S,
        watch_camera: Probe | None = None,
    ) -> None:
        self._loop = loop
        self._session = session
        self._system = system
        self._environ = environ
        self._limit_s = limit_s
        self._camera = watch_camera

    def surroundings(self) -> Surroundings:
        """What may be in the way of a reminder; None for what cannot be known."""
        found = self._find(self._idle() | self._disturb() | self._locked() | self._others())

        def of(kind: str) -> Iterable[object]:
            return (value for (name, _), value in found.items() if name == kind)

        return Surroundings(
            full_screen=any_of(of("full screen")),
            do_not_disturb=any_of(of("disturb")),
            locked=any_of(of("locked")),
            camera=any_of(of("camera")),
            microphone=any_of(of("microphone")),
            typing=typing_from(_idle_of(found)),
        )

    def idle_s(self) -> float | None:
        """Seconds since the last key or mouse movement, None where nobody tells."""
        return _idle_of(self._find(self._idle()))

    def _find(self, probes: dict[tuple[str, str], Probe]) -> dict[tuple[str, str], object]:
        try:
            return self._loop.ask(lambda: side_by_side(probes, self._limit_s), self._limit_s + _SLACK_S)
        except TimeoutError:
            return {}

    def _idle(self) -> dict[tuple[str, str], Probe]:
        return {
            ("idle", "mutter"): lambda: _first(self._session.call(MUTTER, "GetIdletime")),
            ("idle", "x11"): self._x11_idle,
            ("idle", "saver"): self._saver_idle,
        }

    def _disturb(self) -> dict[tuple[str, str], Probe]:
        from coach.desktop.surroundings.processes import banners_off

        return {
            ("disturb", "inhibited"): lambda: self._session.get(NOTIFICATIONS, "Inhibited"),
            ("disturb", "dunst"): lambda: self._session.get(DUNST, "paused"),
            ("disturb", "gnome"): lambda: banners_off(self._environ),
            ("disturb", "xfce"): lambda: _first(
                self._session.call(XFCONF, "GetProperty", "ss", "xfce4-notifyd", "/do-not-disturb")
            ),
        }

    def _locked(self) -> dict[tuple[str, str], Probe]:
        def asked(saver: Place) -> Probe:
            return lambda: _first(self._session.call(saver, "GetActive"))

        probes: dict[tuple[str, str], Probe] = {("locked", saver.name): asked(saver) for saver in SAVERS}
        return probes | {("locked", "logind"): lambda: self._system.get(SESSION, "LockedHint")}

    def _others(self) -> dict[tuple[str, str], Probe]:
        from coach.desktop.surroundings.processes import camera, microphone

        return {
            ("full screen", "x11"): self._full_screen,
            ("camera", "proc"): self._camera or camera,
            ("microphone", "pulse"): lambda: microphone(self._environ),
        }

    @property
    def _on_x11(self) -> bool:
        """Whether the X server sees all; under Wayland it sees only what its own few programs do."""
        wayland = self._environ.get("WAYLAND_DISPLAY") or self._environ.get("XDG_SESSION_TYPE") == "wayland"
        return bool(self._environ.get("DISPLAY")) and not wayland

    async def _x11_idle(self) -> object:
        from coach.desktop.surroundings.x11 import connected

        if not self._on_x11:
            return None
        async with connected(self._environ) as server:
            return idle_from(await server.idle_ms(), 1000)

    async def _full_screen(self) -> bool | None:
        from coach.desktop.surroundings.x11 import connected

        if not self._on_x11:
            return None
        async with connected(self._environ) as server:
            return await server.full_screen()

    async def _saver_idle(self) -> object:
        """Seconds, but KDE says milliseconds; and 0 from one that does not know (KDE on Wayland)."""
        value = await _first(self._session.call(SAVERS[1], "GetSessionIdleTime"))
        kde = await _first(self._session.call(_DAEMON, "NameHasOwner", "s", "org.kde.screensaver"))
        return idle_from(value, 1000 if kde is True else 1) or None


async def side_by_side(probes: Mapping[tuple[str, str], Probe], limit_s: float) -> dict[tuple[str, str], object]:
    """The answers that came in time. What failed is left out, and what is late is ended."""
    import asyncio

    tasks = {key: asyncio.ensure_future(probe()) for key, probe in probes.items()}
    done, late = await asyncio.wait(tasks.values(), timeout=limit_s)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    well = {task for task in done if not task.cancelled() and task.exception() is None}
    return {key: task.result() for key, task in tasks.items() if task in well}


async def _first(answer: Coroutine[Any, Any, list[Any]]) -> object:
    """The first value of an answer, without its variant."""
    values = await answer
    return getattr(values[0], "value", values[0]) if values else None


def _idle_of(found: Mapping[tuple[str, str], object]) -> float | None:
    """The one to be trusted most of those that tell."""
    for seconds in (
        idle_from(found.get(("idle", "mutter")), 1000),
        idle_from(found.get(("idle", "x11"))),
        idle_from(found.get(("idle", "saver"))),
    ):
        if seconds is not None:
            return seconds
    return None


if TYPE_CHECKING:
    from coach.services.ports import Computer

    _fits: type[Computer] = LinuxComputer
