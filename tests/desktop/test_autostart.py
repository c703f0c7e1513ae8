"""Starting at login: what is written is what desktops read, and what is told is what is really there."""

from __future__ import annotations

import os
import plistlib
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.desktop.autostart import NoAutostart, launch, open_autostart
from coach.desktop.autostart.launch import Launch, how_started, profile_argument
from coach.desktop.autostart.macos import LABEL, MacAutostart
from coach.desktop.autostart.portal import ABSENT, LATE, PORTAL, REFUSED, RESPONSE, PortalAutostart
from coach.desktop.autostart.windows import APPROVED, NOT_INSTALLED, RUN, TOO_LONG, WindowsAutostart
from coach.desktop.autostart.xdg import (
    XdgAutostart,
    autostart_folder,
    command_line,
    desktop_entry,
    read_entry,
    words_in,
)
from coach.desktop.bus import Bus
from coach.desktop.paths import Profile, open_profile
from coach.errors import KnownError
from coach.services.reminding import AutostartState
from coach.services.servers import parse
from tests.desktop.peers import HANG, WAIT_S, peer, running_bus, running_loop

if TYPE_CHECKING:
    from collections.abc import Callable

ON, OFF = AutostartState(on=True), AutostartState(on=False)


@pytest.fixture
def program(tmp_path: Path) -> str:
    """A program that exists, with a name that needs care."""
    file = tmp_path / 'my "tools" & 100 % $HOME `x` \\ é' / "coach"
    file.parent.mkdir()
    file.write_text('#!/bin/sh\nfor word; do printf "%s\\n" "$word"; done > "$HOME/said"\n', encoding="utf-8")
    file.chmod(0o755)
    return str(file)


@pytest.fixture
def folder(home: Path) -> Path:
    """Where desktops look."""
    return autostart_folder(os.environ)


# how this program was started


def test_a_script_is_started_as_a_script(program: str) -> None:
    assert how_started(argv0=program) == Launch((program, "--hidden"))


def test_a_relative_script_is_named_in_full(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(program).parent)
    assert how_started(argv0="./coach").words[0] == program


def test_a_frozen_program_is_started_as_itself_and_an_image_as_its_file() -> None:
    assert how_started(frozen=True, executable="/opt/coach/coach", environ={}).words == ("/opt/coach/coach", "--hidden")
    image = how_started(frozen=True, executable="/tmp/.mount/coach", environ={"APPIMAGE": "/home/me/Coach.AppImage"})
    assert image.words == ("/home/me/Coach.AppImage", "--hidden")


@pytest.mark.parametrize("argv0", ["/x/coach/__main__.py", "/not/there/coach", "-c", "/usr/bin/pytest"])
def test_a_module_is_started_by_python_where_it_can_be_found(argv0: str) -> None:
    installed = how_started(argv0=argv0, executable="/v/python", package=Path("/v/site-packages/coach"))
    assert installed == Launch(("/v/python", "-m", "coach", "--hidden"))
    checkout = how_started(argv0=argv0, executable="/v/python", package=Path("/home/me/src/coach"))
    assert checkout == Launch(("/v/python", "-m", "coach", "--hidden"), Path("/home/me/src"))


def test_windows_gets_no_black_window_where_that_can_be(tmp_path: Path) -> None:
    there = tmp_path / "python.exe"
    loud = how_started(argv0="-c", executable=str(there), platform="win32")
    assert loud.words[0] == str(there)
    (tmp_path / "pythonw.exe").touch()
    assert how_started(argv0="-c", executable=str(there), platform="win32").words[0] == str(tmp_path / "pythonw.exe")


def test_a_sandbox_has_its_own_name_for_the_program() -> None:
    assert how_started("/data", sandboxed=True).words == ("coach", "--hidden", "--profile", "/data")


def test_the_profile_is_carried_over(tmp_path: Path, home: Path) -> None:
    assert profile_argument(open_profile(environ={})) == ""
    other = profile_argument(open_profile(tmp_path / "my data", environ={}))
    assert other == str(tmp_path / "my data")
    assert how_started(other, frozen=True, executable="c", environ={}).words == ("c", "--hidden", "--profile", other)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("postgresql://me@host/base?person=Ann%20B", "postgresql://me@host/base?person=Ann%20B"),
        ("postgresql://me@host/base?sslmode=require&person=B", "postgresql://me@host/base?sslmode=require&person=B"),
        ("postgresql://host/base", "postgresql://host/base"),
        ("postgresql://me:secret-4711@host/base?person=B", None),
        ("postgresql://me@host/base?password=secret-4711", None),
    ],
)
def test_an_address_with_a_password_is_not_written_down(tmp_path: Path, address: str, kept: str | None) -> None:
    profile = Profile(tmp_path, parse(address, {}))
    if kept is not None:
        assert profile_argument(profile) == kept
        return
    with pytest.raises(KnownError, match="password") as told:
        profile_argument(profile)
    assert "4711" not in str(told.value)
    with running_loop() as loop:
        found = open_autostart(profile, loop, Bus(loop), "linux")
    assert found.state().unavailable == str(told.value)
    assert found.switch(on=False).on is False
    with pytest.raises(KnownError, match="password"):
        found.switch(on=True)


