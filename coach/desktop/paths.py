"""Where things are: the program's own files, and the folder that holds everything of one person."""

from __future__ import annotations

import errno
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coach.desktop.fsutil import check_writable, make_private_folder
from coach.errors import KnownError, os_reason

if TYPE_CHECKING:
    from collections.abc import Mapping

APP_FOLDER = "foot-coach"
DIARY = "diary.sqlite3"
"""The name of the diary, as `coach.storage.sqlite.file` has it; known here so that a start need not import that."""
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
PROFILE_VARIABLE = "COACH_PROFILE"
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
    """The folder of one person, and what stands where in it."""

    data: Path

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


def open_profile(chosen: str | Path | None = None, environ: Mapping[str, str] = os.environ) -> Profile:
    """The profile that `--profile` names, else COACH_PROFILE, else the platform's place for data; made where missing.

    A folder that holds a diary but cannot be written to will do: the diary can be looked at.

    Raises:
        KnownError: it cannot be made or written to; the sentence names the folder and what to do.
    """
    named = chosen or environ.get(PROFILE_VARIABLE, "").strip()
    try:
        folder = Path(named).expanduser().absolute() if named else _default_folder()
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
    return Profile(folder)


def _default_folder() -> Path:
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
