"""What goes on at the computer: told where it is told, unknown where it is absent, hanging or nonsense. Never late."""

from __future__ import annotations

import asyncio
import os
import struct
import threading
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest
from dbus_fast import Variant

from coach.desktop.bus import Bus
from coach.desktop.surroundings import any_of, idle_from, open_computer, typing_from
from coach.desktop.surroundings.linux import SAVERS, LinuxComputer, side_by_side
from coach.desktop.surroundings.macos import MacComputer
from coach.desktop.surroundings.processes import camera, output_of
from coach.desktop.surroundings.windows import WindowsComputer, _uses_in, flags_in, in_use
from coach.domain.reminders.delivery import Surroundings
from tests.desktop.peers import HANG, WAIT_S, peer, running_bus, running_loop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coach.desktop.loop import Loop
    from tests.desktop.peers import Daemon

NOTIFICATIONS = "org.freedesktop.Notifications"
MUTTER = "org.gnome.Mutter.IdleMonitor"
SAVER = "org.freedesktop.ScreenSaver"
UNKNOWN = Surroundings()


@pytest.fixture
def bus() -> Iterator[Daemon]:
    with running_bus() as daemon:
        yield daemon


@pytest.fixture
def loop() -> Iterator[Loop]:
    with running_loop() as running:
        yield running


async def no_camera() -> None:
    return None


@pytest.fixture
def bare(home: Path) -> dict[str, str]:
    """The environment of a desktop with nothing on it."""
    return {"HOME": str(home), "PATH": str(home / "bin"), "XDG_RUNTIME_DIR": str(home)}


def computer(loop: Loop, bus: Daemon, environ: Mapping[str, str], limit_s: float = WAIT_S) -> LinuxComputer:
    """Ours, with the bus of the test as both of its buses."""
    return LinuxComputer(
        loop, Bus(loop, bus.address), Bus(loop, bus.address, system=True), environ, limit_s, watch_camera=no_camera
    )


def program(environ: Mapping[str, str], name: str, script: str) -> None:
    """A program that the desktop would have."""
    folder = Path(environ["PATH"])
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


def test_fault_36_on_a_bare_computer_everything_is_unknown(bus: Daemon, loop: Loop, bare: dict[str, str]) -> None:
    ours = computer(loop, bus, bare)
    assert ours.surroundings() == UNKNOWN
    assert ours.idle_s() is None


def test_fault_36_without_any_bus_everything_is_unknown(loop: Loop, bare: dict[str, str]) -> None:
    nowhere = f"unix:path={bare['HOME']}/nothing"
    ours = LinuxComputer(loop, Bus(loop, nowhere), Bus(loop, nowhere), bare, WAIT_S, watch_camera=no_camera)
    assert ours.surroundings() == UNKNOWN


def test_a_lost_bus_is_found_again(loop: Loop, bare: dict[str, str]) -> None:
    with running_bus() as first:
        session = Bus(loop, first.address)
        ours = LinuxComputer(loop, session, session, bare, WAIT_S, watch_camera=no_camera)
        with peer(first.address, MUTTER, {"GetIdletime": ("t", 5000)}) as server:
            assert ours.idle_s() == 5.0
            server.flush()
            first.kill()
    assert ours.idle_s() is None
    with running_bus() as second, peer(second.address, MUTTER, {"GetIdletime": ("t", 7000)}):
        session._address = second.address
        assert ours.idle_s() == 7.0