def test_each_platform_has_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "winreg", FakeRegistry())
    profile = Profile(tmp_path)
    with running_loop() as loop:
        bus = Bus(loop)

        def kind(platform: str) -> type:
            return type(open_autostart(profile, loop, bus, platform))

        assert [kind(name) for name in ("linux", "win32", "darwin")] == [XdgAutostart, WindowsAutostart, MacAutostart]
        monkeypatch.setattr("coach.desktop.autostart.SANDBOX", tmp_path)
        assert kind("linux") is PortalAutostart
        assert not loop.running


# Linux desktops


def test_it_is_switched_on_and_off_and_looked_at_every_time(program: str, folder: Path) -> None:
    ours = XdgAutostart(Launch((program, "--hidden")), folder)
    file = folder / "foot-coach.desktop"
    assert ours.state() == OFF
    assert ours.switch(on=False) == OFF
    assert ours.switch(on=True) == ON
    assert ours.switch(on=True) == ON
    assert [path.name for path in folder.iterdir()] == ["foot-coach.desktop"]
    file.unlink()
    assert ours.state() == OFF
    ours.switch(on=True)
    Path(program).unlink()
    assert ours.state() == OFF
    assert ours.switch(on=False) == OFF
    assert not file.exists()


def test_it_cannot_be_on_without_a_program(folder: Path) -> None:
    with pytest.raises(KnownError, match="did not keep"):
        XdgAutostart(Launch(("/not/there", "--hidden")), folder).switch(on=True)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + "Hidden=true\n",
        lambda text: text + "X-GNOME-Autostart-enabled=false\n",
        lambda text: text.replace("--hidden", "--other"),
        lambda text: text.replace(" --hidden", ""),
        lambda text: text.replace("Type=Application", "Type=Link"),
        lambda text: text.replace("TryExec=", "TryExec=/not/there"),
        lambda text: text.replace("Exec=", "Exec=/usr/bin/env "),
        lambda text: text.replace("\nExec=", '\nExec="'),
        lambda text: text.replace("[Desktop Entry]", "[Another]"),
        lambda text: text + "Path=/\n",
        lambda _: "",
        lambda text: text + "#" * 70_000,
    ],
)
def test_an_entry_that_starts_nothing_or_something_else_is_off(
    program: str, folder: Path, change: Callable[[str], str]
) -> None:
    ours = XdgAutostart(Launch((program, "--hidden")), folder)
    ours.switch(on=True)
    file = folder / "foot-coach.desktop"
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
    assert ours.state() == OFF
    assert ours.switch(on=True) == ON  # and can be mended


def test_what_a_desktop_adds_does_not_matter(program: str, folder: Path) -> None:
    ours = XdgAutostart(Launch((program, "--hidden")), folder)
    ours.switch(on=True)
    file = folder / "foot-coach.desktop"
    text = file.read_text(encoding="utf-8").replace("\n", "\r\n") + (
        "X-GNOME-Autostart-enabled=true\nHidden=false\nName[de]=Fußtrainer\n# Hidden=true\n\n"
        "[Desktop Action x]\nHidden=true\nExec=other\n"
    )
    file.write_bytes(text.encode())
    assert ours.state() == ON


