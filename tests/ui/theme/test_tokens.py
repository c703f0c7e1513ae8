"""Every theme file is complete, and every pair of colours that carries information can be told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coach.errors import KnownError
from coach.ui.theme.tokens import COLOR_TOKENS, Theme, contrast, load_theme
from tests.ui.conftest import ASSETS

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted((ASSETS / "themes").glob("*.toml"))
THEMES = [load_theme(path) for path in FILES]

# The design's table of measured contrast: text on ground, and what it needs.
TEXT, MARK = 4.5, 3.0
PAIRS = (
    *((text, ground, TEXT) for text in ("ink", "ink2", "ink3", "accent", "danger") for ground in ("bg", "surface")),
    *((text, "sunken", TEXT) for text in ("ink", "ink2", "ink3")),
    *(("ctl", ground, MARK) for ground in ("bg", "surface")),
    ("accent", "soft", TEXT),
    ("accent", "sunken", MARK),
    ("on_accent", "accent", TEXT),
    ("on_accent", "accent_hover", TEXT),
    ("on_accent", "accent_pressed", TEXT),
    ("on_soft", "soft", TEXT),
    *((side, ground, TEXT) for side in ("left", "right") for ground in ("bg", "surface")),
    ("left", "left_soft", TEXT),
    ("right", "right_soft", TEXT),
    ("on_left_fill", "left_fill", TEXT),
    ("on_right_fill", "right_fill", TEXT),
    ("left_fill", "bg", MARK),
    ("left_fill", "right_fill", MARK),
    ("right_edge", "bg", MARK),
    ("danger", "danger_soft", TEXT),
    ("on_danger", "danger", TEXT),
    ("warn", "surface", TEXT),
    ("warn", "warn_soft", TEXT),
    ("ink", "warn_soft", TEXT),
    ("ink", "danger_soft", TEXT),
    ("on_stop", "stop", TEXT),
    ("focus", "bg", MARK),
    ("focus", "surface", MARK),
    ("on_toast", "toast", TEXT),
    ("ink2", "line", TEXT),
)

# Figures the design states to two digits; a changed colour must not pass by luck.
STATED = {
    "light": {("ink", "bg"): 14.53, ("ink3", "sunken"): 4.76, ("right", "right_soft"): 4.56, ("accent", "soft"): 6.35},
    "dark": {("ink", "bg"): 15.64, ("ink3", "sunken"): 5.41, ("right", "right_soft"): 7.43, ("left_fill", "bg"): 3.07},
}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize(("front", "back", "needs"), PAIRS)
def test_what_is_written_can_be_read(theme: Theme, front: str, back: str, needs: float) -> None:
    assert contrast(theme.color(front), theme.color(back)) >= needs


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_contrast_is_what_the_design_measured(theme: Theme) -> None:
    for (front, back), value in STATED[theme.name].items():
        assert contrast(theme.color(front), theme.color(back)) == pytest.approx(value, abs=0.006)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("nrs", range(11))
def test_pain_digits_can_be_read_and_cells_are_outlined(theme: Theme, nrs: int) -> None:
    assert contrast(theme.pain.digits(nrs), theme.pain.fills[nrs]) >= TEXT
    # The palest and the darkest cells melt into the card, so their outline or the fill itself must stand out.
    edge = contrast(theme.ctl, theme.surface)
    assert max(edge, contrast(theme.pain.fills[nrs], theme.surface)) >= MARK


def test_the_pain_scale_gets_darker_at_every_step() -> None:
    for theme in THEMES:
        white = [contrast("#FFFFFF", fill) for fill in theme.pain.fills]
        assert white == sorted(white)


def test_there_is_a_light_and_a_dark_file() -> None:
    assert [(theme.name, theme.dark) for theme in THEMES] == [("dark", True), ("light", False)]


def test_an_unknown_token_is_refused() -> None:
    with pytest.raises(KeyError):
        THEMES[0].color("pain")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text.replace('ink2 = "#C6CBD2"\n', ""), "ink2"),
        (lambda text: text.replace("[colors]", '[colors]\nmauve = "#112233"'), "mauve"),
        (lambda text: text.replace('ink = "#F3F0EA"', 'ink = "snow"'), "snow"),
        (lambda text: text.replace("format = 1", "format = 2"), "format 2"),
        (lambda text: text.replace('"#5B1D2E"]', "]"), "11 fills"),
        (lambda text: text + "[", "dark.toml"),
    ],
)
def test_a_broken_theme_file_is_named_with_its_reason(tmp_path: Path, change: object, reason: str) -> None:
    assert callable(change)
    text = change((ASSETS / "themes" / "dark.toml").read_text(encoding="utf-8"))
    broken = tmp_path / "dark.toml"
    broken.write_text(text, encoding="utf-8")
    with pytest.raises(KnownError, match=reason):
        load_theme(broken)


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21.0)
    assert len(COLOR_TOKENS) == len(set(COLOR_TOKENS))
