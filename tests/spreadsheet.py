"""A real spreadsheet without a screen: what it makes of a CSV file, cell by cell, and what it saves again."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

OFFICE = shutil.which("libreoffice") or shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice Calc (libreoffice-calc-nogui) is not installed")
PLAIN = "CSV:44,34,76,1,,0,false,false"
"""Commas, quotes, UTF-8 as the byte order mark says, types as Calc finds them by itself."""
EAGER = "CSV:44,34,76,1,,1033,false,true"
"""The same with "Detect special numbers", in American English, where `3/4` is a day in March."""
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_TABLE, _OFFICE, _TEXT = (f"{{{_OASIS}:{name}:1.0}}" for name in ("table", "office", "text"))

Cell = tuple[str, str]
"""Type (string, float, date, boolean, ...; empty for an empty cell) and value."""


def convert(sources: Sequence[Path], to: str, folder: Path, read_as: str = PLAIN) -> list[Path]:
    """Open each file in Calc and save it in another form under the same name in `folder`."""
    assert OFFICE is not None
    folder.mkdir(exist_ok=True)
    own = (folder / ".profile").resolve().as_uri()  # so that no other office is asked, and nothing of the person's used
    command = [OFFICE, f"-env:UserInstallation={own}", "--headless", f"--infilter={read_as}"]
    command += ["--convert-to", to, "--outdir", str(folder), *map(str, sources)]
    environment = {**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=100, check=False)
    made = [folder / f"{source.stem}.{to.partition(':')[0]}" for source in sources]
    assert all(path.exists() for path in made), done.stdout + done.stderr
    return made


def cells(path: Path) -> list[list[Cell]]:
    """Every row of the only sheet of a flat OpenDocument file."""
    rows = []
    for row in ET.parse(path).getroot().iter(f"{_TABLE}table-row"):
        found: list[Cell] = []
        for cell in row.iter(f"{_TABLE}table-cell"):
            assert f"{_TABLE}formula" not in cell.attrib
            times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            kind = cell.get(f"{_OFFICE}value-type", "")
            text = "\n".join("".join(paragraph.itertext()) for paragraph in cell.iter(f"{_TEXT}p"))
            value = cell.get(f"{_OFFICE}date-value") or cell.get(f"{_OFFICE}value") or text
            found += [(kind, value)] * times
        rows.append(found)
    return rows
