"""The Qt binding keeps its books: a void call must not lose a reference to None.

PySide6 6.12.0 does on CPython 3.11, and any painter that lives for a while then ends the process. A later version may
be let in when this passes with it.
"""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QPainter

CALLS = 2000


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from CPython 3.12 on")
def test_void_calls_lose_no_reference_to_none() -> None:
    image = QImage(8, 8, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    timer = QTimer()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        painter.save()
        painter.restore()
        timer.setInterval(20)
    after = sys.getrefcount(None)
    painter.end()
    assert abs(after - before) < CALLS / 10