TOLD: list[tuple[str, str, Any, str, bool | None]] = [
    (NOTIFICATIONS, "Inhibited", ("v", Variant("b", True)), "do_not_disturb", True),
    (NOTIFICATIONS, "Inhibited", ("v", Variant("b", False)), "do_not_disturb", False),
    (NOTIFICATIONS, "Inhibited", ("v", Variant("s", "yes")), "do_not_disturb", None),
    (NOTIFICATIONS, "Inhibited", ("",), "do_not_disturb", None),
    (NOTIFICATIONS, "Inhibited", ("i", 1), "do_not_disturb", None),
    (NOTIFICATIONS, "paused", ("v", Variant("b", True)), "do_not_disturb", True),
    (NOTIFICATIONS, "paused", ("v", Variant("u", 1)), "do_not_disturb", None),
    ("org.xfce.Xfconf", "GetProperty", ("v", Variant("b", True)), "do_not_disturb", True),
    ("org.xfce.Xfconf", "GetProperty", ("v", Variant("as", [])), "do_not_disturb", None),
    *((saver.name, "GetActive", ("b", True), "locked", True) for saver in SAVERS),
    (SAVER, "GetActive", ("b", False), "locked", False),
    (SAVER, "GetActive", ("s", "true"), "locked", None),
    ("org.freedesktop.login1", "LockedHint", ("v", Variant("b", True)), "locked", True),
    ("org.freedesktop.login1", "LockedHint", ("v", Variant("t", 1)), "locked", None),
    (MUTTER, "GetIdletime", ("t", 14_999), "typing", True),
    (MUTTER, "GetIdletime", ("t", 15_000), "typing", False),
    (MUTTER, "GetIdletime", ("t", 2**64 - 1), "typing", None),
    (MUTTER, "GetIdletime", ("s", "long"), "typing", None),
    (MUTTER, "GetIdletime", ("b", True), "typing", None),
    (MUTTER, "GetIdletime", ("",), "typing", None),
    (SAVER, "GetSessionIdleTime", ("u", 3), "typing", True),
    (SAVER, "GetSessionIdleTime", ("u", 40), "typing", False),
    (SAVER, "GetSessionIdleTime", ("u", 0), "typing", None),
    (SAVER, "GetSessionIdleTime", ("u", 2**32 - 1), "typing", None),
    (SAVER, "GetSessionIdleTime", ("s", "3"), "typing", None),
]
"""Name on the bus, member or property, answer, of what it tells, and what."""


@pytest.mark.parametrize(("name", "member", "answer", "kind", "told"), TOLD)
def test_what_a_program_on_the_bus_tells(
    bus: Daemon, loop: Loop, bare: dict[str, str], name: str, member: str, answer: Any, kind: str, told: bool | None
) -> None:
    with peer(bus.address, name, {member: answer}):
        found = computer(loop, bus, bare).surroundings()
    assert getattr(found, kind) is told
    assert all(getattr(found, other) in {None, False} for other in Surroundings.__slots__ if other != kind)


def test_kde_tells_its_idle_time_in_milliseconds(bus: Daemon, loop: Loop, bare: dict[str, str]) -> None:
    with peer(bus.address, (SAVER, "org.kde.screensaver"), {"GetSessionIdleTime": ("u", 40_000)}):
        assert computer(loop, bus, bare).idle_s() == 40.0


def test_gnome_is_believed_before_others(bus: Daemon, loop: Loop, bare: dict[str, str]) -> None:
    with (
        peer(bus.address, MUTTER, {"GetIdletime": ("t", 1000)}),
        peer(bus.address, SAVER, {"GetSessionIdleTime": ("u", 99)}),
    ):
        assert computer(loop, bus, bare).idle_s() == 1.0


ASKED = ("Inhibited", "paused", "GetActive", "GetIdletime", "GetSessionIdleTime", "LockedHint", "GetProperty")
HANGING = dict.fromkeys(ASKED, HANG)


def test_one_that_hangs_holds_up_none_of_the_others(bus: Daemon, loop: Loop, bare: dict[str, str]) -> None:
    others = (SAVER, MUTTER, "org.xfce.Xfconf", "org.freedesktop.login1")
    with peer(bus.address, others, HANGING), peer(bus.address, NOTIFICATIONS, {"Inhibited": ("v", Variant("b", True))}):
        found = computer(loop, bus, bare, limit_s=0.5).surroundings()
    assert found == Surroundings(do_not_disturb=True)


def test_a_bus_that_takes_the_call_and_says_nothing_is_not_waited_for(
    loop: Loop, bare: dict[str, str], home: Path
) -> None:
    import socket

    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(home / "silent"))
        silent.listen()
        session = Bus(loop, f"unix:path={home}/silent")
        ours = LinuxComputer(loop, session, session, bare, 0.2, watch_camera=no_camera)
        assert ours.surroundings() == UNKNOWN


