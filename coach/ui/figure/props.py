"""Props shared by the views: the stage, contact shadows, and the furniture an exercise needs.

Everything is neutral and in statures. A prop's position and measures come from the exercise file; what is not given
there has the default of `coach.domain.figure.props`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.ui.figure.canvas import Canvas, shadow_stops

if TYPE_CHECKING:
    from coach.ui.figure.palette import Palette


def stage(canvas: Canvas, colours: Palette, centre: float, scale: float) -> None:
    """The disc behind the figure and the floor, of constant size on screen (`scale`: stature / frame side)."""
    canvas.ellipse((centre, 0.405 / scale), 0.405 / scale, 0.405 / scale, colours.disc)
    canvas.ellipse((centre, -0.002), 0.485 / scale, 0.042 / scale, colours.floor)


def shadow(canvas: Canvas, colours: Palette, x: float, y: float, rx: float, ry: float, strength: float = 1.0) -> None:
    """A contact shadow, half axes `rx`, `ry`."""
    canvas.soft((x, y), rx, ry, shadow_stops(colours.shadow, colours.shadow_alpha * strength))
