"""The settings file: what was set comes back, and one bad value costs neither the others nor the file."""

from __future__ import annotations

import errno
import os
import stat
import tomllib
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.desktop import settings
from coach.desktop.settings import TomlPreferences
from coach.domain.preferences import (
    GET_READY_TIMES,
    PEOPLE,
    TEXT_SIZES,
    MotionChoice,
    Preferences,
    SessionTheme,
    ThemeChoice,
    VoiceChoice,
)
from coach.errors import KnownError

any_preferences = st.builds(
    Preferences,
    theme=st.sampled_from(ThemeChoice),
    session_theme=st.sampled_from(SessionTheme),
    text_percent=st.sampled_from(TEXT_SIZES),
    voice=st.sampled_from(VoiceChoice),
    voice_name=st.text(),
    voice_rate=st.floats(-1, 1),
    sound=st.booleans(),
    volume=st.integers(0, 100),
    flash=st.booleans(),
    self_paced=st.booleans(),
    full_screen=st.booleans(),
    reduce_motion=st.sampled_from(MotionChoice),
    get_ready_s=st.sampled_from(GET_READY_TIMES),
    person=st.integers(0, PEOPLE - 1),
    safety_accepted=st.text(),
    routine=st.text(),
)
CHANGED = Preferences(
    theme=ThemeChoice.DARK, text_percent=150, voice_name='Ænne "1"', voice_rate=-0.5, sound=False, person=2
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def load(path: Path, text: str | bytes) -> tuple[Preferences, tuple[str, ...]]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return TomlPreferences(path).load()


def test_without_a_file_the_defaults_stand_and_none_is_made(path: Path) -> None:
    assert TomlPreferences(path).load() == (Preferences(), ())
    assert list(path.parent.iterdir()) == []


def test_every_setting_has_a_default_that_the_file_can_hold() -> None:
    for field in fields(Preferences):
        assert isinstance(field.default, (str, bool, int, float)), field.name


@given(any_preferences)
def test_whatever_is_set_comes_back(tmp_path_factory: pytest.TempPathFactory, preferences: Preferences) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    TomlPreferences(path).save(preferences)
    assert TomlPreferences(path).load() == (preferences, ())


def test_the_file_is_plain_toml_with_one_line_for_each_setting(path: Path) -> None:
    TomlPreferences(path).save(CHANGED)
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    assert list(document) == [field.name for field in fields(Preferences)]
    assert document["theme"] == "dark"


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_it_is_private(path: Path) -> None:
    TomlPreferences(path).save(CHANGED)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


# --- one bad value


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('theme = "pink"', "theme must be one of system, light, dark, is 'pink'. Its default, system, is used."),
        ("theme = 3", "theme must be one of system, light, dark, is 3."),
        ("theme = true", "theme must be one of system, light, dark, is true."),
        ('theme = ["dark"]', "theme must be one of system, light, dark, is ['dark']."),
        ('voice = "LOUD"', "voice must be one of off, key, all, is 'LOUD'."),
        ("text_percent = 110", "text_percent must be one of (100, 125, 150, 175, 200), is 110. Its default, 100,"),
        ('text_percent = "150"', "text_percent must be a whole number, is '150'."),
        ("text_percent = 150.0", "text_percent must be a whole number, is 150.0."),
        ("text_percent = true", "text_percent must be a whole number, is true."),
        ("volume = 101", "volume must be from 0 to 100, is 101. Its default, 70, is used."),
        ("volume = -1", "volume must be from 0 to 100, is -1."),
        ("voice_rate = nan", "voice_rate must be from -1 to 1, is nan."),
        ("voice_rate = inf", "voice_rate must be from -1 to 1, is inf."),
        ("voice_rate = false", "voice_rate must be a number, is false."),
        ("sound = 1", "sound must be true or false, is 1. Its default, true, is used."),
        ('sound = "yes"', "sound must be true or false, is 'yes'."),
        ("get_ready_s = 7", "get_ready_s must be one of (5, 10, 15), is 7."),
        ("person = 4", "person must be from 0 to 3, is 4."),
        ("routine = 1", "routine must be a text in quotes, is 1."),
        ("safety_accepted = 2026-11-15", "safety_accepted must be a text in quotes, is datetime.date(2026, 11, 15)."),
    ],
)
def test_a_value_that_cannot_be_used_costs_only_itself(path: Path, line: str, said: str) -> None:
    text = f'{line}\nreduce_motion = "on"\n'
    preferences, told = load(path, text)
    assert preferences == replace(Preferences(), reduce_motion=MotionChoice.ON)
    (sentence,) = told
    assert sentence.startswith(f"In {path} {said}")
    assert "\n" not in sentence
    assert path.with_name("settings.toml.bad").read_text() == text