def test_no_program_is_started_by_asking(bus: Daemon, loop: Loop, bare: dict[str, str]) -> None:
    from dbus_fast import MessageFlag

    flags = []

    def seen(message: Any) -> tuple[str, Variant]:
        flags.append(message.flags)
        return "v", Variant("b", False)

    with peer(bus.address, NOTIFICATIONS, {"Inhibited": seen}):
        computer(loop, bus, bare).surroundings()
    assert flags == [MessageFlag.NO_AUTOSTART]


@pytest.mark.parametrize(
    ("desktop", "script", "told"),
    [
        ("GNOME", "echo false", True),
        ("ubuntu:GNOME", "echo true", False),
        ("GNOME", "echo perhaps", None),
        ("GNOME", "exit 1", None),
        ("GNOME", "printf '\\377'", None),
        ("KDE", "echo false", None),
        ("", "echo false", None),
    ],
)
def test_gnome_says_whether_it_shows_banners(
    bus: Daemon, loop: Loop, bare: dict[str, str], desktop: str, script: str, told: bool | None
) -> None:
    environ = bare | {"XDG_CURRENT_DESKTOP": desktop}
    program(environ, "gsettings", script)
    assert computer(loop, bus, environ).surroundings().do_not_disturb is told


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("printf '12\\t1\\t48\\tPipeWire\\tfloat32le 1ch 48000Hz\\n'", True),
        ("true", False),
        ("echo Connection refused", None),
        ("exit 1", None),
        (None, None),
    ],
)
def test_pulse_says_whether_something_records(
    bus: Daemon, loop: Loop, bare: dict[str, str], script: str | None, told: bool | None
) -> None:
    (Path(bare["XDG_RUNTIME_DIR"]) / "pulse").mkdir()
    (Path(bare["XDG_RUNTIME_DIR"]) / "pulse" / "native").touch()
    if script is not None:
        program(bare, "pactl", script)
    assert computer(loop, bus, bare).surroundings().microphone is told


def test_no_sound_server_is_started_by_asking(bus: Daemon, loop: Loop, bare: dict[str, str]) -> None:
    program(bare, "pactl", f"touch {bare['HOME']}/asked")
    assert computer(loop, bus, bare).surroundings().microphone is None
    assert not (Path(bare["HOME"]) / "asked").exists()


def test_a_program_that_hangs_is_ended(loop: Loop, bare: dict[str, str]) -> None:
    pipe = Path(bare["HOME"]) / "number"
    os.mkfifo(pipe)
    program(bare, "pactl", f"echo $$ > {pipe}; exec /bin/sleep 600")

    async def end_it_when_it_runs() -> str:
        asking = asyncio.ensure_future(output_of(bare, "pactl"))
        number = await asyncio.to_thread(pipe.read_text)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        return number

    number = loop.ask(end_it_when_it_runs, WAIT_S).strip()
    assert number
    assert not Path(f"/proc/{number}/exe").exists()


def test_programs_of_the_system_do_not_get_our_libraries(bus: Daemon, loop: Loop, bare: dict[str, str]) -> None:
    environ = bare | {"PULSE_SERVER": "x", "LD_LIBRARY_PATH": "/bundle", "LD_LIBRARY_PATH_ORIG": "/own"}
    program(environ, "pactl", '[ "$LD_LIBRARY_PATH" = /own ] || exit 1')
    assert computer(loop, bus, environ).surroundings().microphone is False


def open_files(proc: Path, process: int, *targets: str) -> None:
    """What a program has open."""
    folder = proc / str(process) / "fd"
    folder.mkdir(parents=True)
    for number, target in enumerate(targets):
        (folder / str(number)).symlink_to(target)


