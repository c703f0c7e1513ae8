"""One window per person: the lock decides, the local socket only says "show yourself".

A lock file in the data folder is taken over by itself when its owner was killed (stale time 0 looks at the owner, not
at the clock). The socket's name is a hash of the folder, so two people on one machine never meet.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal

from coach.errors import KnownError

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtNetwork import QLocalServer

LOCK_NAME = "coach.lock"
ANSWER_MS = 1000


class SingleWindow(QObject):
    """Holds the lock of one data folder and hears when a second start asks for the window."""

    show_requested = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = QLockFile(str(folder / LOCK_NAME))
        self._lock.setStaleLockTime(0)
        self._folder = folder
        self._server: QLocalServer | None = None

    def acquire(self) -> bool:
        """True when this process owns the folder; False when another one does and was asked to show itself.

        A folder that nobody can write to needs no owner: all that can be done with a diary there is to look at it.

        Raises:
            KnownError: nobody owns it, and it cannot be owned either.
        """
        if self.hold():
            return True
        self._raise_the_other()
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
        """Hear from now on when a second start asks for the window. Loads the network library: not before it shows."""
        from PySide6.QtNetwork import QLocalServer

        # Holding the lock, whatever socket is left over belongs to a process that is gone.
        QLocalServer.removeServer(self._name())
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._heard)
        if server.listen(self._name()):
            self._server = server

    def release(self) -> None:
        """Give the folder back."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()

    def _name(self) -> str:
        import hashlib

        return f"foot-coach-{hashlib.sha256(str(self._folder.resolve()).encode()).hexdigest()[:24]}"

    def _heard(self) -> None:
        if self._server is None:
            return
        while (socket := self._server.nextPendingConnection()) is not None:
            # The connection itself is the message; nothing that comes over it is read.
            socket.close()
            socket.deleteLater()
            self.show_requested.emit()

    def _raise_the_other(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name())
        socket.waitForConnected(ANSWER_MS)
        socket.close()
