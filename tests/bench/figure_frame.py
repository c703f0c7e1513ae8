"""What one frame of the figure costs: every shipped pose through its whole movement, beside a copy of the frame's
pixels.

    python -m tests.bench.figure_frame [FRAMES]      prints every pose
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.bench.content import catalogue
from tests.bench.report import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coach.domain.figure.pose import Pose

SIZES = (480, 1080)
BUDGET_MS = {480: 8.0, 1080: 16.0}
"""Half the time of the prototype that the figure was designed with, on the machine it was measured on."""


def measure(sizes: Sequence[int] = SIZES, frames: int = 60) -> list[dict[str, Any]]:
    """One row per pose and size: median and 95th percentile of the live part on its still pixmap, and of a plain copy.

    Milliseconds, raster engine, light theme, arrows on; the still pixmap is made before, as on screen.
    """
    _application()
    return [
        _row(exercise.id, key, pose, size, frames)
        for size in sizes
        for exercise in catalogue().exercises.values()
        for key, pose in exercise.poses.items()
    ]


def budget(quick: bool) -> list[Row]:
    """The slowest pose at each size against its budget, with a copy of the frame's pixels as floor."""
    rows = measure(SIZES, 20 if quick else 60)
    out = []
    for size in SIZES:
        here = [row for row in rows if row["size"] == size]
        worst = max(here, key=lambda row: row["median_ms"])
        typical = statistics.median(row["median_ms"] for row in here)
        limit = BUDGET_MS[size]
        note = f"slowest of {len(here)} poses: {worst['exercise']} {worst['pose']}; typical {typical:.1f} ms"
        what = f"figure frame {size} px"
        out.append(Row(what, worst["median_ms"], "ms", limit, f"≤ {limit:g} ms", worst["copy_ms"], "copy", note))
    return out


def _application() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.instance() is None:
        _keep.append(QGuiApplication(["bench"]))


_keep: list[object] = []


def _row(exercise: str, key: str, pose: Pose, size: int, frames: int) -> dict[str, Any]:
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QImage, QPainter

    from coach.domain.figure.motion import FigureState
    from coach.ui.figure.palette import palette
    from coach.ui.figure.view import Scene

    scene, square = Scene(pose, palette(False, 0), mirror=False), QSize(size, size)
    still = scene.still(square, 1.0)
    image = QImage(square, QImage.Format.Format_ARGB32_Premultiplied)
    with QPainter(image) as painter:

        def draw(progress: float) -> None:
            painter.drawPixmap(0, 0, still)
            scene.paint_live(painter, square, FigureState(progress))

        draw(1.0)  # rigid parts are sketched when they are first needed
        times = [_timed(partial(draw, i / (frames - 1))) for i in range(frames)]
        copies = [_timed(lambda: painter.drawPixmap(0, 0, still)) for _ in range(frames)]
    return {
        "exercise": exercise,
        "pose": key,
        "size": size,
        "median_ms": statistics.median(times),
        "p95_ms": sorted(times)[int(0.95 * (frames - 1))],
        "copy_ms": statistics.median(copies),
    }


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000.0


if __name__ == "__main__":
    for found in measure(frames=int(sys.argv[1]) if len(sys.argv) > 1 else 60):
        print("{exercise:22s}{pose:22s}{size:6d}{median_ms:8.2f}{p95_ms:8.2f}{copy_ms:8.2f}".format(**found))