def test_several_bad_values_have_a_sentence_each(path: Path) -> None:
    _, told = load(path, 'volume = 300\ntheme = "pink"\nsound = 1\nperson = 1\n')
    assert [sentence.split()[2] for sentence in told] == ["volume", "theme", "sound"]
    assert told[-1].endswith("The file as it was is kept as settings.toml.bad.")


def test_a_whole_number_will_do_for_a_number(path: Path) -> None:
    preferences, told = load(path, "voice_rate = 1\n")
    assert (preferences.voice_rate, told) == (1, ())


def test_settings_of_a_newer_version_are_told_and_survive_a_save(path: Path) -> None:
    path.write_text('theme = "dark"\nlanguage = "de"\n\n[window]\nx = 3\n')
    store = TomlPreferences(path)
    preferences, told = store.load()
    assert preferences.theme is ThemeChoice.DARK
    assert told == (f"In {path} there are settings that this version does not know: language, window. They are kept.",)
    store.save(replace(preferences, theme=ThemeChoice.LIGHT))
    document = tomllib.loads(path.read_text())
    assert (document["theme"], document["language"], document["window"]) == ("light", "de", {"x": 3})
    assert not path.with_name("settings.toml.bad").exists()


def test_a_mark_of_byte_order_and_windows_line_ends_are_no_trouble(path: Path) -> None:
    preferences, told = load(path, b'\xef\xbb\xbftheme = "dark"\r\nsound = false\r\n')
    assert (preferences.theme, preferences.sound, told) == (ThemeChoice.DARK, False, ())


# --- a bad file


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"theme =\n", "are damaged (Invalid value (at line 1, column 8))"),
        (b'theme = "dark"\ntheme = "light"\n', "are damaged (Cannot overwrite a value (at line 2"),
        (b'theme = "d\xe4rk"\n', "are damaged (it is not UTF-8 text)"),
        ('theme = "dark"\n'.encode("utf-16"), "are damaged (it is not UTF-8 text)"),
        (bytes(range(256)), "are damaged"),
        (b"a = " + b"[" * 5000, "are damaged"),
        (b"\0" * 100, "are damaged"),
    ],
)
def test_a_damaged_file_is_told_and_kept_aside(path: Path, content: bytes, said: str) -> None:
    preferences, told = load(path, content)
    assert preferences == Preferences()
    (sentence,) = told
    assert said in sentence
    assert sentence.endswith("Defaults are used. The file as it was is kept as settings.toml.bad.")
    assert path.with_name("settings.toml.bad").read_bytes() == content
    TomlPreferences(path).save(CHANGED)
    assert TomlPreferences(path).load() == (CHANGED, ())
    assert path.with_name("settings.toml.bad").read_bytes() == content


def test_an_empty_file_is_all_defaults(path: Path) -> None:
    assert load(path, "") == (Preferences(), ())


def test_a_file_of_50_mb_is_not_even_read(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50 << 20)
    preferences, (sentence,) = TomlPreferences(path).load()
    assert preferences == Preferences()
    assert "cannot be read: it is larger than 1 MB" in sentence


def test_a_folder_in_its_place(path: Path) -> None:
    path.mkdir()
    store = TomlPreferences(path)
    preferences, (sentence,) = store.load()
    assert preferences == Preferences()
    assert "cannot be read: it is not a file" in sentence
    with pytest.raises(KnownError, match=r"could not be saved.*it is a folder, not a file"):
        store.save(CHANGED)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_its_place_does_not_hang(path: Path) -> None:
    os.mkfifo(path)
    preferences, (sentence,) = TomlPreferences(path).load()
    assert preferences == Preferences()
    assert "it is not a file" in sentence


def test_a_file_that_may_not_be_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    path.write_text('theme = "dark"')
    monkeypatch.setattr(Path, "read_bytes", refuse)
    preferences, (sentence,) = TomlPreferences(path).load()
    assert preferences == Preferences()
    assert "cannot be read: permission is denied. Defaults are used." in sentence


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EACCES, "permission is denied"),
    ],
)
def test_a_save_that_fails_names_the_cause_and_keeps_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    store = TomlPreferences(path)
    store.save(CHANGED)

    def fail(*_args: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(KnownError, match=said) as caught:
        store.save(Preferences())
    assert str(path) in str(caught.value)
    monkeypatch.undo()
    assert store.load() == (CHANGED, ())
    assert list(path.parent.iterdir()) == [path]


def test_a_disk_too_full_to_keep_the_bad_file_still_gives_settings(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(settings, "atomic_write", fail)
    preferences, (sentence,) = load(path, "volume = 300\n")
    assert preferences == Preferences()
    assert sentence.endswith("is used.")


def test_the_same_bad_file_is_not_copied_at_every_start(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(path, "volume = 300\n")
    written: list[Any] = []
    monkeypatch.setattr(settings, "atomic_write", lambda *args: written.append(args))
    _, (sentence,) = TomlPreferences(path).load()
    assert written == []
    assert sentence.endswith("is kept as settings.toml.bad.")
