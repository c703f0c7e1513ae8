"""Reads a page as eyes do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def settle() -> None:
    """Let Qt show what was added and lay it out."""
    for _ in range(6):
        QApplication.processEvents()


def words(page: QWidget) -> str:
    """All texts that are shown, in no particular order."""
    settle()
    return " | ".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))
