"""The settings file: one flat TOML table, replaced in one step; a value that cannot be used never costs the others.

The types and limits are those of `Preferences` itself. For its plain values a schema library would only add its
own import, about 15 ms, to the time before the first window.
"""

from __future__ import annotations

import reprlib
import stat
from contextlib import suppress
from dataclasses import fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import tomli

from coach.domain.preferences import Preferences
from coach.errors import KnownError, os_reason
from coach.fsutil import atomic_write

if TYPE_CHECKING:
    from pathlib import Path

    from coach.services.ports import PreferenceStore

MAX_BYTES = 1 << 20
_DEFAULTS: dict[str, Any] = {field.name: field.default for field in fields(Preferences)}


class TomlPreferences:
    """`PreferenceStore` on a TOML file. Keys of a newer version are kept when an older one saves."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._foreign: dict[str, Any] = {}

    def load(self) -> tuple[Preferences, tuple[str, ...]]:
        """Settings, and one sentence for each value that could not be used (its default stands). Never raises."""
        self._foreign = {}
        try:
            raw = self._read()
        except FileNotFoundError:
            return Preferences(), ()
        except OSError as error:
            return Preferences(), (
                f"The settings in {self._path} cannot be read: {os_reason(error)}. Defaults are used.",
            )
        try:
            document = tomli.loads(raw.decode("utf-8-sig"))
        except (UnicodeDecodeError, tomli.TOMLDecodeError, RecursionError) as error:
            sentence = f"The settings in {self._path} are damaged ({_reason(error)}). Defaults are used."
            return Preferences(), (f"{sentence}{self._keep_aside(raw)}",)
        return self._understand(document, raw)

    def save(self, preferences: Preferences) -> None:
        """Replace the file in one step; raises KnownError when it cannot be written, and the old file stays."""
        import tomli_w  # only when something was changed

        values = {name: getattr(preferences, name) for name in _DEFAULTS}
        plain = {name: value.value if isinstance(value, StrEnum) else value for name, value in values.items()}
        try:
            atomic_write(self._path, tomli_w.dumps({**self._foreign, **plain}).encode())
        except OSError as error:
            raise KnownError(
                f"The settings could not be saved in {self._path}: {os_reason(error)}. The earlier ones are kept."
            ) from error

    def _read(self) -> bytes:
        found = self._path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise OSError(None, "it is not a file")
        if found.st_size > MAX_BYTES:
            raise OSError(None, f"it is larger than {MAX_BYTES >> 20} MB")
        return self._path.read_bytes()

    def _understand(self, document: dict[str, Any], raw: bytes) -> tuple[Preferences, tuple[str, ...]]:
        good: dict[str, Any] = {}
        told: list[str] = []
        for name, value in document.items():
            if name not in _DEFAULTS:
                self._foreign[name] = value
                continue
            try:
                good[name] = _checked(name, value)
            except ValueError as error:
                told.append(f"In {self._path} {error}. Its default, {_shown(_DEFAULTS[name])}, is used.")
        if told:
            told[-1] += self._keep_aside(raw)
        if self._foreign:
            names = ", ".join(sorted(self._foreign))
            told.append(f"In {self._path} there are settings that this version does not know: {names}. They are kept.")
        return Preferences(**good), tuple(told)

    def _keep_aside(self, raw: bytes) -> str:
        """Copy what could not be used, because the next save replaces it; says where."""
        aside = self._path.with_name(f"{self._path.name}.bad")
        with suppress(OSError):
            if not aside.is_file() or aside.read_bytes() != raw:
                atomic_write(aside, raw)
            return f" The file as it was is kept as {aside.name}."
        return ""


def _checked(name: str, value: object) -> object:
    """The value in its type; ValueError with a phrase that names key, expectation and value."""
    default = _DEFAULTS[name]
    if isinstance(default, StrEnum):
        known = [choice.value for choice in type(default)]
        if value not in known:
            raise ValueError(f"{name} must be one of {', '.join(known)}, is {_shown(value)}")
        return type(default)(value)
    expected, fits = _expectation(default, value)
    if not fits:
        raise ValueError(f"{name} must be {expected}, is {_shown(value)}")
    Preferences(**{name: value})  # type: ignore[arg-type]  # knows the limits
    return value


def _expectation(default: object, value: object) -> tuple[str, bool]:
    if isinstance(default, bool):
        return "true or false", isinstance(value, bool)
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if isinstance(default, int):
        return "a whole number", number and isinstance(value, int)
    if isinstance(default, float):
        return "a number", number
    return "a text in quotes", isinstance(value, str)


def _shown(value: object) -> str:
    if isinstance(value, StrEnum):
        return value.value
    return str(value).lower() if isinstance(value, bool) else reprlib.repr(value)


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)


if TYPE_CHECKING:
    _fits: type[PreferenceStore] = TomlPreferences
