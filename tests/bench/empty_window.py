"""The floor of every start: an empty PySide6 window, and nothing else."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QWidget


def main() -> int:
    """Show the window until it is closed."""
    application = QApplication(sys.argv)
    window = QWidget()
    window.setWindowTitle("Empty")
    window.resize(1280, 800)
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