def test_a_copy_that_is_reached_by_a_link_is_the_same_program(program: str, folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(program)
    XdgAutostart(Launch((str(link), "--hidden")), folder).switch(on=True)
    assert XdgAutostart(Launch((program, "--hidden")), folder).state() == ON


def test_two_people_of_one_account_have_an_entry_each(program: str, folder: Path) -> None:
    usual = XdgAutostart(Launch((program, "--hidden")), folder)
    other = XdgAutostart(Launch((program, "--hidden", "--profile", "/o"), None, "/o"), folder)
    usual.switch(on=True)
    assert other.state() == OFF
    other.switch(on=True)
    usual.switch(on=False)
    assert other.state() == ON
    assert len(list(folder.iterdir())) == 1


def test_a_checkout_is_started_in_its_folder(program: str, folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "check out"
    place.mkdir()
    ours = XdgAutostart(Launch((program, "-m", "coach", "--hidden"), place), folder)
    assert ours.switch(on=True) == ON
    place.rmdir()
    assert ours.state() == OFF


@pytest.mark.parametrize("kind", ["folder", "device", "no room"])
def test_what_cannot_be_written_is_told_and_nothing_else_is_touched(program: str, folder: Path, kind: str) -> None:
    ours = XdgAutostart(Launch((program, "--hidden")), folder)
    file = folder / "foot-coach.desktop"
    if kind == "no room":
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.touch()
    else:
        folder.mkdir(parents=True)
    if kind == "folder":
        file.mkdir()
    elif kind == "device":
        file.symlink_to("/dev/null")
    assert ours.state() == OFF
    with pytest.raises(KnownError, match="starts at login"):
        ours.switch(on=True)
    if kind == "folder":
        with pytest.raises(KnownError, match="It is as it was"):
            ours.switch(on=False)
    assert Path("/dev/null").is_char_device()


def test_a_write_that_fails_leaves_what_was_there(program: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = folder / "foot-coach.desktop"
    folder.mkdir(parents=True)
    file.write_text("before", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(KnownError, match="the disk is full"):
        XdgAutostart(Launch((program, "--hidden")), folder).switch(on=True)
    assert file.read_text(encoding="utf-8") == "before"
    assert [path.name for path in folder.iterdir()] == ["foot-coach.desktop"]


@pytest.mark.parametrize(
    ("named", "used"), [("/c", "/c/autostart"), ("c", "~/.config/autostart"), ("", "~/.config/autostart")]
)
def test_fault_51_a_relative_folder_of_settings_is_ignored(home: Path, named: str, used: str) -> None:
    assert autostart_folder({"XDG_CONFIG_HOME": named} if named else {}) == Path(used).expanduser()


words = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1), min_size=1)


@given(words)
def test_any_command_is_read_back_as_it_was_written(command: list[str]) -> None:
    entry = read_entry(desktop_entry(Launch(tuple(command))))
    assert words_in(entry["Exec"])[-len(command) :] == command
    assert entry["Name"] == "Foot Coach"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("coach --hidden", ["coach", "--hidden"]),
        ('  "a b"   c ', ["a b", "c"]),
        (r'"\"\\\$\`"', ['"\\$`']),
        ("coach %U %% 100%%", ["coach", "%", "100%"]),
        ('"a"b', []),
        ('"a', []),
        ('a"b"', []),
        ("", []),
    ],
)
def test_commands_are_read_by_the_specification(line: str, found: list[str]) -> None:
    assert words_in(line) == found


def test_only_what_needs_it_is_quoted() -> None:
    assert command_line(("/usr/bin/coach", "--hidden", "a b", "50%")) == '/usr/bin/coach --hidden "a b" "50%%"'


@pytest.mark.skipif(sys.platform != "linux", reason="a desktop of Linux is asked")
def test_a_real_desktop_library_starts_the_program(program: str, folder: Path, home: Path) -> None:
    """GLib's own reader, which GNOME and others use, gets the very words, whatever is in them."""
    said = home / "said"
    os.mkfifo(said)
    assert "%" in program
    arguments = ("--hidden", "--profile", 'a "b" $HOME `c` \\d\\ 100 % é\tf')
    XdgAutostart(Launch((program, *arguments)), folder).switch(on=True)
    try:
        subprocess.run(["gio", "launch", str(folder / "foot-coach.desktop")], check=True, timeout=60)
    except FileNotFoundError:
        pytest.skip("gio is not installed here")
    assert said.read_text(encoding="utf-8").splitlines() == list(arguments)


# the portal of a sandbox


def portal_answers(code: int, results: dict[str, Any] | None) -> dict[str, Any]:
    return {"RequestBackground": ("o", f"{PORTAL.path}/request/1_2/t"), "code": code, "results": results}


