"""Lines of keys: in every style TOML knows, and for every key of anything the parser accepts."""

from __future__ import annotations

import tomllib
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.catalogue.lines import key_lines, line_of
from tests.catalogue.samples import EXERCISE, SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.catalogue.faults import Path

STYLES = (FilePath(__file__).parent / "styles.toml").read_text(encoding="utf-8")


def paths(node: object, path: Path = ()) -> Iterator[Path]:
    """Every path of parsed data."""
    if path:
        yield path
    if isinstance(node, dict):
        for key, value in node.items():
            yield from paths(value, (*path, key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from paths(value, (*path, number))


@pytest.mark.parametrize(
    ("path", "fragment"),
    [
        (("plain",), "plain = 1"),
        (("dotted", "key"), "dotted.key = 2"),
        (("quoted key", "other"), '"quoted key"'),
        (("escaped",), "ped" + '" = 4'),
        (("list",), "list = ["),
        (("list", 0), "  1,"),
        (("list", 1, 1), "[2, 3]"),
        (("list", 2, "b", "c", 0), "b.c = [5]"),
        (("date",), "date = "),
        (("after",), "after = 1"),
        (("table",), "[table]"),
        (("table", "key"), "key = 6"),
        (("table", "sub", "key"), "key = 7"),
        (("rows",), "[[rows]]"),
        (("rows", 0, "name"), '"first"'),
        (("rows", 1, "name"), '"second"'),
        (("rows", 1, "more", "deep"), "deep = 8"),
        (("rows", 1, "cells", 0, "value"), "value = 9"),
        (("rows", 1, "cells", 1, "value"), "value = 10"),
    ],
    ids=str,
)
def test_line_of_a_key(path: Path, fragment: str) -> None:
    line = line_of(STYLES, path)
    assert line is not None
    assert fragment in STYLES.split("\n")[line - 1]


def test_what_is_missing_is_found_at_its_table() -> None:
    assert line_of(STYLES, ("rows", 1, "more", "nothing")) == line_of(STYLES, ("rows", 1, "more"))
    assert line_of(STYLES, ("nothing",)) is None


def test_keys_inside_texts_are_no_keys() -> None:
    assert set(key_lines(STYLES)) == set(paths(tomllib.loads(STYLES)))


@pytest.mark.parametrize("file", sorted(SHIPPED.rglob("*.toml")), ids=lambda file: file.stem)
def test_every_key_of_the_shipped_files_is_found(file: FilePath) -> None:
    text = file.read_text(encoding="utf-8")
    assert set(key_lines(text)) == set(paths(tomllib.loads(text)))


PIECES = st.sampled_from(
    [
        "a",
        "b",
        '"c d"',
        ".",
        "=",
        " ",
        "\n",
        "1",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        ",",
        '"x"',
        "'''",
        '"""',
        "# no\n",
        "\\",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_anything_the_parser_accepts_is_walked(text: str) -> None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        key_lines(text)  # no promise but that it ends
        return
    assert set(key_lines(text)) == set(paths(data))


@given(st.text(max_size=60), st.integers(0, len(EXERCISE)))
def test_any_text_ends_without_an_error(noise: str, at: int) -> None:
    lines = key_lines(EXERCISE[:at] + noise + EXERCISE[at:])
    assert all(line >= 1 for line in lines.values())
