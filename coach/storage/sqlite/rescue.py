"""What can be done with a diary that is closed or cannot be opened: look into a backup, restore it, begin anew.

The order is always the same: all that can fail is done on a scratch file beside the diary, what stands in the diary's
place is made safe, and only then one rename decides. Whoever is interrupted finds the old state, the new one, or no
diary but its copies, which the next start tells and which leads back here.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import Damage, DamagedDiaryError, StorageError, os_reason
from coach.fsutil import sync_folder
from coach.services.keeping import Backup, BackupReason, Contents, Restored
from coach.storage import backups
from coach.storage.sqlite import aside, checks, file, making, merging, salvage, sealing, sidecar
from coach.storage.sqlite.faults import damage_of, primary_code, told
from coach.storage.sqlite.sealed import Opener

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.clock import Clock
    from coach.storage.sqlite.checks import Checked
    from coach.storage.sqlite.key import Key, KeySource

_NOTHING_LOST = "Nothing was changed. Choose another backup."
_NOT_THE_FILE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_NOMEM,
    }
)
"""Trouble that says nothing of what is in a file."""


class _State(Enum):
    """What stands in the diary's place."""

    NOTHING = auto()
    WHOLE = auto()
    DAMAGED = auto()
    NEWER = auto()
    SEALED = auto()  # encrypted, and its key is not known


class SqliteRescue:
    """`coach.services.ports.Rescue` for a folder whose lock the caller holds and whose diary nobody has open."""

    def __init__(self, folder: Path, clock: Clock, busy_s: float = file.BUSY_S, keys: KeySource | None = None) -> None:
        """`keys` knows the keys of encrypted files."""
        self._folder = folder
        self._clock = clock
        self._connect = Opener(folder, busy_s, keys)

    def backups(self) -> tuple[Backup, ...]:
        """All backups, newest first; looks at file names only."""
        return backups.listed(self._folder / backups.BACKUPS)

    def look_into(self, backup: Path) -> Contents:
        """Check a backup from end to end and say what it holds."""
        return self._checked(backup).contents

    def restore(self, backup: Path) -> Restored:
        """Put a backup in the diary's place.

        The diary as it was is backed up if it is whole; else it is put aside unchanged, and the entries that can still
        be read from it and are not in the backup are added. Of a newer version's diary nothing is added: what its
        entries mean is not known here; nor of an encrypted one whose key is not known. A history that was encrypted
        stays so, unless its key is not known.
        """
        revision = self._checked(backup).revision
        with self._told() as path:
            scratch = file.scratch_beside(path)
            try:
                making.copy_closed(backup, scratch, self._connect, file.access_to_check(backup))
                if checks.is_old(revision):
                    making.migrate(scratch, self._connect)
                    file.leave_log(scratch, self._connect)
                state = self._state(path)
                rescued = {}
                if state is _State.DAMAGED:
                    found = salvage.salvaged(path, merging.TABLES, self._connect)
                    rescued = merging.add_missing(scratch, found, self._connect)
                contents = checks.check(scratch, self._connect).contents
                key = self._keep_sealed(scratch)
                backups.sync(scratch)
                put_aside = self._replace(path, scratch, state)
                sidecar.settle(self._folder, key)
            finally:
                file.discard(scratch)
        return Restored(contents, backup, put_aside, rescued)

    def start_anew(self) -> Path | None:
        """Put what stands in the diary's place aside and make a new diary; says where the old one went."""
        with self._told() as path:
            went = self._put_aside(path)
            making.create(path, self._connect)
            sidecar.settle(self._folder, self._connect.key(path))
        return went

    def save_damaged(self, target: Path) -> None:
        """A copy of the damaged file for somebody who may repair it; its log, if there is one, goes beside the copy."""
        with self._told() as path:
            if path.is_dir() or not path.exists():
                raise StorageError(f"There is no file {path} that could be copied.")
        try:
            aside.copy_unchanged(path, target)
        except OSError as error:
            raise StorageError(f"No copy could be written to {target}: {os_reason(error)}.") from error

    def _replace(self, path: Path, scratch: Path, state: _State) -> Path | None:
        """Put the finished file in the diary's place; where what stood there went, if it was not a whole diary."""
        if state is _State.WHOLE:
            making.back_up(path, self._folder, BackupReason.RESTORE, self._clock.now(), self._connect)
            file.leave_log(path, self._connect)
            scratch.replace(path)
            sync_folder(path.parent)
            return None
        went = self._put_aside(path)
        if not file.put_in_place(scratch, path):
            raise StorageError(f"Another program made a diary at {path} at this very moment. Close it and try again.")
        return went

    def _keep_sealed(self, scratch: Path) -> Key | None:
        """Encrypt a restored copy where the diary was encrypted and its key is known; the key it has now."""
        key = self._connect.key(scratch)
        wanted = self._connect.key_of_new()
        if key is None and wanted is not None:
            sealing.rewrite(scratch, None, wanted, busy_s=0)
            return wanted
        return key

    def _put_aside(self, path: Path) -> Path | None:
        return aside.put_aside(path, self._folder / aside.DAMAGED, self._clock.now())

    def _state(self, path: Path) -> _State:
        """What stands in the diary's place; an error where that cannot be found out, or is not for us to move."""
        try:
            checked = checks.check(path, self._connect)
        except FileNotFoundError:
            return _State.NOTHING
        except DamagedDiaryError as error:
            return _State.SEALED if error.damage is Damage.SEALED else _State.DAMAGED
        except sqlite3.Error as error:
            if primary_code(error) in _NOT_THE_FILE:
                raise
            return _State.DAMAGED
        return _State.WHOLE if checks.is_known(checked.revision) else _State.NEWER

    def _checked(self, backup: Path) -> Checked:
        """A backup that can be restored; StorageError, before anything was touched, for any other."""
        if backup.is_dir():
            raise StorageError(f"{backup} is a folder, not a backup. {_NOTHING_LOST}")
        try:
            checked = checks.check(backup, self._connect)
            checks.require_known(checked.revision, backup, "")
        except OSError as error:
            raise StorageError(f"The backup {backup} cannot be read: {os_reason(error)}. {_NOTHING_LOST}") from error
        except (sqlite3.Error, DamagedDiaryError) as error:
            if damage_of(error) is Damage.SEALED:
                raise  # its passphrase opens it
            raise StorageError(f"{_why_not(backup, error)} {_NOTHING_LOST}") from error
        return checked

    @contextmanager
    def _told(self) -> Iterator[Path]:
        """The real path of the diary; whatever goes wrong there is told in words."""
        path = self._folder / file.FILE
        with told(path):
            yield Path(os.path.realpath(path))


def _why_not(backup: Path, error: Exception) -> str:
    match damage_of(error):
        case Damage.EMPTY:
            return f"The backup {backup} is empty."
        case Damage.FOREIGN:
            return f"{backup} is not a Foot Coach backup, or it is encrypted with another key."
        case Damage.NEWER:
            return f"The backup {backup} was made by a newer version of Foot Coach. Update Foot Coach to restore it."
        case Damage():
            return f"The backup {backup} is damaged."
    if isinstance(error, sqlite3.Error) and primary_code(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return f"The backup {backup} is in use by another program."
    return f"The backup {backup} cannot be read."


if TYPE_CHECKING:
    from coach.services.ports import Rescue

    _fits: type[Rescue] = SqliteRescue
