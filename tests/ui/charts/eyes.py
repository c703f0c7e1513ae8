"""What is seen with a missing kind of cone.

Matrices for full severity: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for
Simulation of Color Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (2009) 1291-1298,
table of severity 1.0. They work on linear light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def seen_color(color: str, kind: str) -> str:
    """A `#RRGGBB` colour as it is seen."""
    linear = [_linear(int(color[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{_coded(_row(row, linear)):02x}" for row in KINDS[kind])


def seen(image: QImage, kind: str) -> QImage:
    """A picture as it is seen. Colours are looked up once each: a chart has few."""
    source = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(bytes(source.constBits())).cast("I")
    known: dict[int, int] = {}
    for pixel in set(pixels):
        known[pixel] = 0xFF000000 | int(seen_color(f"#{pixel & 0xFFFFFF:06x}", kind)[1:], 16)
    changed = memoryview(bytearray(len(pixels) * 4)).cast("I")
    for index, pixel in enumerate(pixels):
        changed[index] = known[pixel]
    return QImage(changed.tobytes(), source.width(), source.height(), source.bytesPerLine(), source.format()).copy()


def _row(row: Sequence[float], linear: Sequence[float]) -> float:
    return sum(share * channel for share, channel in zip(row, linear, strict=True))


def _linear(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _coded(linear: float) -> int:
    clipped = min(1.0, max(0.0, linear))
    share = clipped * 12.92 if clipped <= 0.0031308 else 1.055 * clipped ** (1 / 2.4) - 0.055
    return round(share * 255)
