"""Words fit for a notification: whatever comes in, what goes out is short, visible and can be sent."""

from __future__ import annotations

import html
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.desktop.notices.words import LONGEST_TEXT, one_line, paragraph, shortened

anything = st.text(st.characters(categories=("L", "M", "N", "P", "S", "Z", "C")), max_size=600)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;"),
        ("one\n\n  two\r\nthree ", "one\ntwo\nthree"),
        ("\u202egnorw\u202c \u2066x\u2069", "gnorw x"),
        ("שלום, זמן להתחיל", "שלום, זמן להתחיל"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("half \ud83d of a sign", "half ? of a sign"),
        ("", ""),
    ],
)
def test_fault_37_hostile_words_become_plain(text: str, told: str) -> None:
    assert paragraph(text, markup=True) == told
    assert html.escape(paragraph(text, markup=False), quote=False) == told


def test_fault_37_five_thousand_characters_become_a_few_lines() -> None:
    assert len(paragraph("x" * 5000, markup=False)) == LONGEST_TEXT
    words = paragraph("calf raise " * 500, markup=True)
    assert words.endswith(("calf…", "raise…"))
    assert len(words) <= LONGEST_TEXT


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("abcdefghij", "abcdefghij"),
        ("abcdefghijk", "abcdefghi…"),
        ("abcdef hijklm", "abcdef…"),
        ("a bcdefghijkl", "a bcdefgh…"),
        ("abcdefghe\u0301\u0302k", "abcdefgh…"),
        ("abcdefg\U0001f469\u200d\U0001f467k", "abcdefg…"),
    ],
)
def test_words_are_cut_where_it_can_be_read(text: str, told: str) -> None:
    assert shortened(text, 10) == told


@given(anything, st.integers(2, 80))
def test_a_line_is_one_short_line_that_can_be_sent(text: str, longest: int) -> None:
    line = one_line(text, longest)
    line.encode()
    assert len(line) <= longest
    assert not {"Cc"} & {unicodedata.category(sign) for sign in line}
    assert line == line.strip()


@given(anything)
def test_a_paragraph_with_markup_says_the_same_as_one_without(text: str) -> None:
    plain = paragraph(text, markup=False)
    marked = paragraph(text, markup=True)
    assert "<" not in marked
    assert html.unescape(marked) == plain
    assert len(plain) <= LONGEST_TEXT
