"""What poppler reads in a PDF; its tests are skipped where it is not installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")


def text(path: Path, page: int | None = None) -> str:
    """All words in the order of reading, with single spaces."""
    pages = ["-f", str(page), "-l", str(page)] if page else []
    return " ".join(_read("pdftotext", *pages, str(path), "-").split())


def facts(path: Path) -> dict[str, str]:
    """`Pages`, `Page size`, `Title` and so on."""
    lines = (line.split(":", 1) for line in _read("pdfinfo", str(path)).splitlines())
    return {name: value.strip() for name, value in lines}


def fonts(path: Path) -> dict[str, bool]:
    """Each font, and whether it is embedded and its glyphs are known as characters."""
    rows = (re.split(r"\s{2,}", line, maxsplit=1) for line in _read("pdffonts", str(path)).splitlines()[2:])
    return {name: re.search(r" yes (yes|no) +yes ", f" {rest}") is not None for name, rest in rows}


def _read(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout
