"""Colours of the figure: two themes, four people, the darker limbs of the far side, and the rim of light on dark hair.

A colour is an integer 0xAARRGGBB: it mixes, compares and hashes cheaply, and the canvas keeps one brush and pen per
colour.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

Colour: TypeAlias = int

PEOPLE = 4
"""How many people the figure can be: 0 and 3 have short hair, 1 and 2 tied hair."""

_OPAQUE = 0xFF000000
_WHITE = 0xFFFFFFFF


def rgb(text: str) -> Colour:
    """An opaque colour from `RRGGBB`."""
    return _OPAQUE | int(text, 16)


@lru_cache(maxsize=4096)
def mix(a: Colour, b: Colour, t: float) -> Colour:
    """The opaque colour at fraction `t` of the way from `a` to `b`."""
    out = 0xFF
    for shift in (16, 8, 0):
        p, q = (a >> shift) & 255, (b >> shift) & 255
        out = (out << 8) | int(p + (q - p) * t + 0.5)
    return out


def fade(colour: Colour, alpha: float) -> Colour:
    """The colour with its opacity set to `alpha` (0..1)."""
    a = 0 if alpha <= 0 else 255 if alpha >= 1 else int(alpha * 255 + 0.5)
    return (colour & 0xFFFFFF) | (a << 24)


@dataclass(frozen=True, slots=True, eq=False)
class Palette:
    """Every colour a painter needs. `_d` is the darker, `_l` the lighter tone of a material.

    Compared by identity, so that it is a cheap key for what has been drawn with it; `palette` makes each one once.
    """

    dark: bool
    person: int
    tied_hair: bool
    background: Colour
    disc: Colour
    floor: Colour
    shadow: Colour
    shadow_alpha: float
    skin: Colour
    skin_d: Colour
    skin_l: Colour
    nail: Colour
    hair: Colour
    hair_l: Colour
    shirt: Colour
    shirt_d: Colour
    shirt_l: Colour
    leg: Colour
    leg_d: Colour
    leg_l: Colour
    accent: Colour
    accent_l: Colour
    prop: Colour
    prop_d: Colour
    prop_l: Colour
    far: Colour
    far_share: float
    ghost: Colour
    towel: Colour
    towel_d: Colour
    stripe: Colour
    strap: Colour
    strap_d: Colour
    ink: Colour
    sub: Colour
    halo: float
    rim: Colour | None = None

    @property
    def lens(self) -> Colour:
        """Ground of a round inset."""
        return mix(self.background, self.disc, 0.25)


_LIGHT: dict[str, Colour | float] = {
    "background": rgb("F5F1EA"), "disc": rgb("EAE3D7"), "floor": rgb("DDD4C5"),
    "shadow": rgb("5B4B3A"), "shadow_alpha": 0.26,
    "skin": rgb("D79C77"), "skin_d": rgb("B97C5A"), "skin_l": rgb("E4B291"), "nail": rgb("F0CDB6"),
    "hair": rgb("46322B"), "hair_l": rgb("5E463C"),
    "shirt": rgb("4C9C95"), "shirt_d": rgb("357F7A"), "shirt_l": rgb("66B1A9"),
    "leg": rgb("36456A"), "leg_d": rgb("283452"), "leg_l": rgb("4A5B86"),
    "accent": rgb("FF6B3D"), "accent_l": rgb("FFB08A"),
    "prop": rgb("C6BAA8"), "prop_d": rgb("AB9D89"), "prop_l": rgb("D8CEBF"),
    "far": rgb("3A3550"), "far_share": 0.30, "ghost": rgb("DDD3C5"),
    "towel": rgb("FFFDF9"), "towel_d": rgb("B7AA97"), "stripe": rgb("86B7B1"),
    "ink": rgb("2A2E3A"), "sub": rgb("7C766C"), "halo": 0.85,
}  # fmt: skip
_DARK: dict[str, Colour | float] = {
    "background": rgb("14181F"), "disc": rgb("1D232D"), "floor": rgb("2A313D"),
    "shadow": rgb("000000"), "shadow_alpha": 0.55,
    "skin": rgb("D59B78"), "skin_d": rgb("A66F51"), "skin_l": rgb("E6B696"), "nail": rgb("F0CDB6"),
    "hair": rgb("6A4C40"), "hair_l": rgb("80604F"),
    "shirt": rgb("5CB0A7"), "shirt_d": rgb("3D8882"), "shirt_l": rgb("7AC5BC"),
    "leg": rgb("5E719F"), "leg_d": rgb("465680"), "leg_l": rgb("7688B5"),
    "accent": rgb("FF7A48"), "accent_l": rgb("FFBD99"),
    "prop": rgb("4A5363"), "prop_d": rgb("3A4250"), "prop_l": rgb("5B6576"),
    "far": rgb("0B0E16"), "far_share": 0.36, "ghost": rgb("262D39"),
    "towel": rgb("C9CDD6"), "towel_d": rgb("8C93A1"), "stripe": rgb("5CA39B"),
    "ink": rgb("E9ECF2"), "sub": rgb("98A1B0"), "halo": 0.75,
}  # fmt: skip

_LOOKS: tuple[dict[str, Colour], ...] = (
    {},
    {
        "skin": rgb("9C6848"), "skin_d": rgb("784A32"), "skin_l": rgb("B5815F"), "nail": rgb("D9A98A"),
        "hair": rgb("2A201E"), "hair_l": rgb("4A3A35"),
    },
    {
        "skin": rgb("EBBB9B"), "skin_d": rgb("CB9373"), "skin_l": rgb("F5D0B6"), "nail": rgb("FBE3D3"),
        "hair": rgb("8A5A3C"), "hair_l": rgb("A97750"),
    },
    {
        "skin": rgb("7A4E38"), "skin_d": rgb("5C3828"), "skin_l": rgb("936550"), "nail": rgb("C2917A"),
        "hair": rgb("231B1A"), "hair_l": rgb("40322F"),
    },
)  # fmt: skip
_TIED = (False, True, True, False)


@lru_cache(maxsize=2 * PEOPLE)
def palette(dark: bool, person: int) -> Palette:  # noqa: FBT001 - a theme is dark or it is not
    """The colours of one person in one theme. IndexError for an unknown person."""
    colours = dict(_DARK if dark else _LIGHT)
    colours.update(_LOOKS[person])
    base = {name: int(value) for name, value in colours.items() if not isinstance(value, float)}
    if dark and person:
        # Hair that is nearly black vanishes on the dark ground.
        base["hair"] = mix(base["hair"], rgb("8A7264"), 0.34)
        base["hair_l"] = mix(base["hair_l"], rgb("A08A7C"), 0.34)
        base["skin"] = mix(base["skin"], _WHITE, 0.03)
    base["strap"] = rgb("98A0AE") if dark else mix(base["prop_d"], base["shadow"], 0.30)
    base["strap_d"] = mix(base["strap"], base["shadow"], 0.28)
    return Palette(
        dark=dark,
        person=person,
        tied_hair=_TIED[person],
        shadow_alpha=float(colours["shadow_alpha"]),
        far_share=float(colours["far_share"]),
        halo=float(colours["halo"]),
        rim=mix(base["hair"], rgb("F3E3D3"), 0.55) if dark else None,
        **base,
    )


_BODY = ("skin", "skin_d", "skin_l", "shirt", "shirt_d", "shirt_l", "leg", "leg_d", "leg_l")


@lru_cache(maxsize=2 * PEOPLE)
def far_palette(near: Palette) -> Palette:
    """The same person's limbs on the far side: darker, skin a little less so."""
    return replace(
        near,
        **{  # type: ignore[arg-type]
            name: mix(getattr(near, name), near.far, near.far_share * (0.75 if name.startswith("skin") else 1.0))
            for name in _BODY
        },
    )
