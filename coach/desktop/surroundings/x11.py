"""Idle time and full screen from an X server, in the few requests of its protocol that this takes.

Not through libX11: that ends the whole process when a window goes away between two questions or the server does not
answer, and its handlers for that belong to Qt. Only servers of this computer are asked.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import struct
from pathlib import Path
from typing import TYPE_CHECKING

from coach.desktop.display import local_sockets

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping

COOKIE = b"MIT-MAGIC-COOKIE-1"
_LOCAL, _ANY_FAMILY = 256, 65535
_BAD_WINDOW = 3
_LONGEST = 1 << 20
"""Bytes of an answer; more would be nonsense."""


class X11Error(Exception):
    """The X server is not there, refused, or answered with nonsense."""


class GoneError(X11Error):
    """The window is not there any more."""


class XServer:
    """A connection; made by `connected`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.root = 0

    async def idle_ms(self) -> int:
        """Milliseconds since the last key or movement of the mouse, by the MIT-SCREEN-SAVER extension."""
        opcode = await self._extension(b"MIT-SCREEN-SAVER")
        answer = await self._ask(struct.pack("<BBHI", opcode, 1, 2, self.root))
        return int(struct.unpack_from("<I", answer, 16)[0])

    async def full_screen(self) -> bool | None:
        """Whether the active window fills the screen, one of this process aside; None without a window manager."""
        if not await self._numbers(self.root, await self._atom(b"_NET_SUPPORTING_WM_CHECK")):
            return None
        active = await self._numbers(self.root, await self._atom(b"_NET_ACTIVE_WINDOW"))
        try:
            return await self._fills(active[0]) if active and active[0] else False
        except GoneError:  # and some managers go on naming it
            return False

    async def _fills(self, window: int) -> bool:
        wanted = await self._atom(b"_NET_WM_STATE_FULLSCREEN")
        states = await self._numbers(window, await self._atom(b"_NET_WM_STATE"))
        if not wanted or wanted not in (states or ()):
            return False
        owner = await self._numbers(window, await self._atom(b"_NET_WM_PID"))
        return owner != [os.getpid()]

    async def greet(self, cookie: bytes) -> None:
        """Introduce ourselves and learn where the screen begins."""
        name = COOKIE if cookie else b""
        head = struct.pack("<BxHHHHxx", ord("l"), 11, 0, len(name), len(cookie))
        self._writer.write(head + _padded(name) + _padded(cookie))
        agreed, length = struct.unpack("<B5xH", await self._reader.readexactly(8))
        rest = await self._reader.readexactly(length * 4)
        if agreed != 1 or len(rest) < 32:
            raise X11Error("refused")
        vendor, formats = struct.unpack_from("<H", rest, 16)[0], rest[21]
        place = 32 + vendor + -vendor % 4 + 8 * formats
        if len(rest) < place + 4:
            raise X11Error("no screen")
        self.root = struct.unpack_from("<I", rest, place)[0]

    async def _atom(self, name: bytes) -> int:
        """The number of a name, 0 where nobody has used it yet."""
        request = struct.pack("<BBHHxx", 16, 1, 2 + (len(name) + 3) // 4, len(name)) + _padded(name)
        return int(struct.unpack_from("<I", await self._ask(request), 8)[0])

    async def _extension(self, name: bytes) -> int:
        request = struct.pack("<BxHHxx", 98, 2 + (len(name) + 3) // 4, len(name)) + _padded(name)
        present, opcode = struct.unpack_from("<BB", await self._ask(request), 8)
        if not present:
            raise X11Error("no such extension")
        return int(opcode)

    async def _numbers(self, window: int, name: int) -> list[int] | None:
        """A property of 32-bit numbers, None where the window has none."""
        if not name:
            return None
        answer = await self._ask(struct.pack("<BBHIIIII", 20, 0, 6, window, name, 0, 0, 256))
        width, count = answer[1], struct.unpack_from("<I", answer, 16)[0]
        if width != 32 or len(answer) < 32 + 4 * count:
            return None
        return list(struct.unpack_from(f"<{count}I", answer, 32))

    async def _ask(self, request: bytes) -> bytes:
        self._writer.write(request)
        while True:
            head = await self._reader.readexactly(32)
            if head[0] == 0:
                raise GoneError if head[1] == _BAD_WINDOW else X11Error(f"error {head[1]}")
            if head[0] == 1:
                length = struct.unpack_from("<I", head, 4)[0] * 4
                if length > _LONGEST:
                    raise X11Error("nonsense")
                return head + await self._reader.readexactly(length)
            # Anything else is an event that the server sends to everybody.


@contextlib.asynccontextmanager
async def connected(environ: Mapping[str, str] = os.environ) -> AsyncIterator[XServer]:
    """A connection to the display of this environment. Raises X11Error, OSError or EOFError."""
    host, _, rest = environ.get("DISPLAY", "").rpartition(":")
    number = rest.split(".")[0]
    if host not in {"", "unix"} or not number.isdigit():
        raise X11Error("no display of this computer")
    reader, writer = await _open(number)
    try:
        server = XServer(reader, writer)
        await server.greet(cookie_for(number, environ))
        yield server
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


async def _open(number: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    trouble: OSError | None = None
    for path in local_sockets(number):
        try:
            return await asyncio.open_unix_connection(path)
        except OSError as error:
            trouble = error
    raise trouble or X11Error("no display of this computer")


def cookie_for(number: str, environ: Mapping[str, str]) -> bytes:
    """What the file of authorities holds for this display; empty where it has nothing, which may do."""
    try:
        file = Path(environ.get("XAUTHORITY") or Path(environ.get("HOME", "/"), ".Xauthority"))
        content = file.read_bytes()
    except (OSError, ValueError):
        return b""
    here = socket.gethostname().encode(errors="replace")
    for family, host, display, name, cookie in _entries(content):
        ours = family == _ANY_FAMILY or (family == _LOCAL and host == here)
        if ours and display in {b"", number.encode()} and name == COOKIE:
            return cookie
    return b""


def _entries(content: bytes) -> Iterator[tuple[int, bytes, bytes, bytes, bytes]]:
    """Family, host, display, name and cookie of each entry; a file that breaks off ends there."""
    place = 0
    with contextlib.suppress(struct.error):
        while place < len(content):
            family = struct.unpack_from(">H", content, place)[0]
            place += 2
            fields = []
            for _ in range(4):
                length = struct.unpack_from(">H", content, place)[0]
                fields.append(content[place + 2 : place + 2 + length])
                place += 2 + length
            yield family, fields[0], fields[1], fields[2], fields[3]


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)
