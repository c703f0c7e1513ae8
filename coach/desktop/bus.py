"""A connection to a D-Bus message bus: made when it is first needed, made again after it was lost.

All methods belong to the thread of a `coach.desktop.loop.Loop`, and none limits its time: whoever calls does.
"""

from __future__ import annotations

import contextlib
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

    from coach.desktop.loop import Loop

log = logging.getLogger(__name__)
UNREACHABLE = "unreachable"


class BusError(Exception):
    """The bus or the program at its other end did not answer as asked; `kind` is D-Bus's name, or UNREACHABLE."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Place(NamedTuple):
    """An interface of an object of a program on the bus."""

    name: str
    path: str
    interface: str


class Signal(NamedTuple):
    """Signals to listen to; `first` narrows it to those whose first argument is this text."""

    sender: str
    interface: str
    member: str
    first: str = ""

    def rule(self) -> str:
        """As the bus wants to be told."""
        rule = f"type='signal',sender='{self.sender}',interface='{self.interface}',member='{self.member}'"
        return f"{rule},arg0='{self.first}'" if self.first else rule

    def fits(self, message: Message) -> bool:
        """Whether a message is one of these."""
        if message.interface != self.interface or message.member != self.member:
            return False
        return not self.first or list(message.body[:1]) == [self.first]


class Bus:
    """The session bus, the system bus, or the one at `address`."""

    def __init__(self, loop: Loop, address: str = "", *, system: bool = False) -> None:
        self._address = address
        self._system = system
        self._bus: MessageBus | None = None
        self._connecting: asyncio.Lock | None = None
        self._watching: asyncio.Task[None] | None = None
        self._matched = 0
        self._listeners: list[tuple[Signal, Callable[[Sequence[Any]], None]]] = []
        self._lost: list[Callable[[], None]] = []
        loop.at_stop(self.close)

    def listen(self, signal: Signal, heard: Callable[[Sequence[Any]], None]) -> None:
        """From the next call on, call `heard` with the body of each such signal."""
        self._listeners.append((signal, heard))

    def on_lost(self, lost: Callable[[], None]) -> None:
        """Call this whenever a connection ends."""
        self._lost.append(lost)

    async def call(
        self, place: Place, member: str, signature: str = "", *body: object, wake: bool = False
    ) -> list[Any]:
        """Call a method and return what it answers; `wake` starts a program that is not running. Raises BusError."""
        from dbus_fast import Message, MessageFlag

        bus = await self.connect()
        flags = MessageFlag.NONE if wake else MessageFlag.NO_AUTOSTART
        with _told():
            message = Message(*place, member, signature=signature, body=list(body), flags=flags)
            return _answer(await bus.call(message))

    async def get(self, place: Place, name: str) -> object:
        """A property, without its variant. Raises BusError."""
        where = Place(place.name, place.path, "org.freedesktop.DBus.Properties")
        answer = await self.call(where, "Get", "ss", place.interface, name)
        return getattr(answer[0], "value", None) if answer else None

    async def connect(self) -> MessageBus:
        """The connection, made where there is none. Raises BusError."""
        import asyncio

        if self._connecting is None:
            self._connecting = asyncio.Lock()
        async with self._connecting:
            with _told():
                if self._bus is None or not self._bus.connected:
                    self._bus, self._matched = await self._open(), 0
                while self._matched < len(self._listeners):
                    rule = self._listeners[self._matched][0].rule()
                    _answer(await self._bus.call(_match(rule)))
                    self._matched += 1
            return self._bus

    async def close(self) -> None:
        """End the connection; the next call makes a new one."""
        bus, self._bus = self._bus, None
        if bus is not None:
            bus.disconnect()
        if self._watching is not None:
            await self._watching

    async def _open(self) -> MessageBus:
        import asyncio

        from dbus_fast import BusType
        from dbus_fast.aio import MessageBus

        kind = BusType.SYSTEM if self._system else BusType.SESSION
        bus = await MessageBus(self._address or self._usual_address(), kind).connect()
        bus.add_message_handler(self._receive)
        self._watching = asyncio.get_running_loop().create_task(self._watch(bus))
        return bus

    def _usual_address(self) -> str | None:
        """Where systemd puts the session bus, if the environment does not tell; None leaves it to the library."""
        place = Path(os.environ.get("XDG_RUNTIME_DIR", ""), "bus")
        if self._system or os.environ.get("DBUS_SESSION_BUS_ADDRESS") or not place.is_socket():
            return None
        return f"unix:path={place}"

    async def _watch(self, bus: MessageBus) -> None:
        with contextlib.suppress(Exception):  # however it ended, it has
            wait: Callable[[], Awaitable[None]] = bus.wait_for_disconnect
            await wait()
        for lost in self._lost:
            lost()

    def _receive(self, message: Message) -> None:
        from dbus_fast import MessageType

        if message.message_type is not MessageType.SIGNAL:
            return
        for signal, heard in self._listeners:
            if signal.fits(message):
                try:
                    heard(message.body)
                except Exception:
                    log.exception("a signal %s could not be dealt with", signal.member)


def _match(rule: str) -> Message:
    """Asks the bus for signals; unlike the library's own way, for any that a rule can describe."""
    from dbus_fast import Message

    daemon = "org.freedesktop.DBus"
    return Message(daemon, "/org/freedesktop/DBus", daemon, "AddMatch", signature="s", body=[rule])


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Whatever goes wrong becomes a BusError, but running out of time and being cancelled."""
    try:
        yield
    except (BusError, TimeoutError):
        raise
    except Exception as error:
        raise BusError(UNREACHABLE) from error


def _answer(reply: Message | None) -> list[Any]:
    from dbus_fast import MessageType

    if reply is None:
        raise BusError(UNREACHABLE)
    if reply.message_type is MessageType.ERROR:
        raise BusError(reply.error_name or "")
    return list(reply.body)
