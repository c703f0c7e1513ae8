"""One window per person: the lock decides, the local sockets only say "show yourself" and "remind me now".

A lock file in the data folder is taken over by itself when its owner was killed (stale time 0 looks at the owner, not
at the clock). A socket's name is a hash of the folder, so two people on one machine never meet. To connect to it is
the whole message: nothing that comes over it is read.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal, SignalInstance

from coach.errors import KnownError

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtNetwork import QLocalServer

LOCK_NAME = "coach.lock"
ANSWER_MS = 1000
REMIND = "-remind"
"""What the name of the second socket ends with."""


class SingleWindow(QObject):
    """Holds the lock of one data folder and hears when somebody asks for the window, or to be reminded."""

    show_requested = Signal()
    remind_requested = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = QLockFile(str(folder / LOCK_NAME))
        self._lock.setStaleLockTime(0)
        self._folder = folder
        self._servers: list[QLocalServer] = []

    def acquire(self) -> bool:
        """True when this process owns the folder; False when another one does and was asked to show itself.

        A folder that nobody can write to needs no owner: all that can be done with a diary there is to look at it.

        Raises:
            KnownError: nobody owns it, and it cannot be owned either.
        """
        if self.hold():
            return True
        _knock(_name(self._folder))
        return False

    def hold(self) -> bool:
        """The same for somebody without a window: the owner, if there is one, is left in peace."""
        if self._lock.tryLock(0):
            with suppress(OSError):  # Qt leaves the rights to the umask; everything in the folder is its owner's alone
                (self._folder / LOCK_NAME).chmod(0o600)
            return True
        error = self._lock.error()
        if error is QLockFile.LockError.PermissionError and not os.access(self._folder, os.W_OK):
            return True
        if error is not QLockFile.LockError.LockFailedError:
            place = self._folder / LOCK_NAME
            raise KnownError(f"{place} cannot be made. Remove what stands there, or choose another folder.")
        return False

    def listen(self) -> None:
        """Hear from now on what others ask for. Loads the network library: not before the window shows."""
        self._listen(_name(self._folder), self.show_requested)
        self._listen(_name(self._folder) + REMIND, self.remind_requested)

    def release(self) -> None:
        """Give the folder back."""
        for server in self._servers:
            server.close()
        self._servers.clear()
        self._lock.unlock()

    def _listen(self, name: str, asked: SignalInstance) -> None:
        from PySide6.QtNetwork import QLocalServer

        # Holding the lock, whatever socket is left over belongs to a process that is gone.
        QLocalServer.removeServer(name)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)

        def hear() -> None:
            while (socket := server.nextPendingConnection()) is not None:
                socket.close()
                socket.deleteLater()
                asked.emit()

        server.newConnection.connect(hear)
        if server.listen(name):
            self._servers.append(server)


def ask_to_remind(folder: Path) -> bool:
    """Ask the window that has a folder open to remind at once; False where there is none."""
    return _knock(_name(folder) + REMIND)


def _name(folder: Path) -> str:
    import hashlib

    return f"foot-coach-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]}"


def _knock(name: str) -> bool:
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(name)
    heard = socket.waitForConnected(ANSWER_MS)
    socket.close()
    return heard
