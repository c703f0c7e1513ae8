"""Props shared by the views: the stage, contact shadows, and the furniture of the side view.

Everything is neutral and in statures. Where a prop stands and how large it is comes from the exercise file; kinds and
defaults are those of `coach.domain.figure.props`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtGui import QPainterPath

from coach.ui.figure.canvas import Canvas, shadow_stops
from coach.ui.figure.palette import fade, mix

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coach.domain.figure.pose import Layer, Pose
    from coach.ui.figure.palette import Palette

Drawer: TypeAlias = "Callable[[Canvas, Palette, Mapping[str, float]], None]"

_DEPTH: Final = (0.016, 0.014)
"""How far the far side of a chair is shifted."""


def stage(canvas: Canvas, colours: Palette, centre: float, scale: float) -> None:
    """The disc behind the figure and the floor, of constant size on screen (`scale`: stature / frame side)."""
    canvas.ellipse((centre, 0.405 / scale), 0.405 / scale, 0.405 / scale, colours.disc)
    canvas.ellipse((centre, -0.002), 0.485 / scale, 0.042 / scale, colours.floor)


def shadow(canvas: Canvas, colours: Palette, x: float, y: float, rx: float, ry: float, strength: float = 1.0) -> None:
    """A contact shadow, half axes `rx`, `ry`."""
    canvas.soft((x, y), rx, ry, shadow_stops(colours.shadow, colours.shadow_alpha * strength))


def furniture(canvas: Canvas, pose: Pose, colours: Palette, layer: Layer) -> None:
    """Draw the side view's props of one layer in the file's order. KeyError for a prop of another view."""
    for prop in pose.props:
        if prop.layer is layer:
            DRAWERS[prop.kind](canvas, colours, prop.numbers)


def _shadow(canvas: Canvas, colours: Palette, n: Mapping[str, float]) -> None:
    shadow(canvas, colours, n["x"], n["y"], n["rx"], n["ry"], n["strength"])


def _chair(canvas: Canvas, colours: Palette, n: Mapping[str, float]) -> None:
    x, up, depth = n["x"], n["raise"], n["depth"]
    seat, back = n["seat"] + up, n["back"] + up
    dx, dy = _DEPTH
    wide = 0.020
    dark, body = colours.prop_d, colours.prop
    canvas.line((x + 0.004 + dx, dy + up), (x + dx, back + dy), wide * 0.85, dark)
    canvas.line((x + depth - 0.004 + dx, dy + up), (x + depth - 0.02 + dx, seat), wide * 0.85, dark)
    canvas.line((x + 0.004, 0.002 + up), (x, back), wide, body)
    canvas.line((x + depth, 0.002 + up), (x + depth - 0.016, seat - 0.01), wide, body)
    canvas.rounded(x - 0.006 + dx * 0.4, back - 0.075, x + 0.014 + dx * 0.4, back + 0.008, 0.009, body)
    canvas.line((x + 0.002, 0.11 + up), (x + depth - 0.006, 0.11 + up), wide * 0.6, dark)
    canvas.rounded(x - 0.012, seat - 0.030, x + depth + 0.008, seat, 0.014, body)
    canvas.rounded(x - 0.012, seat - 0.012, x + depth + 0.008, seat, 0.006, colours.prop_l)


def _wall(canvas: Canvas, colours: Palette, n: Mapping[str, float]) -> None:
    x, top = n["x"], n["top"]
    canvas.rounded(x, -0.022, x + 0.085, top, 0.012, mix(colours.prop, colours.disc, 0.25))
    canvas.rounded(x, -0.022, x + 0.016, top, 0.008, colours.prop)


def _mat(canvas: Canvas, colours: Palette, n: Mapping[str, float]) -> None:
    x0, x1 = n["x0"], n["x1"]
    canvas.rounded(x0, -0.026, x1, 0.024, 0.018, mix(colours.prop, colours.shirt, 0.30))
    canvas.rounded(x0, -0.032, x1, -0.020, 0.006, mix(colours.prop_d, colours.shirt_d, 0.30))


def step_box(canvas: Canvas, colours: Palette, x0: float, x1: float, height: float) -> None:
    """A low step seen a little from above; near feet stand at `height`, far feet a little higher."""
    top = [(x0, height - 0.004), (x0 + 0.018, height + 0.020), (x1 + 0.018, height + 0.020), (x1, height - 0.004)]
    canvas.polygon(top, colours.prop_l)
    side = [(x1, height - 0.004), (x1 + 0.018, height + 0.020), (x1 + 0.018, 0.012), (x1, -0.014)]
    canvas.polygon(side, colours.prop_d)
    canvas.rounded(x0, -0.014, x1, height, 0.008, mix(colours.prop, colours.disc, 0.12))
    canvas.rounded(x0 - 0.006, height - 0.020, x1 + 0.003, height - 0.002, 0.007, colours.prop)


def _step(canvas: Canvas, colours: Palette, n: Mapping[str, float]) -> None:
    step_box(canvas, colours, n["x0"], n["x1"], n["height"])


def _rail(canvas: Canvas, colours: Palette, n: Mapping[str, float]) -> None:
    x0, x1, top = n["x0"], n["x1"], n["top"]
    posts = mix(colours.prop_d, colours.disc, 0.10)
    for x in (n["post1"], n["post2"]):
        canvas.line((x, n["base"]), (x, top), 0.013, posts)
    canvas.line((x0, top), (x1, top), 0.018, colours.prop)
    canvas.line((x0, top + 0.0045), (x1, top + 0.0045), 0.005, colours.prop_l)


def _slab(canvas: Canvas, colours: Palette, x0: float, x1: float, top: float, thick: float) -> None:
    canvas.rounded(x0, top - thick, x1, top, 0.010, colours.prop)
    canvas.rounded(x0, top - thick * 0.42, x1, top, 0.006, colours.prop_l)


def _worktop(canvas: Canvas, colours: Palette, n: Mapping[str, float]) -> None:
    x0, x1, top, thick = n["x0"], n["x1"], n["height"], 0.030
    canvas.rounded(x0 + 0.022, 0.0, x1, top - thick, 0.006, mix(colours.prop, colours.disc, 0.45))
    canvas.rounded(x0 + 0.045, -0.014, x1, 0.030, 0.004, mix(colours.prop_d, colours.disc, 0.25))
    canvas.rounded(x0 + 0.022, top - thick - 0.004, x1, top - thick + 0.006, 0.002, fade(colours.shadow, 0.10))
    canvas.line((x0 + 0.040, top - 0.115), (x0 + 0.040, top - 0.075), 0.008, colours.prop_d)
    _slab(canvas, colours, x0, x1, top, thick)


def _table(canvas: Canvas, colours: Palette, n: Mapping[str, float]) -> None:
    x0, x1, top, thick = n["x0"], n["x1"], n["height"], 0.026
    legs = mix(colours.prop_d, colours.disc, 0.15)
    for x in (x0 + 0.03, x1 - 0.03):
        canvas.line((x, 0.016), (x, top - thick), 0.018, legs)
    _slab(canvas, colours, x0, x1, top, thick)


def _cushion(canvas: Canvas, colours: Palette, n: Mapping[str, float]) -> None:
    x0, x1, y, height = n["x0"], n["x1"], n["y"], n["height"]
    middle, bulge, top = (x0 + x1) / 2, 0.010, y + height
    path = QPainterPath()
    path.moveTo(x0 + 0.012, y + 0.002)
    path.quadTo(middle, y - 0.004, x1 - 0.012, y + 0.002)
    path.quadTo(x1 + bulge, y + height * 0.5, x1 - 0.012, top - 0.002)
    path.quadTo(middle, top + 0.006, x0 + 0.012, top - 0.002)
    path.quadTo(x0 - bulge, y + height * 0.5, x0 + 0.012, y + 0.002)
    canvas.path(path, mix(colours.prop, colours.shirt, 0.30))
    half = y + height * 0.5
    seam = fade(mix(colours.prop_d, colours.shirt_d, 0.30), 0.75)
    canvas.bend((x0 + 0.004, half), (middle, half - 0.006), (x1 - 0.004, half), seam, 0.0045)


def _ottoman(canvas: Canvas, colours: Palette, n: Mapping[str, float]) -> None:
    x0, x1, top = n["x0"], n["x1"], n["height"]
    cloth = mix(colours.prop, colours.shirt, 0.16)
    for x in (x0 + 0.018, x1 - 0.040):
        canvas.rounded(x, -0.014, x + 0.022, 0.03, 0.006, colours.prop_d)
    canvas.rounded(x0, 0.012, x1, top - 0.020, 0.016, mix(cloth, colours.prop_d, 0.35))
    canvas.rounded(x0 - 0.006, top - 0.060, x1 + 0.006, top, 0.026, cloth)
    canvas.rounded(x0 + 0.012, top - 0.022, x1 - 0.012, top - 0.010, 0.006, fade(colours.prop_l, 0.7))


def _door_frame(canvas: Canvas, colours: Palette, n: Mapping[str, float]) -> None:
    x, top, wide = n["x"], n["top"], n["width"]
    canvas.rounded(x, -0.022, x + wide, top, 0.008, mix(colours.prop, colours.disc, 0.25))
    canvas.rounded(x, -0.022, x + 0.016, top, 0.006, colours.prop)
    canvas.rounded(x + wide - 0.014, -0.022, x + wide, top, 0.006, mix(colours.prop, colours.disc, 0.45))


def _hand_towel(canvas: Canvas, colours: Palette, n: Mapping[str, float]) -> None:
    x0, x1 = n["x0"], n["x1"]
    canvas.polygon([(x0, -0.014), (x1, -0.014), (x1 + 0.014, 0.018), (x0 + 0.014, 0.018)], colours.towel)
    canvas.rounded(x0, -0.019, x1, -0.013, 0.002, colours.towel_d)
    for back in (0.012, 0.024):
        canvas.line((x1 - back, -0.014), (x1 - back + 0.014, 0.018), 0.005, colours.stripe)


DRAWERS: Final[Mapping[str, Drawer]] = MappingProxyType(
    {
        "shadow": _shadow,
        "chair": _chair,
        "wall": _wall,
        "mat": _mat,
        "step": _step,
        "rail": _rail,
        "worktop": _worktop,
        "table": _table,
        "cushion": _cushion,
        "ottoman": _ottoman,
        "door_frame": _door_frame,
        "hand_towel": _hand_towel,
    }
)
"""The side view's props by kind."""