def switched(answers: dict[str, Any], program: str, folder: Path, *, on: bool, wait_s: float = WAIT_S) -> Any:
    """Ours after it was switched, or the error; and what the portal was asked for."""
    from dbus_fast import Message, Variant

    with running_bus() as bus, running_loop() as loop, peer(bus.address, PORTAL.name, {}) as desktop:
        ours = PortalAutostart(
            Launch((program, "--hidden")),
            loop,
            Bus(loop, bus.address),
            XdgAutostart(Launch((program, "--hidden")), folder),
            wait_s,
        )
        asked: list[Any] = []

        def request(message: Message) -> tuple[str, str]:
            asked.append({name: value.value for name, value in message.body[1].items()})
            if answers.get("code") is not None:
                results = {name: Variant(*value) for name, value in (answers["results"] or {}).items()}
                path = answers["RequestBackground"][1]
                body = [answers["code"], results]
                signal = Message.new_signal(path, RESPONSE.interface, RESPONSE.member, "ua{sv}", body)
                assert desktop._bus is not None
                desktop._bus.send(signal)
            return answers["RequestBackground"]  # type: ignore[no-any-return]

        if "RequestBackground" in answers:
            desktop.answers["RequestBackground"] = request if answers["RequestBackground"] is not HANG else HANG
        try:
            return ours.switch(on=on), asked
        except KnownError as error:
            return str(error), ours.state()


def test_in_a_sandbox_the_portal_is_asked(program: str, folder: Path) -> None:
    answers = portal_answers(0, {"background": ("b", True), "autostart": ("b", True)})
    state, asked = switched(answers, program, folder, on=True)
    assert state == AutostartState(on=True, checked=False)
    assert asked == [
        {
            "reason": "Foot Coach reminds you of your exercises.",
            "autostart": True,
            "commandline": [program, "--hidden"],
            "dbus-activatable": False,
        }
    ]
    off, _ = switched(portal_answers(0, {"autostart": ("b", False)}), program, folder, on=False)
    assert off == AutostartState(on=False, checked=False)


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        (portal_answers(1, {}), REFUSED),
        (portal_answers(0, {"autostart": ("b", False)}), REFUSED),
        (portal_answers(0, {"autostart": ("s", "yes")}), REFUSED),
        (portal_answers(0, {}), REFUSED),
        ({}, ABSENT),
    ],
    ids=["cancelled", "not allowed", "nonsense", "nothing", "no portal"],
)
def test_a_portal_that_does_not_allow_it_is_told(program: str, folder: Path, answers: Any, why: str) -> None:
    told, state = switched(answers, program, folder, on=True)
    assert told == why
    assert state == AutostartState(on=False, checked=False)


@pytest.mark.parametrize("answers", [{"RequestBackground": HANG}, {**portal_answers(0, {}), "code": None}])
def test_a_portal_that_never_answers_is_not_waited_for(program: str, folder: Path, answers: Any) -> None:
    told, _ = switched(answers, program, folder, on=True, wait_s=0.1)
    assert told == LATE


# Windows


class FakeRegistry:
    """`winreg`, as far as it is used: the values of the keys by path; `broken` is raised by every change."""

    HKEY_CURRENT_USER = "HKCU"
    REG_SZ, KEY_SET_VALUE = 1, 2

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, object]] = {}
        self.broken: OSError | None = None

    class Key:
        """An open key."""

        def __init__(self, values: dict[str, object]) -> None:
            self.values = values

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            pass

    def OpenKey(self, root: str, path: str, reserved: int = 0, access: int = 0) -> Key:  # noqa: N802
        assert root == self.HKEY_CURRENT_USER
        if path not in self.keys:
            raise FileNotFoundError(2, "no key")
        return self.Key(self.keys[path])

    def CreateKeyEx(self, root: str, path: str) -> Key:  # noqa: N802
        if self.broken:
            raise self.broken
        return self.Key(self.keys.setdefault(path, {}))

    def QueryValueEx(self, key: Key, name: str) -> tuple[object, int]:  # noqa: N802
        if name not in key.values:
            raise FileNotFoundError(2, "no value")
        return key.values[name], self.REG_SZ

    def SetValueEx(self, key: Key, name: str, reserved: int, kind: int, value: object) -> None:  # noqa: N802
        assert kind == self.REG_SZ
        key.values[name] = value

    def DeleteValue(self, key: Key, name: str) -> None:  # noqa: N802
        if name not in key.values:
            raise FileNotFoundError(2, "no value")
        del key.values[name]


def test_windows_is_switched_on_and_off(program: str) -> None:
    registry = FakeRegistry()
    ours = WindowsAutostart(Launch((program, "--hidden", "--profile", "C:\\my data")), registry)
    assert ours.state() == OFF
    assert ours.switch(on=False) == OFF
    assert ours.switch(on=True) == ON
    command = registry.keys[RUN]["Foot Coach"]
    assert command == subprocess.list2cmdline([program, "--hidden", "--profile", "C:\\my data"])
    registry.keys[RUN]["Foot Coach"] = "other.exe"
    assert ours.state() == OFF
    assert ours.switch(on=True) == ON
    assert ours.switch(on=False) == OFF
    assert registry.keys[RUN] == {}


