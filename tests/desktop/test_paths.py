"""The program's own files, and the folder of one person."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from coach.desktop import paths
from coach.desktop.paths import open_profile, resources
from coach.errors import KnownError

posix = pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- the program's own files


def test_a_checkout_has_its_files_at_the_top() -> None:
    assert (resources() / "exercises" / "calf_raise.toml").is_file()
    assert (resources() / "assets").is_dir()


def install(folder: Path) -> Path:
    for name in ("assets", "exercises"):
        (folder / name).mkdir(parents=True)
    return folder


def test_a_wheel_has_them_in_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path)  # a stranger's folders of the same names beside the package must not win
    data = install(tmp_path / "coach" / "_data")
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "coach")
    assert resources() == data


def test_a_bundle_may_have_them_at_its_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = install(tmp_path / "bundle")
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "bundle" / "lib" / "coach")
    monkeypatch.setattr(sys, "_MEIPASS", str(bundle), raising=False)
    assert resources() == bundle


def test_without_them_the_program_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "coach")
    with pytest.raises(KnownError, match=r"own files are missing.*Install the program again"):
        resources()


# --- which folder it is


def test_the_option_wins_over_the_variable_and_that_over_the_default(tmp_path: Path, home: Path) -> None:
    option, variable = tmp_path / "option", tmp_path / "variable"
    environ = {"COACH_PROFILE": str(variable)}
    assert open_profile(option, environ).data == option
    assert open_profile(None, environ).data == variable
    assert open_profile(None, {"COACH_PROFILE": "  "}).data == home / "share" / "foot-coach"
    assert open_profile(None, {}).data == home / "share" / "foot-coach"


def test_everything_of_a_person_is_in_that_one_folder(tmp_path: Path) -> None:
    profile = open_profile(tmp_path / "me")
    assert profile.settings.parent == profile.data
    assert profile.logs.parent == profile.data


def test_a_tilde_means_home_and_a_relative_path_the_current_folder(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert open_profile("~/mine").data == home / "mine"
    assert open_profile("here").data == tmp_path / "here"


@pytest.mark.skipif(sys.platform != "linux", reason="XDG is a matter of Linux")
@pytest.mark.parametrize("value", ["", "relative/path"])
def test_a_data_home_that_the_standard_forbids_is_ignored(
    home: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", value)
    assert open_profile().data == home / ".local" / "share" / "foot-coach"


@pytest.mark.parametrize("name", ["Jürgens Übungen", "with  spaces", "100% #1", "🦶", "a" * 255])
def test_the_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    assert open_profile(tmp_path / name).data.is_dir()


# --- a diary on a server


def test_what_belongs_to_this_screen_stays_on_this_computer(home: Path) -> None:
    opened = open_profile("postgresql://anna:secret@db/home?person=Anna Lena".replace(" ", "%20"), {})
    assert opened.server is not None
    assert (
        opened.data
        == home / "share" / "foot-coach" / "people-on-servers" / opened.server.key / "person__41nna_20_4cena"
    )
    assert opened.data.is_dir()
    assert opened.is_chosen
    assert "secret" not in f"{opened!r} {opened.data}"
    again = open_profile(None, {"COACH_PROFILE": "postgresql://db/home"})
    assert not again.is_chosen
    assert again.of("Anna Lena").data == opened.data
    assert opened.everybody.data == again.data
    assert again.of("Bert").data != opened.data


@posix
def test_the_folder_of_somebody_on_a_server_is_private_even_with_umask_0(home: Path) -> None:
    before = os.umask(0)
    try:
        folder = open_profile("postgresql://db/home?person=anna", {}).data
    finally:
        os.umask(before)
    assert [mode(place) for place in (folder, *list(folder.parents)[:3])] == [0o700] * 4


def test_the_settings_of_who_was_here_last_are_those_for_asking_who_it_is(home: Path) -> None:
    everybody = open_profile("postgresql://db/home", {})
    assert not everybody.newest_settings.exists()
    for age, name in ((100, "anna"), (50, "bert"), (200, "carl")):
        settings = everybody.of(name).settings
        settings.touch()
        os.utime(settings, (1_000_000 - age, 1_000_000 - age))
    assert everybody.newest_settings == everybody.of("bert").settings


def test_an_address_of_anything_else_is_refused_without_quoting_it() -> None:
    with pytest.raises(KnownError, match="a folder, or a PostgreSQL server") as caught:
        open_profile("mysql://anna:secret@db/home", {})
    assert "secret" not in str(caught.value)


# --- whose it is


@posix
def test_new_folders_are_private_even_with_umask_0(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        profile = open_profile(tmp_path / "share" / "deep" / "me")
    finally:
        os.umask(before)
    assert [mode(folder) for folder in (profile.data, *list(profile.data.parents)[:2])] == [0o700] * 3


@posix
def test_the_default_folder_is_made_private_again_and_a_chosen_one_left_as_it_is(home: Path, tmp_path: Path) -> None:
    for folder in (home / "share" / "foot-coach", tmp_path / "shared"):
        folder.mkdir(parents=True)
        folder.chmod(0o755)
    assert mode(open_profile().data) == 0o700
    assert mode(open_profile(tmp_path / "shared").data) == 0o755


def test_nothing_is_left_in_it_by_the_look_whether_it_can_be_written(tmp_path: Path) -> None:
    assert list(open_profile(tmp_path / "me").data.iterdir()) == []


# --- when it cannot be used


def refused(chosen: str | Path) -> str:
    with pytest.raises(KnownError) as caught:
        open_profile(chosen)
    said = str(caught.value)
    assert "choose another folder with --profile" in said.lower()
    assert "\n" not in said
    return said


def test_a_file_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "me").touch()
    said = refused(tmp_path / "me")
    assert str(tmp_path / "me") in said
    assert "not a folder" in said


def test_a_file_above_it(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "a part of the path is not a folder" in refused(tmp_path / "file" / "me")


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    assert "the path is too long" in refused(tmp_path / ("a" * 300))


def test_a_null_character() -> None:
    assert "null" in refused("/tmp/a\0b")


def test_the_home_of_nobody() -> None:
    assert "~no-such-person" in refused("~no-such-person/me")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EACCES, "permission is denied"),
        (errno.EROFS, "the disk is read-only"),
        (errno.ENOSPC, "the disk is full"),
    ],
)
def test_a_folder_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    def refuse(*_args: object, **_options: object) -> tuple[int, str]:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    told = refused(tmp_path / "me")
    assert said in told
    assert str(tmp_path / "me") in told


@posix
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder that nobody may write to")
def test_a_folder_that_not_even_the_superuser_can_write_to() -> None:
    assert "/proc" in refused("/proc")
    assert "/proc/me" in refused("/proc/me")


# --- a folder that can only be read


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOSPC])
@pytest.mark.parametrize("with_diary", [True, False])
def test_fault_07_a_diary_that_can_only_be_read_can_be_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, with_diary: bool
) -> None:
    def refuse(folder: Path) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(paths, "check_writable", refuse)
    if with_diary:
        (tmp_path / paths.DIARY).touch()
    if with_diary and number != errno.ENOSPC:
        assert open_profile(tmp_path).data == tmp_path
    else:
        with pytest.raises(KnownError, match="cannot be used for your data"):
            open_profile(tmp_path)


# --- the lock


def test_fault_17_folders_that_share_a_diary_by_a_link_share_its_lock(tmp_path: Path) -> None:
    real, linked, other = (tmp_path / name for name in ("real", "linked", "other"))
    real.mkdir()
    linked.mkdir()
    (real / paths.DIARY).touch()
    (linked / paths.DIARY).symlink_to(real / paths.DIARY)
    other.symlink_to(real)
    places = [paths.Profile(folder).lock_folder for folder in (real, linked, other)]
    assert places == [real.resolve()] * 3
    assert paths.Profile(tmp_path / "new").lock_folder == (tmp_path / "new").resolve()
