"""Opening a diary: what is found in the folder, and what is said when it is not a diary."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coach.desktop import paths
from coach.errors import Damage, DamagedDiaryError, StorageError
from coach.storage.diary import open_diary
from coach.storage.sqlite import file
from tests import records as r
from tests.storage.conftest import FILE, contents, make

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- a new one


def test_a_new_diary_is_there_at_once_and_nothing_else(tmp_path: Path) -> None:
    open_diary(tmp_path).close()
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_its_files_are_private_even_with_umask_0(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with closing(open_diary(tmp_path)) as diary:
            diary.add_session(r.start())
            modes = {path.name: mode(path) for path in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert modes == {FILE: 0o600, f"{FILE}-wal": 0o600, f"{FILE}-shm": 0o600}


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_rights_that_were_widened_are_narrowed_again(tmp_path: Path) -> None:
    path = make(tmp_path)
    path.chmod(0o644)
    open_diary(tmp_path).close()
    assert mode(path) == 0o600


def test_a_failure_while_it_is_made_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(scratch: Path, path: Path) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(file, "put_in_place", full)
    with pytest.raises(StorageError, match="the disk is full"):
        open_diary(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_two_that_make_it_at_the_same_moment_share_the_first_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = file.put_in_place

    def a_moment_too_late(scratch: Path, path: Path) -> bool:
        monkeypatch.setattr(file, "put_in_place", really)
        make(tmp_path)
        return really(scratch, path)

    monkeypatch.setattr(file, "put_in_place", a_moment_too_late)
    with closing(open_diary(tmp_path)) as diary:
        assert len(diary.sessions()[0].sets) == 20
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_it_is_made_where_the_disk_knows_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(self: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    path = make(tmp_path)
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_a_second_start_finds_what_the_first_one_kept(tmp_path: Path) -> None:
    path = make(tmp_path)
    before = contents(path)
    with closing(open_diary(tmp_path)) as diary:
        assert len(diary.sessions()[0].sets) == 20
    assert contents(path) == before


def test_a_link_to_the_file_is_followed(tmp_path: Path) -> None:
    real, linked = tmp_path / "real", tmp_path / "linked"
    real.mkdir()
    linked.mkdir()
    make(real)
    (linked / FILE).symlink_to(real / FILE)
    with closing(open_diary(linked)) as diary:
        assert len(diary.sessions()[0].sets) == 20
        assert sorted(path.name for path in linked.iterdir()) == [FILE]


def test_closing_folds_the_log_into_the_file_and_may_happen_twice(tmp_path: Path) -> None:
    diary = open_diary(tmp_path)
    diary.add_session(r.start())
    assert (tmp_path / f"{FILE}-wal").stat().st_size > 0
    diary.close()
    diary.close()
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize("name", ["Jürgens Übungen", "with  spaces", "100% #1?", "🦶", "a" * 200])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    make(folder)
    with closing(open_diary(folder)) as diary:
        assert len(diary.sessions()[0].sets) == 20


# --- not a diary


def a_folder(path: Path) -> None:
    path.mkdir()


def nothing(path: Path) -> None:
    path.touch()


def random_bytes(path: Path) -> None:
    path.write_bytes(bytes(number * 197 % 251 for number in range(4096)))


def words(path: Path) -> None:
    path.write_text("Dear diary, today my heel hurt less.\n" * 40)


def half_of_one(path: Path) -> None:
    make(path.parent)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def one_with_a_broken_page(path: Path) -> None:
    make(path.parent)
    raw = bytearray(path.read_bytes())
    raw[4096 : 4096 + 400] = bytes(number * 197 % 251 for number in range(400))
    path.write_bytes(raw)


def another_programs_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")


def one_without_a_revision(path: Path) -> None:
    make(path.parent)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE alembic_version")


def one_with_an_empty_revision(path: Path) -> None:
    make(path.parent)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM alembic_version")


def one_of_a_newer_version(path: Path) -> None:
    make(path.parent)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")


@pytest.mark.parametrize(
    ("put", "damage", "said"),
    [
        (a_folder, None, "is a folder, not a file. Move the folder aside"),
        (nothing, Damage.EMPTY, "is damaged: it is empty. Put a backup in its place"),
        (random_bytes, Damage.FOREIGN, "is not a diary.*Do not delete it"),
        (words, Damage.FOREIGN, "is not a diary.*Do not delete it"),
        (half_of_one, Damage.BROKEN, "is damaged. Do not delete it"),
        (one_with_a_broken_page, Damage.BROKEN, "is damaged. Do not delete it"),
        (another_programs_database, Damage.FOREIGN, "a database of another program"),
        (one_without_a_revision, Damage.BROKEN, "is damaged. Do not delete it"),
        (one_with_an_empty_revision, Damage.BROKEN, "is damaged. Do not delete it"),
        (
            one_of_a_newer_version,
            Damage.NEWER,
            r"newer version of Foot Coach \(its revision is 0099, this one knows .*go back to a backup.*Nothing was",
        ),
    ],
)
@pytest.mark.parametrize("reading", [False, True])
def test_what_is_not_a_diary_is_refused_in_plain_words_and_left_alone(
    tmp_path: Path, put: Callable[[Path], None], damage: Damage | None, said: str, reading: bool
) -> None:
    path = tmp_path / FILE
    put(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StorageError, match=said) as caught:
        open_diary(tmp_path, reading=reading)
    assert (caught.value.damage if isinstance(caught.value, DamagedDiaryError) else None) is damage
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"cannot be used: it is not there\. Mend that"):
        open_diary(tmp_path / "gone")


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="a part of the path is not a folder"):
        open_diary(tmp_path / "file")


def test_links_that_go_round_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / FILE).symlink_to(tmp_path / FILE)
    with pytest.raises(StorageError, match="circle"):
        open_diary(tmp_path)


def test_a_file_that_another_program_has_locked(tmp_path: Path) -> None:
    path = make(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("PRAGMA user_version=1")
        with pytest.raises(StorageError, match="in use by another program"):
            open_diary(tmp_path, busy_s=0)
        other.execute("ROLLBACK")


def test_a_start_knows_the_name_of_the_diary_without_loading_the_database() -> None:
    assert paths.DIARY == file.FILE


# --- what is loaded for it

LOADED = """
import sys
from pathlib import Path
import coach.storage, coach.storage.ids
early = {"sqlalchemy", "sqlite3"} & set(sys.modules)
from coach.storage.diary import open_diary
for _ in range(2):
    open_diary(Path(sys.argv[1])).close()
late = {"alembic", "sqlalchemy.orm"} & set(sys.modules)
print(early or "none", late or "none")
"""


def test_neither_a_first_nor_a_second_start_loads_alembic(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, str(tmp_path)], capture_output=True, text=True, cwd=ROOT, timeout=60, check=True
    )
    assert done.stdout.split() == ["none", "none"]
