"""Every shipped file is complete, and its words keep the house style."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import pytest

from coach.catalogue.loader import load_catalogue
from coach.domain.exercise import Exercise, Level, Side, Sides, Tag
from tests.catalogue.samples import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CATALOGUE = load_catalogue([SHIPPED])
FILES = sorted(SHIPPED.rglob("*.toml"))
EXERCISES = list(CATALOGUE.exercises.values())
LEVELS = [pytest.param(e, level, id=f"{e.id} level {level.level}") for e in EXERCISES for level in e.levels]
EACH = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)

# Keys of the clinical source list that the six exercises may quote, and our own rules.
SOURCES = {
    "AAOS", "AOFAS", "HandsOn", "Cornerstone", "ToeBlogs", "Spink2008", "Spink2011", "Silb", "Silb2020", "Silb2007",
    "Rathleff", "FIXHeel", "Alfredson", "ACSM", "Harvard", "ACSMres", "Bandy1994", "Bandy1997", "Reid2014", "Young2013",
    "NHSFife", "Gonzalez2024", "Kramer", "HSE", "NHSTayside", "Lesinski", "Roche", "own",
}  # fmt: skip
LONGEST_SENTENCE = 17
SHORT_LINE = 48
# No promise, no fear, no diagnosis, no shame.
NOT_OUR_WORDS = re.compile(
    r"\b(will (fix|cure|heal|help)|fix(es)?|cures?|heals?|realigns?|damage\w*|degenerat\w*|research says|prove[ns]?|"
    r"must|never skip|fail\w*|poor|perfect|amazing|champion|no pain,? no gain|patients?|whilst|utili[sz]e)\b",
    re.IGNORECASE,
)


def texts(node: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text shown to a person, with its place."""
    if isinstance(node, str):
        yield place, str(node)
    elif isinstance(node, tuple):
        for number, item in enumerate(node):
            yield from texts(item, f"{place}[{number}]")
    elif dataclasses.is_dataclass(node):
        for field in dataclasses.fields(node):
            if field.name not in {"id", "key", "pose", "poses", "exercise", "kind", "areas", "loads"}:
                yield from texts(getattr(node, field.name), f"{place}.{field.name}")


def sentences(text: str) -> list[str]:
    """A text cut at its full stops, question marks and colons."""
    return [part for part in re.split(r"(?<=[.?!:;])\s+", text) if part]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_file_is_in_order_and_lies_where_it_belongs(file: Path) -> None:
    assert not [str(problem) for problem in CATALOGUE.problems if problem.file == file]
    found = CATALOGUE.routines if file.parent.name == "routines" else CATALOGUE.exercises
    assert file.stem in found


@EACH
def test_nothing_is_left_empty(exercise: Exercise) -> None:
    for field in dataclasses.fields(exercise):
        assert getattr(exercise, field.name) not in ("", (), {}, None), field.name
    for level in exercise.levels:
        optional = {"reps", "tempo", "hold_s", "rest_max_s", "load_kg", "ask_worst_pain", "rest_s", "daily_ok"}
        for field in dataclasses.fields(level):
            assert field.name in optional or getattr(level, field.name) not in ("", (), None), field.name
    assert not [place for place, text in texts(exercise) if not text.strip()]


@pytest.mark.parametrize(("exercise", "level"), LEVELS)
def test_level_is_complete(exercise: Exercise, level: Level) -> None:
    assert level.pose in exercise.poses
    assert len(level.setup) == 3
    assert all(len(line) <= SHORT_LINE for line in level.setup), "read in ten seconds from three metres"
    assert 3 <= len(level.cues) <= 6
    assert len(level.steps) >= 3
    assert isinstance(level.tag, Tag)
    assert level.equipment
    if level.tempo:
        assert [step.seconds for step in level.steps] == [level.tempo.effort, level.tempo.hold, level.tempo.back]


@pytest.mark.parametrize(("exercise", "level"), LEVELS)
def test_get_ready_names_the_side_where_one_is_meant(exercise: Exercise, level: Level) -> None:
    text = " ".join(level.setup)
    assert ("{" in text) == (level.sides is Sides.EACH)
    for side in (Side.LEFT, Side.RIGHT):
        shown = text.format(side=side.value, Side=side.value.capitalize())
        assert "{" not in shown
        if level.sides is Sides.EACH:
            assert side.value in shown.lower()
            assert side.other.value not in shown.lower()


@EACH
def test_every_pose_is_used(exercise: Exercise) -> None:
    assert {level.pose for level in exercise.levels} == set(exercise.poses)


@EACH
def test_sources_are_known_and_our_own_rules_say_so(exercise: Exercise) -> None:
    keys = [source.key for source in exercise.sources]
    assert len(set(keys)) == len(keys)
    assert set(keys) <= SOURCES
    assert any(source.tag is Tag.VERIFIED for source in exercise.sources)
    for source in exercise.sources:
        assert (source.key == "own") == (source.tag is Tag.PRODUCT) == (source.kind == "our own choice")
    tags = {source.tag for source in exercise.sources}
    assert {level.tag for level in exercise.levels} <= tags, "a level is no better founded than its sources"


@EACH
def test_dose_note_owns_what_is_ours(exercise: Exercise) -> None:
    assert "our own choice" in exercise.dose_note
    assert 2 <= len(re.findall(r"[.?!](?:\s|$)", exercise.dose_note)) <= 3


@EACH
def test_stop_rules_read_as_their_box_needs(exercise: Exercise) -> None:
    """Urgent ones continue "Stop and get help the same day:", the others are sentences of their own."""
    assert exercise.stop_rules
    for rule in exercise.stop_rules:
        assert rule.text.endswith((".", "?", "!")) is not rule.urgent, rule.text
    urgent = [rule.urgent for rule in exercise.stop_rules]
    assert urgent == sorted(urgent, reverse=True), "urgent ones first"


@EACH
def test_words_are_plain(exercise: Exercise) -> None:
    for place, text in texts(exercise):
        if place.endswith(".reference") or ".muscles[" in place:  # names, not sentences
            continue
        assert not NOT_OUR_WORDS.search(text), f"{place}: {text}"
        for sentence in sentences(text):
            assert len(sentence.split()) <= LONGEST_SENTENCE, f"{place}: {sentence}"


@EACH
def test_full_stops_stand_where_a_sentence_is_shown(exercise: Exercise) -> None:
    for level in exercise.levels:
        assert all(step.text.endswith(".") for step in level.steps)
        assert all(cue.endswith(".") for cue in level.cues)
        assert not any(line.endswith(".") for line in level.setup)
        assert level.go_up.endswith(".")
        assert level.variant.endswith(".")
        assert not level.name.endswith(".")
    assert not any(mistake.endswith(".") for mistake in exercise.mistakes)
    assert exercise.purpose.endswith(".")


@EACH
def test_names_fit_their_places(exercise: Exercise) -> None:
    assert len(exercise.title) <= 24
    assert len(exercise.summary) <= 40
    for level in exercise.levels:
        assert len(level.name) <= 28
        assert all(len(word) <= 10 for word in (level.phases.effort, level.phases.hold, level.phases.back))
        assert all(len(cue) <= 52 for cue in level.cues)


def test_routines_have_titles_that_tell_them_apart() -> None:
    titles = [routine.title for routine in CATALOGUE.routines.values()]
    assert len(set(titles)) == len(titles)
    assert CATALOGUE.routines["daily_six"].title == "Daily six"
