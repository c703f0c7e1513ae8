"""Where things are: the program's own files, and the folder that holds everything of one person.

Of a person whose diary is on a server, settings, log and what belongs to this screen still stand in a folder here.
"""

from __future__ import annotations

import errno
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import KnownError, os_reason
from coach.fsutil import check_writable, make_private_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.services.servers import Address

APP_FOLDER = "foot-coach"
DIARY = "diary.sqlite3"
"""The name of the diary, as `coach.storage.sqlite.file` has it; known here so that a start need not import that."""
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
PROFILE_VARIABLE = "COACH_PROFILE"
ON_SERVERS = "people-on-servers"
_PACKAGE = Path(__file__).resolve().parent.parent


def resources() -> Path:
    """The folder that holds `assets/` and `exercises/`.

    In a checkout that is its top level, in an installed wheel `coach/_data`, in a frozen bundle either that or the
    bundle's own root. KnownError if none of them has the files.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    candidates = [_PACKAGE / "_data", *([Path(bundle)] if bundle else []), _PACKAGE.parent]
    for folder in candidates:
        if (folder / "exercises").is_dir() and (folder / "assets").is_dir():
            return folder
    raise KnownError(f"Foot Coach's own files are missing beside {_PACKAGE}. Install the program again.")


@dataclass(frozen=True, slots=True)
class Profile:
    """The folder of one person, and what stands where in it.

    With a `server` the diary is there. If that names no person yet, `data` is the folder of all people on it, and `of`
    gives the profile of one of them.
    """

    data: Path
    server: Address | None = None

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.data / "settings.toml"

    @property
    def lock_folder(self) -> Path:
        """Where the lock stands: beside the real diary, so that two folders that share one by a link share its lock."""
        return Path(os.path.realpath(self.data / DIARY)).parent

    @property
    def logs(self) -> Path:
        """The folder of the log files."""
        return self.data / "logs"

    @property
    def is_chosen(self) -> bool:
        """Whether it is known whose profile this is."""
        return self.server is None or bool(self.server.person)

    @property
    def everybody(self) -> Profile:
        """The same server without a person."""
        if self.server is None or not self.server.person:
            return self
        return Profile(self.data.parent, self.server.of(""))

    @property
    def newest_settings(self) -> Path:
        """The settings file that was changed last by anybody on this server; its own, missing one where none was."""
        found = sorted(self.data.glob(f"*/{self.settings.name}"), key=lambda path: path.stat().st_mtime)
        return found[-1] if found else self.settings

    def of(self, person: str) -> Profile:
        """The profile of a person on this server; the folder is made where missing. KnownError as `open_profile`."""
        from coach.services.servers import schema_of

        if self.server is None:
            raise ValueError("a profile in a folder is of one person already")
        return Profile(_open_folder(self.data / schema_of(person)), self.server.of(person))


def open_profile(chosen: str | Path | None = None, environ: Mapping[str, str] = os.environ) -> Profile:
    """The profile that `--profile` names, else COACH_PROFILE, else the platform's place for data; made where missing.

    A folder that holds a diary but cannot be written to will do: the diary can be looked at.

    Raises:
        KnownError: it cannot be made or written to; the sentence names the folder and what to do.
    """
    named = chosen or environ.get(PROFILE_VARIABLE, "").strip()
    if isinstance(named, str) and "://" in named:
        return _on_server(named, environ)
    return Profile(_open_folder(named))


def _on_server(named: str, environ: Mapping[str, str]) -> Profile:
    from coach.services.servers import is_address, parse

    if not is_address(named):
        raise KnownError(
            "--profile names a folder, or a PostgreSQL server as postgresql://user@host/database; this is neither."
        )
    server = parse(named, environ)
    folder = Profile(_open_folder(default_folder() / ON_SERVERS / server.key), server)
    return folder.of(server.person) if server.person else folder


def _open_folder(named: str | Path) -> Path:
    """The folder of that name, or the platform's own for an empty one: there, private and writable."""
    try:
        folder = Path(named).expanduser().absolute() if named else default_folder()
        make_private_folder(folder)
        if not named:
            _keep_private(folder)
        _require_use(folder)
    except OSError as error:
        raise KnownError(
            f"The folder {named or folder} cannot be used for your data: {os_reason(error)}. "
            "Make it writable, or choose another folder with --profile."
        ) from error
    except (ValueError, RuntimeError) as error:  # a null character; a home folder that nobody has
        raise KnownError(
            f"The folder {named!r} cannot be used for your data: {error}. Choose another folder with --profile."
        ) from error
    return folder


def default_folder() -> Path:
    """The platform's own place for data of this program."""
    from platformdirs import user_data_path

    return user_data_path(APP_FOLDER, appauthor=False)


def _require_use(folder: Path) -> None:
    try:
        check_writable(folder)
    except OSError as error:
        if error.errno not in _READ_ONLY or not (folder / DIARY).is_file():
            raise


def _keep_private(folder: Path) -> None:
    """The default folder is ours alone, so rights that were widened are narrowed again."""
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        folder.chmod(0o700)