def test_the_task_manager_of_windows_is_listened_to_until_the_person_says_otherwise(program: str) -> None:
    registry = FakeRegistry()
    ours = WindowsAutostart(Launch((program, "--hidden")), registry)
    ours.switch(on=True)
    for note, state in ((b"\x03" + bytes(11), OFF), (b"\x02" + bytes(11), ON), (b"", ON), ("odd", ON)):
        registry.keys[APPROVED] = {"Foot Coach": note}
        assert ours.state() == state
    registry.keys[APPROVED] = {"Foot Coach": b"\x03"}
    assert ours.switch(on=True) == ON
    assert registry.keys[APPROVED] == {}


def test_windows_says_what_it_cannot(program: str, tmp_path: Path) -> None:
    registry = FakeRegistry()
    long = Launch((program, "--hidden", "--profile", "x" * 300))
    checkout = Launch((program, "-m", "coach", "--hidden"), tmp_path)
    for what, why in ((long, TOO_LONG), (checkout, NOT_INSTALLED)):
        ours = WindowsAutostart(what, registry)
        assert ours.state() == AutostartState(on=False, unavailable=why)
        with pytest.raises(KnownError) as told:
            ours.switch(on=True)
        assert str(told.value) == why
        assert ours.switch(on=False).on is False
    registry.broken = PermissionError(13, "denied")
    with pytest.raises(KnownError, match="permission is denied"):
        WindowsAutostart(Launch((program,)), registry).switch(on=True)


def test_a_program_that_is_gone_does_not_start_with_windows(program: str) -> None:
    ours = WindowsAutostart(Launch((program, "--hidden")), FakeRegistry())
    ours.switch(on=True)
    Path(program).unlink()
    assert ours.state() == OFF


# macOS

MAC_ON = AutostartState(on=True, checked=False)


def test_macos_is_switched_on_and_off(program: str, tmp_path: Path) -> None:
    folder = tmp_path / "LaunchAgents"
    ours = MacAutostart(Launch((program, "--hidden"), tmp_path), folder)
    assert ours.state() == OFF
    assert ours.switch(on=True) == MAC_ON
    file = folder / f"{LABEL}.plist"
    assert plistlib.loads(file.read_bytes()) == {
        "Label": LABEL,
        "ProgramArguments": [program, "--hidden"],
        "RunAtLoad": True,
        "ProcessType": "Interactive",
        "LimitLoadToSessionType": "Aqua",
        "WorkingDirectory": str(tmp_path),
    }
    assert ours.switch(on=False) == OFF
    assert not file.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"Disabled": True},
        {"RunAtLoad": False},
        {"ProgramArguments": ["other"]},
        {"ProgramArguments": [1]},
        {"ProgramArguments": "coach"},
        {"Label": "other"},
        {"WorkingDirectory": "/"},
    ],
)
def test_an_agent_that_does_something_else_is_off(program: str, tmp_path: Path, change: dict[str, object]) -> None:
    ours = MacAutostart(Launch((program, "--hidden")), tmp_path)
    ours.switch(on=True)
    file = tmp_path / f"{LABEL}.plist"
    file.write_bytes(plistlib.dumps(plistlib.loads(file.read_bytes()) | change))
    assert ours.state() == OFF
    assert ours.switch(on=True) == MAC_ON


@pytest.mark.parametrize("content", [b"", b"<plist", b"bplist00", plistlib.dumps(["a"]), b"\xff\xfe"])
def test_a_broken_agent_is_off(program: str, tmp_path: Path, content: bytes) -> None:
    (tmp_path / f"{LABEL}.plist").write_bytes(content)
    assert MacAutostart(Launch((program, "--hidden")), tmp_path).state() == OFF


def test_macos_says_what_it_cannot(program: str, tmp_path: Path) -> None:
    (tmp_path / "LaunchAgents").touch()
    ours = MacAutostart(Launch((program, "--hidden")), tmp_path / "LaunchAgents")
    with pytest.raises(KnownError, match="starts at login"):
        ours.switch(on=True)


def test_the_sentence_of_where_it_cannot_be_had() -> None:
    nowhere = NoAutostart("Because.")
    assert nowhere.state() == AutostartState(on=False, unavailable="Because.")
    assert launch.HIDDEN == "--hidden"
