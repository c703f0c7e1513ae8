"""Asking an X server: only one of this computer, with the right cookie, and nonsense is no answer."""

from __future__ import annotations

import socket
import struct
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from coach.desktop.surroundings.x11 import COOKIE, X11Error, connected, cookie_for
from tests.desktop.peers import WAIT_S, running_loop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coach.desktop.loop import Loop


@pytest.fixture
def loop() -> Iterator[Loop]:
    with running_loop() as running:
        yield running


def authority(family: int, host: bytes, display: bytes, name: bytes, cookie: bytes) -> bytes:
    """An entry of the file of authorities."""
    fields = b"".join(struct.pack(">H", len(field)) + field for field in (host, display, name, cookie))
    return struct.pack(">H", family) + fields


HERE = socket.gethostname().encode()


def test_the_right_cookie_is_chosen_and_broken_files_have_none(home: Path) -> None:
    entries = [
        authority(256, b"another-computer", b"5", COOKIE, b"a"),
        authority(0, HERE, b"5", COOKIE, b"b"),
        authority(256, HERE, b"6", COOKIE, b"c"),
        authority(256, HERE, b"5", b"XDM-AUTHORIZATION-1", b"d"),
        authority(256, HERE, b"5", COOKIE, b"e"),
        authority(65535, b"", b"", COOKIE, b"f"),
    ]
    file = home / ".Xauthority"
    whole = b"".join(entries)
    file.write_bytes(whole)
    environ = {"HOME": str(home)}
    assert [cookie_for(number, environ) for number in ("5", "6", "7")] == [b"e", b"c", b"f"]
    for length in range(len(entries[0])):
        file.write_bytes(whole[:length])
        assert cookie_for("5", environ) == b""
    file.unlink()
    assert cookie_for("5", environ) == b""
    assert cookie_for("5", {"XAUTHORITY": "\0"}) == b""


SETUP = struct.pack("<BBHHH", 1, 0, 11, 0, 9) + bytes(20) + struct.pack("<BB", 1, 0) + bytes(10) + struct.pack("<I", 77)
ERROR = bytes([0, 3]) + bytes(30)
HUGE = struct.pack("<BxHI", 1, 0, 0xFFFFFFFF) + bytes(24)
EVENT = bytes([34]) + bytes(31)
NOTHING = struct.pack("<BxHI", 1, 0, 0) + bytes(24)
HERE_IT_IS = struct.pack("<BxHIBB", 1, 0, 0, 1, 140) + bytes(22)
IDLE = struct.pack("<BxHIIII", 1, 0, 0, 0, 0, 4711) + bytes(12)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (SETUP + EVENT + HERE_IT_IS + EVENT + IDLE, 4711),
        (SETUP + NOTHING, X11Error),
        (SETUP + ERROR, X11Error),
        (SETUP + HUGE, X11Error),
        (SETUP[:20], EOFError),
        (SETUP[:8] + bytes(36), EOFError),
        (b"\0" + SETUP[1:], X11Error),
        (b"\1" + bytes(7), X11Error),
        (b"", EOFError),
    ],
)
def test_nonsense_of_an_x_server_is_no_answer(
    loop: Loop, monkeypatch: pytest.MonkeyPatch, home: Path, answers: bytes, told: Any
) -> None:
    place = str(home / "X5")
    monkeypatch.setattr("coach.desktop.surroundings.x11.local_sockets", lambda _: (f"{place}-not", place))
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        listening.bind(place)
        listening.listen()
        asked = loop.submit(lambda: _idle({"DISPLAY": ":5"}))
        server, _ = listening.accept()
        with closing(server):
            server.sendall(answers)
            server.shutdown(socket.SHUT_WR)
            if isinstance(told, int):
                assert asked.result(WAIT_S) == told
            else:
                assert isinstance(asked.exception(WAIT_S), told)


async def _idle(environ: dict[str, str]) -> int:
    async with connected(environ) as server:
        return await server.idle_ms()


@pytest.mark.parametrize("display", ["", "elsewhere:0", ":", ":x", "192.0.2.1:0.0"])
def test_only_a_display_of_this_computer_is_asked(loop: Loop, display: str) -> None:
    with pytest.raises(X11Error):
        loop.ask(lambda: _idle({"DISPLAY": display}), WAIT_S)
