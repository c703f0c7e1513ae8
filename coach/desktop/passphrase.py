"""Where a passphrase comes from on the command line: never from its words, which every program can read."""

from __future__ import annotations

import os
import sys
from getpass import getpass
from typing import TYPE_CHECKING

from coach.errors import KnownError, os_reason

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VARIABLE = "COACH_PASSPHRASE"
_LONGEST = 4096


def given(file: Path | None = None, environ: Mapping[str, str] = os.environ) -> str:
    """The passphrase in the file that `--passphrase-file` names, else in COACH_PASSPHRASE, else "".

    Raises:
        KnownError: the file cannot be read, or holds none.
    """
    return environ.get(VARIABLE, "") if file is None else _in_file(file)


def ask(question: str) -> str:
    """Ask at the terminal, without showing what is typed.

    Raises:
        KnownError: there is no terminal to ask at, or nothing was typed.
    """
    if not sys.stdin.isatty():
        raise KnownError(f"A passphrase is needed: put it in {VARIABLE}, or name a file with --passphrase-file.")
    try:
        typed = getpass(f"{question}: ")
    except (EOFError, KeyboardInterrupt):
        typed = ""
    if not typed:
        raise KnownError("No passphrase was typed. Nothing was changed.")
    return typed


def ask_twice(question: str, again: str) -> str:
    """Ask for a new one, and once more for what may have been mistyped; KnownError when they differ."""
    first = ask(question)
    if ask(again) != first:
        raise KnownError("The two passphrases are not the same. Nothing was changed.")
    return first


def _in_file(file: Path) -> str:
    try:
        text = file.read_bytes()[: _LONGEST + 1].decode("utf-8-sig")
    except OSError as error:
        raise KnownError(f"The passphrase file {file} cannot be read: {os_reason(error)}.") from error
    except UnicodeDecodeError as error:
        raise KnownError(f"The passphrase file {file} is not text in UTF-8.") from error
    line = text.partition("\n")[0].rstrip("\r")
    if not line or len(text) > _LONGEST:
        raise KnownError(f"The first line of the passphrase file {file} must be the passphrase, and nothing else.")
    return line