def test_a_camera_that_a_program_has_open_is_seen(tmp_path: Path) -> None:
    proc, sandbox = tmp_path / "proc", tmp_path / "sandbox"
    assert asyncio.run(camera(proc, sandbox)) is None
    (proc / "self").mkdir(parents=True)
    (proc / "4").mkdir()  # nothing of it can be read
    open_files(proc, 5, "/dev/null", "/dev/video", "/home/me/dev/video0", "/dev/video0 (deleted)", "socket:[4711]")
    open_files(proc, os.getpid(), "/dev/video0")
    assert asyncio.run(camera(proc, sandbox)) is False
    open_files(proc, 6, "/dev/null", "/dev/video12")
    assert asyncio.run(camera(proc, sandbox)) is True
    sandbox.touch()
    assert asyncio.run(camera(proc, sandbox)) is None


def test_the_cameras_of_this_computer_are_looked_for_in_time(loop: Loop) -> None:
    assert loop.ask(camera, WAIT_S) in {True, False, None}


def test_a_search_for_cameras_is_ended_with_the_rest(loop: Loop) -> None:
    ended = threading.Event()

    async def endless() -> object:
        try:
            for _ in count():
                await asyncio.sleep(0)
        finally:
            ended.set()
        return True

    async def fail() -> object:
        raise asyncio.CancelledError

    probes = {("camera", "a"): endless, ("camera", "b"): fail, ("camera", "c"): no_camera}
    assert loop.ask(lambda: side_by_side(probes, 0.05), WAIT_S) == {("camera", "c"): None}
    assert ended.is_set()


@pytest.mark.parametrize(
    ("value", "per_second", "seconds"),
    [(0, 1, 0.0), (1500, 1000, 1.5), (2.5, 1, 2.5), (-1, 1, None), (float("nan"), 1, None), (float("inf"), 1, None)]
    + [(value, 1, None) for value in (True, "5", None, b"5", [5], 2**32 - 1)],
)
def test_idle_time_is_a_number_of_seconds_that_can_be(value: object, per_second: int, seconds: float | None) -> None:
    assert idle_from(value, per_second) == seconds


def test_answers_are_put_together() -> None:
    assert any_of([None, False, True, None]) is True
    assert any_of([None, False, 1, "yes"]) is False
    assert any_of([None, 1, "yes"]) is None
    assert typing_from(None) is None


def test_each_platform_has_its_own(loop: Loop) -> None:
    bus = Bus(loop)
    kinds = {name: type(open_computer(loop, bus, bus, name)) for name in ("linux", "win32", "darwin", "freebsd14")}
    assert kinds == {
        "linux": LinuxComputer,
        "win32": WindowsComputer,
        "darwin": MacComputer,
        "freebsd14": LinuxComputer,
    }


# Windows and macOS, with a stand-in for their functions


class FakeWindows:
    """`Api`; each answer may be an exception."""

    def __init__(self, **answers: Any) -> None:
        usual = {
            "last_input": 1000,
            "tick": 21_000,
            "notification_state": 5,
            "session_flags": 1,
            "webcam": (),
            "microphone": (),
        }
        self.answers: dict[str, Any] = usual | answers

    def _say(self, name: str) -> Any:
        answer = self.answers[name]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def last_input(self) -> int:
        return int(self._say("last_input"))

    def tick(self) -> int:
        return int(self._say("tick"))

    def notification_state(self) -> int:
        return int(self._say("notification_state"))

    def session_flags(self) -> int:
        return int(self._say("session_flags"))

    def uses(self, device: str) -> Iterator[tuple[int, int]]:
        return iter(self._say(device))


QUIET_WINDOWS = Surroundings(False, False, False, False, False, False)


