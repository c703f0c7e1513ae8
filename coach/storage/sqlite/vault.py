"""Who knows the keys: the passphrases that were given in this run, and the computer's keyring.

Imports hardly anything until a diary turns out to be encrypted, because it is made at every start.
"""

from __future__ import annotations

import hmac
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import KnownError, StorageError
from coach.storage.sqlite import driver, file

if TYPE_CHECKING:
    from coach.clock import Clock
    from coach.services.keeping import Backup, SealChange, SealState
    from coach.services.ports import KeyStore
    from coach.storage.sqlite.key import Key

_LOG = logging.getLogger(__name__)
WRONG = "This passphrase is not the right one. Nothing was changed."
FORGOTTEN = (
    "If it is forgotten, nobody can open the diary: not you, not we. "
    "Restore from an unencrypted export or backup, or begin a new diary; the encrypted file is kept."
)
_LINGERS = (
    "Deleted contents may linger on the disk for a while, out of reach of this program. "
    "Only encrypting the whole disk helps against that."
)


class SqliteVault:
    """`coach.services.ports.Vault` for the diary of a folder; used by one thread at a time."""

    def __init__(
        self, folder: Path, clock: Clock, keyring: KeyStore, passphrase: str = "", unavailable: str = ""
    ) -> None:
        """`passphrase` is one that was given beforehand, and is tried on whatever is encrypted.

        `unavailable` is a sentence on why there is nothing here to encrypt, as where the diary is on a server.
        """
        self._unavailable = unavailable
        self._folder = folder
        self._clock = clock
        self._keyring = keyring
        self._offered = passphrase
        self._keys: dict[bytes, Key] = {}
        self._no_keyring: str | None = None

    # --- knowing keys -----------------------------------------------------------------------------------------------

    def known(self, salt: bytes) -> Key | None:
        """The key of a file, if it was given in this run; asks nobody."""
        if salt not in self._keys and self._offered:
            key = self._derive(self._offered, salt)
            if not self._is_wrong(key):
                self._keys[salt] = key
        return self._keys.get(salt)

    def key_of_diary(self) -> Key | None:
        """The key of the diary, None of a plain one; asks nobody, and may be asked while the diary is open."""
        from coach.storage.sqlite import sidecar

        entry = sidecar.current(self._folder)
        if entry is None and not self._folder.exists():  # gone while it was in use: better a key too many than none
            return next(iter(self._keys.values()), None)
        return self.known(entry.salt) if entry else None

    def key_for(self, salt: bytes) -> Key | None:
        """The key of a file: given in this run, else from the keyring; a wrong one if that is all that was given."""
        key = self.known(salt) or self._remembered(salt)
        return self._derive(self._offered, salt) if key is None and self._offered else key

    def offer(self, passphrase: str) -> None:
        """Try this passphrase on whatever is encrypted from now on."""
        self._offered = passphrase

    def _remembered(self, salt: bytes) -> Key | None:
        from coach.storage.sqlite import sidecar
        from coach.storage.sqlite.key import Key

        entry = sidecar.find(self._folder, salt)
        if entry is not None and not entry.remembered:
            return None
        try:
            secret = self._keyring.get(salt.hex())
            key = Key(bytes.fromhex(secret), salt) if secret else None
        except (KnownError, ValueError) as error:
            _LOG.info("the keyring has no key: %s", type(error).__name__)
            return None
        if key is None or self._is_wrong(key):
            return None
        self._keys[salt] = key
        return key

    def _is_wrong(self, key: Key) -> bool:
        """Whether the file beside the diary knows better."""
        from coach.storage.sqlite import sidecar

        entry = sidecar.find(self._folder, key.salt)
        return entry is not None and not hmac.compare_digest(entry.check, key.check)

    def _derive(self, passphrase: str, salt: bytes) -> Key:
        from coach.storage.sqlite.key import derive

        return derive(passphrase, salt)

    # --- the port ---------------------------------------------------------------------------------------------------

    def state(self) -> SealState:
        """How things stand; tells of the diary by the file beside it, because it may be open."""
        from coach.services.keeping import SealState
        from coach.storage.sqlite import sidecar

        if self._unavailable:
            return SealState(sealed=False, unavailable=self._unavailable)
        entry = sidecar.current(self._folder)
        headers = [file.header(path) for path in self._backups()]
        installed = driver.installed()
        if installed and self._no_keyring is None:
            self._no_keyring = self._keyring.trouble()  # once: it may take its time
        return SealState(
            sealed=entry is not None,
            remembered=entry is not None and entry.remembered,
            unavailable="" if installed else driver.MISSING,
            no_keyring=self._no_keyring or "",
            open_backups=headers.count(file.PLAIN),
            sealed_backups=len(headers) - headers.count(file.PLAIN),
        )

    def fits(self, passphrase: str) -> bool:
        """Whether this is the passphrase of the diary, which may be open."""
        return self._current(passphrase) is not None

    def unlock(self, passphrase: str, *, remember: bool) -> str | None:
        """Open the way to a closed diary; None when the passphrase is wrong, else what went wrong beside it, or ""."""
        from coach.storage.sqlite.faults import told
        from coach.storage.sqlite.sealed import fits

        path = Path(os.path.realpath(self._folder / file.FILE))
        with told(path):
            salt = file.header(path)
            if salt == file.PLAIN:
                return ""
            key = self._derive(passphrase, salt)
            if not fits(path, self._folder, key):
                return None
        self._keys[salt] = key
        return self._keep(key) if remember else ""

    def seal(self, passphrase: str, *, remember: bool, backups_too: bool) -> SealChange:
        """Back up, then encrypt the diary, and the backups as well if asked."""
        from coach.storage.sqlite.key import new_salt
        from coach.storage.sqlite.sealing import seal

        if self._unavailable:
            raise StorageError(self._unavailable)
        key = self._derive(passphrase, new_salt())
        backup = seal(self._folder, key, self._clock.now())
        self._keys[key.salt] = key
        return self._finish(backup, key, remember=remember, backups_too=backups_too)

    def unseal(self, passphrase: str, *, backups_too: bool) -> SealChange:
        """Back up, then decrypt the diary, and the backups as well if asked."""
        from coach.storage.sqlite.sealing import unseal

        key = self._require(passphrase)
        backup = unseal(self._folder, key, self._clock.now())
        return self._finish(backup, None, remember=False, backups_too=backups_too)

    def change(self, old: str, new: str, *, remember: bool, backups_too: bool) -> SealChange:
        """Back up, then encrypt the diary with another passphrase."""
        from coach.storage.sqlite.key import new_salt
        from coach.storage.sqlite.sealing import change_key

        before = self._require(old)
        key = self._derive(new, new_salt())
        backup = change_key(self._folder, before, key, self._clock.now())
        self._keys[key.salt] = key
        return self._finish(backup, key, remember=remember, backups_too=backups_too)

    def remember(self, *, on: bool) -> None:
        """Hand the key of the open diary to the keyring, or take it out of there."""
        from coach.storage.sqlite import sidecar

        entry = sidecar.current(self._folder)
        if entry is None:
            return
        if not on:
            self._keyring.forget(entry.salt.hex())
            self._note(entry.salt, remembered=False)
        elif key := self.known(entry.salt):
            self._keyring.put(entry.salt.hex(), key.raw.hex())
            self._note(entry.salt, remembered=True)

    # --- parts ------------------------------------------------------------------------------------------------------

    def _current(self, passphrase: str) -> Key | None:
        """The key of the diary if this is its passphrase; told by the file beside it, because it may be open."""
        from coach.storage.sqlite import sidecar

        entry = sidecar.current(self._folder)
        key = self._derive(passphrase, entry.salt) if entry else None
        return None if key is None or self._is_wrong(key) else key

    def _require(self, passphrase: str) -> Key:
        key = self._current(passphrase)
        if key is None:
            raise StorageError(WRONG)
        self._keys[key.salt] = key
        return key

    def _finish(self, backup: Backup, key: Key | None, *, remember: bool, backups_too: bool) -> SealChange:
        """What comes after the diary itself, of which nothing may undo it: backups, keyring, what is left to say."""
        from coach.services.keeping import SealChange
        from coach.storage.sqlite.sealing import Rewritten, rewrite_backups

        said = []
        rewritten = rewrite_backups(self._folder, self.key_for, key) if backups_too else Rewritten(0, ())
        if rewritten.left:
            said.append(f"{len(rewritten.left)} backups could not be rewritten and are as they were.")
        said += self._what_remains(key)
        said.append(self._keep(key) if key is not None and remember else "")
        self._forget_unused(key)
        return SealChange(backup, rewritten.done, tuple(sentence for sentence in said if sentence))

    def _what_remains(self, key: Key | None) -> list[str]:
        headers = [file.header(path) for path in self._backups()]
        plain = headers.count(file.PLAIN)
        other = sum(header not in {file.PLAIN, key.salt if key else file.PLAIN} for header in headers)
        said = []
        if key is not None:
            said.append(
                f"{_backups_are(plain)} not encrypted: whoever gets at the files can read them." if plain else ""
            )
            said.append(f"{_backups_are(other)} opened with the passphrase from before." if other else "")
            said.append("Exports made so far, and files that were put aside, are not encrypted.")
            said.append(_LINGERS)
        elif other:
            said.append(f"{_backups_are(other)} still encrypted, with the passphrase from before.")
        return said

    def _keep(self, key: Key) -> str:
        """Hand a key to the keyring; what went wrong, or nothing."""
        try:
            self._keyring.put(key.salt.hex(), key.raw.hex())
            self._note(key.salt, remembered=True)
        except KnownError as error:
            return f"{error} The passphrase will be asked for."
        return ""

    def _note(self, salt: bytes, *, remembered: bool) -> None:
        from coach.storage.sqlite import sidecar
        from coach.storage.sqlite.faults import told

        with told(self._folder / file.SIDECAR):
            if key := self.known(salt):
                sidecar.add(self._folder, key, remembered=remembered)

    def _forget_unused(self, key: Key | None) -> None:
        """Let go of keys that no file needs any more; the diary is as it shall be whether this works or not."""
        from coach.storage.sqlite import sidecar

        kept = [*self._backups(), *self._put_aside()]
        needed = {file.header(path) for path in kept} | ({key.salt} if key else set())
        try:
            for entry in sidecar.read(self._folder):
                if entry.salt not in needed and entry.remembered:
                    self._keyring.forget(entry.salt.hex())
            sidecar.keep(self._folder, needed, key.salt if key else None)
        except (KnownError, OSError) as error:
            _LOG.info("a key that is not needed any more was not forgotten: %s", type(error).__name__)

    def _backups(self) -> list[Path]:
        from coach.storage import backups

        return [backup.path for backup in backups.listed(self._folder / backups.BACKUPS)]

    def _put_aside(self) -> list[Path]:
        from coach.storage.sqlite.aside import DAMAGED

        return [path for path in (self._folder / DAMAGED).glob("*.sqlite3") if path.is_file()]


def _backups_are(number: int) -> str:
    return "1 backup is" if number == 1 else f"{number} backups are"


if TYPE_CHECKING:
    from coach.services.ports import Vault

    _fits: type[Vault] = SqliteVault
