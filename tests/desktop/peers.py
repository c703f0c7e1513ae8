"""A message bus of the test's own, and programs on it that answer as the test says, or not at all."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from dbus_fast import Message, MessageType, NameFlag
from dbus_fast.aio import MessageBus

from coach.desktop.loop import Loop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

WAIT_S = 20.0
"""How long something that must come may take on a very busy machine."""
HANG = object()
"""An answer that never comes."""
UNKNOWN = "org.freedesktop.DBus.Error.UnknownMethod"


class Daemon:
    """A bus that can be killed."""

    def __init__(self) -> None:
        command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().strip()

    def kill(self) -> None:
        """End it as a crash would."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


@contextmanager
def running_bus() -> Iterator[Daemon]:
    """A bus for as long as it is needed."""
    daemon = Daemon()
    try:
        yield daemon
    finally:
        daemon.kill()


@contextmanager
def running_loop() -> Iterator[Loop]:
    """The thread that speaks to the desktop, ended afterwards."""
    loop = Loop()
    try:
        yield loop
    finally:
        loop.stop()
        assert not loop.running


class Peer:
    """A program with a name on the bus. `answers` gives for a member, or a property, (signature, value), HANG or ''.

    Its calls stand in `calls`, as (member, body).
    """

    def __init__(self, address: str, names: tuple[str, ...], answers: Mapping[str, Any]) -> None:
        self.answers = dict(answers)
        self.calls: SimpleQueue[tuple[str, list[Any]]] = SimpleQueue()
        self._address = address
        self._loop = Loop("peer")
        self._bus: MessageBus | None = None
        self._leaving = False
        self._loop.ask(lambda: self._open(names), WAIT_S)

    async def _open(self, names: tuple[str, ...]) -> None:
        self._bus = await MessageBus(self._address).connect()
        self._bus.add_message_handler(self._handle)
        for name in names:
            await self._bus.request_name(name, NameFlag.NONE)

    def _handle(self, message: Message) -> Message | bool | None:
        if message.message_type is not MessageType.METHOD_CALL:
            return None
        if self._leaving:
            return True
        key = message.body[1] if message.member == "Get" else message.member
        self.calls.put((str(key), list(message.body)))
        answer: Any = self.answers.get(str(key))
        if answer is HANG:
            return True
        if answer is None:
            return Message.new_error(message, UNKNOWN, "no such thing")
        signature, *values = answer(message) if callable(answer) else answer
        return Message.new_method_return(message, signature, values)

    def emit(self, path: str, interface: str, member: str, signature: str, *body: object) -> None:
        """Send a signal to everybody."""

        async def emit() -> None:
            assert self._bus is not None
            await self._bus.send(Message.new_signal(path, interface, member, signature, list(body)))

        self._loop.ask(emit, WAIT_S)

    def flush(self) -> None:
        """Come back when every answer so far has left."""

        async def ask() -> None:
            assert self._bus is not None
            daemon = "org.freedesktop.DBus"
            await self._bus.call(Message(daemon, "/org/freedesktop/DBus", daemon, "GetId"))

        self._loop.ask(ask, WAIT_S)

    def stop(self) -> None:
        """Leave the bus."""

        async def leave() -> None:
            self._leaving = True
            if self._bus is not None and self._bus.connected:
                self._bus.disconnect()
                wait: Callable[[], Any] = self._bus.wait_for_disconnect
                await wait()

        self._loop.ask(leave, WAIT_S)
        self._loop.stop()


@contextmanager
def peer(address: str, name: str | tuple[str, ...], answers: Mapping[str, Any]) -> Iterator[Peer]:
    """A program on the bus for as long as it is needed."""
    program = Peer(address, (name,) if isinstance(name, str) else name, answers)
    try:
        yield program
    finally:
        program.stop()