@pytest.mark.parametrize(
    ("answers", "changed"),
    [
        ({}, {}),
        ({"notification_state": 2}, {"full_screen": True}),
        ({"notification_state": 3}, {"full_screen": True}),
        ({"notification_state": 4}, {"full_screen": True, "do_not_disturb": True}),
        ({"notification_state": 6}, {"do_not_disturb": True}),
        ({"notification_state": 7}, {"full_screen": True}),
        ({"notification_state": 1}, {"full_screen": None, "do_not_disturb": None}),
        ({"notification_state": 99}, {"full_screen": None, "do_not_disturb": None}),
        ({"notification_state": OSError()}, {"full_screen": None, "do_not_disturb": None}),
        ({"session_flags": 0}, {"locked": True}),
        ({"session_flags": -1}, {"locked": None}),
        ({"session_flags": AttributeError()}, {"locked": None}),
        ({"webcam": ((5, 9), (7, 0))}, {"camera": True}),
        ({"webcam": ((5, 9), (0, 0))}, {"camera": False}),
        ({"microphone": ((7, 0),)}, {"microphone": True}),
        ({"microphone": FileNotFoundError()}, {"microphone": None}),
        ({"last_input": 20_000}, {"typing": True}),
        ({"last_input": 2**32 - 1000, "tick": 500}, {"typing": True}),
        ({"tick": OSError()}, {"typing": None}),
    ],
)
def test_what_windows_tells(answers: dict[str, Any], changed: dict[str, bool | None]) -> None:
    import dataclasses

    found = WindowsComputer(FakeWindows(**answers)).surroundings()
    assert found == dataclasses.replace(QUIET_WINDOWS, **changed)  # type: ignore[arg-type]


def test_elsewhere_than_on_windows_its_functions_are_unknown() -> None:
    assert WindowsComputer().surroundings() == UNKNOWN
    assert MacComputer().surroundings() == UNKNOWN


def test_the_flags_of_a_windows_session_stand_behind_its_number_and_state() -> None:
    assert flags_in(struct.pack("<IxxxxIIi8x", 1, 2, 0, 1)) == 1
    assert flags_in(struct.pack("<IxxxxIIi", 1, 2, 0, 0)) == 0
    for wrong in (struct.pack("<IxxxxIIi", 2, 2, 0, 0), b"", b"\1\0\0\0"):
        with pytest.raises((OSError, struct.error)):
            flags_in(wrong)


class Key(dict[str, Any]):
    """A key of a registry, by name: another key or a value."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


class FakeRegistry:
    """`winreg`, as far as it is read here."""

    HKEY_CURRENT_USER = Key()

    def OpenKey(self, key: Key, name: str) -> Key:  # noqa: N802
        for part in name.split("\\"):
            key = self.QueryValueEx(key, part)[0]
        return key

    def QueryInfoKey(self, key: Key) -> tuple[int]:  # noqa: N802
        return (len(key),)

    def EnumKey(self, key: Key, number: int) -> str:  # noqa: N802
        return list(key)[number]

    def QueryValueEx(self, key: Key, name: str) -> tuple[Any, int]:  # noqa: N802
        try:
            return key[name], 0
        except KeyError:
            raise FileNotFoundError from None


def test_windows_lists_who_uses_a_camera() -> None:
    registry = FakeRegistry()
    programs = Key(call=Key(LastUsedTimeStart=5, LastUsedTimeStop=0), NonPackaged=Key(), odd=Key(LastUsedTimeStart="x"))
    registry.HKEY_CURRENT_USER = Key(webcam=programs)
    uses = list(_uses_in(registry, "webcam"))
    assert uses == [(5, 0), (0, 1), (0, 1)]
    assert in_use(iter(uses))
    with pytest.raises(OSError):  # noqa: PT011
        list(_uses_in(registry, "microphone"))


class FakeMac:
    """`Api`."""

    def __init__(self, since: Any, locked: Any) -> None:
        self.since, self.is_locked = since, locked

    def since_input(self) -> float:
        if isinstance(self.since, Exception):
            raise self.since
        return self.since  # type: ignore[no-any-return]

    def locked(self) -> bool | None:
        if isinstance(self.is_locked, Exception):
            raise self.is_locked
        return self.is_locked  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("since", "locked", "found"),
    [
        (3.5, False, Surroundings(locked=False, typing=True)),
        (300.0, True, Surroundings(locked=True, typing=False)),
        (-1.0, None, UNKNOWN),
        (float("nan"), "yes", UNKNOWN),
        (OSError(), AttributeError(), UNKNOWN),
    ],
)
def test_what_macos_tells(since: Any, locked: Any, found: Surroundings) -> None:
    assert MacComputer(FakeMac(since, locked)).surroundings() == found
