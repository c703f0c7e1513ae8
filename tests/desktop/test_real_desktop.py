"""A real notification server, its buttons really pressed, and a real X server: what stand-ins cannot prove."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from coach.desktop.bus import Bus
from coach.desktop.notices import GONE, OPEN, DesktopNotices, desktop_notices
from coach.desktop.notices.freedesktop import NO_SERVER
from coach.desktop.notices.library import LibraryNotices, _notifier
from coach.desktop.paths import resources
from coach.desktop.surroundings.linux import LinuxComputer
from coach.desktop.surroundings.x11 import COOKIE, X11Error, connected
from coach.services.reminding import Notice
from tests.desktop.peers import WAIT_S, running_loop
from tests.desktop.test_notices import HOSTILE, NOTICE, Heard
from tests.desktop.test_x11 import HERE, authority
from tests.screen import missing_programs, notification_server, output, virtual_screen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coach.desktop.loop import Loop
    from coach.domain.reminders.delivery import Surroundings

MISSING = [*missing_programs(), *(name for name in ("dunst", "dunstctl") if shutil.which(name) is None)]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed here: {MISSING}")


@pytest.fixture(scope="module")
def screen() -> Iterator[dict[str, str]]:
    with virtual_screen() as environment:
        yield environment


@pytest.fixture
def loop() -> Iterator[Loop]:
    with running_loop() as running:
        yield running


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture(params=["ours", "the library"])
def notices(
    request: pytest.FixtureRequest,
    screen: dict[str, str],
    loop: Loop,
    heard: Heard,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[DesktopNotices]:
    """Both adapters: the one of Linux, and the one of other platforms, whose library speaks to Linux as well."""
    icon = resources() / "assets" / "app" / "icon-128.png"
    made: list[Any] = []

    def by_library(*what: Any) -> Any:
        made.append(_notifier(*what))
        return made[0]

    async def hang_up() -> None:  # as the library itself does not
        for library in made:
            library._backend.bus.disconnect()
            await library._backend.bus.wait_for_disconnect()

    loop.at_stop(hang_up)
    if request.param == "ours":
        ours = desktop_notices(loop, Bus(loop, screen["DBUS_SESSION_BUS_ADDRESS"]), icon)
    else:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", screen["DBUS_SESSION_BUS_ADDRESS"])
        ours = DesktopNotices(loop, lambda told: LibraryNotices(told, icon, by_library))
    ours._limit_s = WAIT_S
    ours.start(lambda tag, action: heard.answers.put((tag, action)), heard.failures.put)
    yield ours
    ours.stop()


def on_screen(environment: dict[str, str], count: int) -> None:
    """Come back when so many notifications are displayed."""
    for _ in range(2000):
        if output(environment, "dunstctl", "count", "displayed").strip() == str(count):
            return
    pytest.fail(f"there were never {count} notifications: {output(environment, 'dunstctl', 'debug')}")


def history(environment: dict[str, str]) -> list[dict[str, Any]]:
    """What dunst remembers of those that are gone, newest first."""
    return [
        {name: field["data"] for name, field in entry.items()}
        for entry in json.loads(output(environment, "dunstctl", "history"))["data"][0]
    ]


def test_the_button_of_a_real_notification_is_pressed(
    screen: dict[str, str], notices: DesktopNotices, heard: Heard
) -> None:
    with notification_server(screen, button="In 10 min"):
        notices.show(NOTICE)
        on_screen(screen, 1)
        output(screen, "dunstctl", "context")
        assert heard.answer() == ("morning", "later")
        assert heard.nothing()


def test_what_was_answered_in_a_menu_does_not_stay_on_the_screen(
    screen: dict[str, str], notices: DesktopNotices, heard: Heard, request: pytest.FixtureRequest
) -> None:
    if "library" in request.node.callspec.id:
        pytest.skip("other platforms have no such menus")
    with notification_server(screen, button="In 10 min"):
        notices.show(NOTICE)
        on_screen(screen, 1)
        output(screen, "dunstctl", "context")
        assert heard.answer() == ("morning", "later")
        on_screen(screen, 0)


def test_a_real_notification_is_clicked_with_the_mouse(
    screen: dict[str, str], notices: DesktopNotices, heard: Heard
) -> None:
    with notification_server(screen):
        notices.show(NOTICE)
        on_screen(screen, 1)
        output(screen, "xdotool", "mousemove", "60", "20", "click", "1")
        assert heard.answer() == ("morning", OPEN)


def test_a_real_notification_is_closed_replaced_and_withdrawn(
    screen: dict[str, str], notices: DesktopNotices, heard: Heard
) -> None:
    with notification_server(screen):
        notices.show(NOTICE)
        notices.show(Notice("evening", "In the evening", "Text"))
        notices.show(Notice("morning", "Once more", "Text"))
        on_screen(screen, 2)
        notices.withdraw("evening")
        on_screen(screen, 1)
        output(screen, "dunstctl", "close-all")
        assert heard.answer() == ("morning", GONE)
        assert heard.nothing()
        assert history(screen)[0]["summary"] == "Once more"


def test_fault_37_a_real_server_shows_hostile_words_as_they_are(
    screen: dict[str, str], notices: DesktopNotices, heard: Heard, request: pytest.FixtureRequest
) -> None:
    if "library" in request.node.callspec.id:
        pytest.skip("other platforms read no markup")
    with notification_server(screen):
        notices.show(Notice("tag", HOSTILE, HOSTILE, (("go", HOSTILE),)))
        on_screen(screen, 1)
        output(screen, "dunstctl", "close-all")
        assert heard.answer() == ("tag", GONE)
        assert history(screen)[0]["body"].startswith("&lt;b&gt;&amp;amp;&lt;/b&gt;\nשלום\nx")


def test_fault_36_a_real_server_is_killed_and_started_anew(screen: dict[str, str], loop: Loop, heard: Heard) -> None:
    ours = desktop_notices(loop, Bus(loop, screen["DBUS_SESSION_BUS_ADDRESS"]))
    ours._limit_s = WAIT_S
    ours.start(lambda tag, action: heard.answers.put((tag, action)), heard.failures.put)
    ours.show(NOTICE)
    assert heard.failure() == NO_SERVER
    with notification_server(screen) as server:
        ours.show(NOTICE)
        on_screen(screen, 1)
        server.kill()
        assert heard.answer() == ("morning", GONE)
    with notification_server(screen, button="Start"):
        ours.show(NOTICE)
        on_screen(screen, 1)
        output(screen, "dunstctl", "context")
        assert heard.answer() == ("morning", "start")
    ours.stop()


def look(screen: dict[str, str], loop: Loop) -> Surroundings:
    session = Bus(loop, screen["DBUS_SESSION_BUS_ADDRESS"])
    nowhere = Bus(loop, "unix:path=/nowhere", system=True)
    return LinuxComputer(loop, session, nowhere, screen, WAIT_S).surroundings()


def test_a_real_server_that_was_told_to_pause_is_respected(screen: dict[str, str], loop: Loop) -> None:
    with notification_server(screen):
        assert look(screen, loop).do_not_disturb is False
        output(screen, "dunstctl", "set-paused", "true")
        assert look(screen, loop).do_not_disturb is True


def idle_ms(screen: dict[str, str], loop: Loop) -> int:
    async def ask() -> int:
        async with connected(screen) as server:
            return await server.idle_ms()

    return loop.ask(ask, WAIT_S)


def test_a_real_x_server_tells_when_the_mouse_was_moved(screen: dict[str, str], loop: Loop) -> None:
    output(screen, "xdotool", "mousemove", "500", "500")
    before = idle_ms(screen, loop)
    while idle_ms(screen, loop) <= before:
        pass  # it grows by itself
    grown = idle_ms(screen, loop)
    while idle_ms(screen, loop) >= grown:  # until the movement has arrived
        output(screen, "xdotool", "mousemove", "510", "510", "mousemove", "500", "500")
    computer = LinuxComputer(loop, Bus(loop, "unix:path=/nowhere"), Bus(loop, "unix:path=/nowhere"), screen, WAIT_S)
    idle = computer.idle_s()
    assert idle is not None
    assert idle < 60
    wayland = LinuxComputer(
        loop, Bus(loop, "unix:path=/n"), Bus(loop, "unix:path=/n"), screen | {"WAYLAND_DISPLAY": "wayland-0"}, WAIT_S
    )
    assert wayland.idle_s() is None


WINDOW = """
import os, sys
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.showFullScreen() if sys.argv[1] == "full" else window.showNormal()
window.activateWindow()
app.exec()
"""


def filled(screen: dict[str, str], loop: Loop, told: bool) -> None:
    """Come back when this is told of the screen; while windows come and go it may be unknown."""
    for _ in range(2000):
        if look(screen, loop).full_screen is told:
            return
    pytest.fail(f"it was never told that a full screen is {told}")


@pytest.mark.parametrize(("state", "told"), [("full", True), ("normal", False)])
def test_a_real_window_that_fills_the_screen_is_seen(
    screen: dict[str, str], loop: Loop, state: str, told: bool
) -> None:
    filled(screen, loop, False)
    window = subprocess.Popen([sys.executable, "-c", WINDOW, state], env=screen)
    try:
        while output(screen, "xdotool", "getactivewindow", "getwindowpid").strip() != str(window.pid):
            assert window.poll() is None
        filled(screen, loop, told)
    finally:
        window.kill()
        window.wait()


def test_a_window_of_our_own_is_not_in_the_way(
    screen: dict[str, str], loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = subprocess.Popen([sys.executable, "-c", WINDOW, "full"], env=screen)
    try:
        filled(screen, loop, True)
        monkeypatch.setattr(os, "getpid", lambda: window.pid)
        filled(screen, loop, False)
    finally:
        window.kill()
        window.wait()


def test_a_real_x_server_that_wants_a_cookie_gets_it(home: Path, loop: Loop) -> None:
    cookie = bytes(range(16))
    file = home / "authority"
    file.write_bytes(authority(256, HERE, b"", COOKIE, cookie))
    read_end, write_end = os.pipe()
    command = ["Xvfb", "-displayfd", str(write_end), "-auth", str(file), "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[write_end], stderr=subprocess.DEVNULL)
    try:
        os.close(write_end)
        with open(read_end) as answer:  # noqa: PTH123 - a file descriptor, not a path
            display = f":{int(answer.readline())}"
        assert idle_ms({"DISPLAY": display, "XAUTHORITY": str(file)}, loop) >= 0
        wrong = home / "wrong"
        wrong.write_bytes(authority(256, HERE, b"", COOKIE, bytes(16)))
        with pytest.raises((X11Error, OSError)):
            idle_ms({"DISPLAY": display, "XAUTHORITY": str(wrong)}, loop)
    finally:
        server.terminate()
        server.wait()
