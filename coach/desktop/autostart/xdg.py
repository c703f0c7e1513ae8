"""Linux desktops: a file in `~/.config/autostart`, by the Desktop Entry and the Autostart specification."""

from __future__ import annotations

import contextlib
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from coach.desktop.autostart import NAME, checked, same_program
from coach.errors import KnownError, os_reason
from coach.fsutil import atomic_write, make_private_folder
from coach.services.reminding import AutostartState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coach.desktop.autostart.launch import Launch

_GROUP = "[Desktop Entry]"
_LONGEST = 1 << 16
_BY_SHELL = ("/bin/sh", "-c", 'exec "$0" "$@"')
"""Starts a program whose path holds a sign that the specification or a desktop does not allow there."""
_PLAIN = re.compile(r"[A-Za-z0-9@+=:,./_-]+")
_WORD = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))(?=\s|$)', re.DOTALL)
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_UNESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


class XdgAutostart:
    """`coach.services.ports.Autostart`."""

    def __init__(self, launch: Launch, folder: Path) -> None:
        self._launch = launch
        self._file = folder / f"foot-coach{launch.suffix}.desktop"

    def state(self) -> AutostartState:
        """How it really is; looks every time."""
        entry = self._entry()
        on = entry is not None and is_switched_on(entry) and self._is_ours(entry)
        return AutostartState(on=on)

    def switch(self, *, on: bool) -> AutostartState:
        """Write or remove the file and look again; raises KnownError."""
        if on and not self.state().on:
            self._write()
        if not on:
            self._remove()
        return checked(self.state(), on=on)

    def _write(self) -> None:
        if self._file.exists() and not self._file.is_file():
            raise KnownError(f"{self._file} is not a file, so Foot Coach cannot write there that it starts at login.")
        try:
            make_private_folder(self._file.parent)
            atomic_write(self._file, desktop_entry(self._launch).encode(errors="surrogateescape"))
        except OSError as error:
            raise self._trouble(error) from error

    def _remove(self) -> None:
        try:
            self._file.unlink(missing_ok=True)
        except OSError as error:
            raise self._trouble(error) from error

    def _trouble(self, error: OSError) -> KnownError:
        return KnownError(
            f"Whether Foot Coach starts at login could not be written to {self._file}: {os_reason(error)}. "
            "It is as it was."
        )

    def _entry(self) -> dict[str, str] | None:
        with contextlib.suppress(OSError):
            if self._file.is_file() and self._file.stat().st_size <= _LONGEST:
                return read_entry(self._file.read_text(encoding="utf-8", errors="surrogateescape"))
        return None

    def _is_ours(self, entry: Mapping[str, str]) -> bool:
        folder = str(self._launch.folder) if self._launch.folder else ""
        there = not folder or Path(folder).is_dir()
        words = words_in(entry["Exec"])
        if tuple(words[: len(_BY_SHELL)]) == _BY_SHELL:
            del words[: len(_BY_SHELL)]
        return there and entry.get("Path", "") == folder and same_program(words, self._launch.words)


def autostart_folder(environ: Mapping[str, str]) -> Path:
    """Where the desktop looks; a relative XDG_CONFIG_HOME is ignored, as the specification says."""
    named = Path(environ.get("XDG_CONFIG_HOME", ""))
    return (named if named.is_absolute() else Path.home() / ".config") / "autostart"


def desktop_entry(launch: Launch) -> str:
    """The file that starts the program."""
    by_shell = any(sign in launch.words[0] for sign in "%=")
    words = (*_BY_SHELL, *launch.words) if by_shell else launch.words
    lines = [
        _GROUP,
        "Type=Application",
        f"Name={NAME}",
        "Comment=Reminds you of your exercises",
        "Icon=foot-coach",
        f"Exec={_escaped(command_line(words))}",
        f"TryExec={_escaped(launch.words[0])}",
        "Terminal=false",
        "StartupNotify=false",
    ]
    if launch.folder:
        lines.append(f"Path={_escaped(str(launch.folder))}")
    return "\n".join(lines) + "\n"


def command_line(words: Iterable[str]) -> str:
    """The words quoted for `Exec`."""
    return " ".join(_quoted(word) for word in words)


def words_in(line: str) -> list[str]:
    """The words of an `Exec` line, without field codes; empty for one that breaks the rules."""
    words, place = [], 0
    while line[place:].strip():
        match = _WORD.match(line, place)
        if match is None:
            return []
        place = match.end()
        quoted, plain = match.groups()
        if quoted is not None:
            words.append(re.sub(r'\\(["`$\\])', r"\1", quoted))
        elif not re.fullmatch(r"%[a-zA-Z]", plain):
            words.append(plain)
    return [word.replace("%%", "%") for word in words]


def read_entry(text: str) -> dict[str, str]:
    """The keys of the first group of a desktop file; other lines are passed over."""
    entry: dict[str, str] = {}
    group = ""
    for line in re.split(r"\r?\n", text):
        stripped = line.strip()
        if stripped.startswith("["):
            group = stripped
        elif group == _GROUP and "=" in stripped and not stripped.startswith("#"):
            key, _, value = stripped.partition("=")
            entry.setdefault(key.strip(), _unescaped(value.strip()))
    return entry


def is_switched_on(entry: Mapping[str, str]) -> bool:
    """Whether a desktop would start it: desktops switch entries off in two ways, and need a program."""
    off = entry.get("Hidden") == "true" or entry.get("X-GNOME-Autostart-enabled") == "false"
    return not off and entry.get("Type") == "Application" and bool(entry.get("Exec")) and _can_start(entry)


def _can_start(entry: Mapping[str, str]) -> bool:
    program = entry.get("TryExec", "")
    return not program or shutil.which(program) is not None


def _quoted(word: str) -> str:
    word = word.replace("%", "%%")
    if _PLAIN.fullmatch(word):
        return word
    return '"' + re.sub(r'(["`$\\])', r"\\\1", word) + '"'


def _escaped(value: str) -> str:
    """As a string of a desktop file: what would end the line is written otherwise."""
    whole = "".join(_ESCAPES.get(sign, sign) for sign in value)
    return f"\\s{whole[1:]}" if whole.startswith(" ") else whole


def _unescaped(value: str) -> str:
    return re.sub(r"\\([sntr\\])", lambda match: _UNESCAPES[match[1]], value)


if TYPE_CHECKING:
    from coach.services.ports import Autostart

    _fits: type[Autostart] = XdgAutostart
