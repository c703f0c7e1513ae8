"""The JSON form: what is in it, how it is written, and every way in which a file may be wrong."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import StorageError
from coach.storage.exchange import json_file, json_stream
from coach.storage.exchange.json_file import export_json
from coach.storage.exchange.merge import preview, take_in
from coach.storage.revisions import HEAD
from tests import records as r
from tests.storage.exchange.histories import EXAMPLES, Home, homes, patient, previewed
from tests.storage.exchange.rewriting import rewritten, sealed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def exported(here: Home, tmp_path: Path) -> Path:
    return export_json(here.database, tmp_path / "history.json", r.at(0), "1.0").path


def test_the_file_says_what_it_is_and_holds_every_column(here: Home, exported: Path) -> None:
    whole = json.loads(exported.read_text(encoding="utf-8"))
    assert list(whole) == ["format", "version", "made", "program", "schema", "counts", "tables", "sha256"]
    assert whole["format"] == "foot-coach-history"
    assert (whole["version"], whole["program"], whole["schema"]) == (1, "1.0", HEAD)
    assert whole["made"] == "2026-11-15T08:30:00Z"
    assert whole["tables"] == here.rows()
    assert whole["counts"] == {name: len(rows) for name, rows in whole["tables"].items()}
    canonical = json.dumps(whole["tables"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert whole["sha256"] == hashlib.sha256(canonical.encode()).hexdigest()


def test_one_row_is_one_line(here: Home, exported: Path) -> None:
    rows = sum(map(len, here.rows().values()))
    assert sum(line.startswith(b'{"at"') for line in exported.read_bytes().splitlines()) == rows


def test_an_empty_history_leaves_and_comes_in(there: Home, tmp_path: Path) -> None:
    done = export_json(there.database, tmp_path / "empty.json", r.at(0), "1.0")
    assert set(done.contents.rows.values()) == {0}
    assert done.contents.first_day is None
    assert preview(there.database, done.path).left == ()


def test_it_is_private_whatever_the_umask(here: Home, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = export_json(here.database, tmp_path / "open.json", r.at(0), "1.0").path
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600


# --- writing goes wrong


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> Iterator[None]:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "injected")

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, fail)
        yield


@pytest.mark.parametrize(
    ("owner", "name"),
    [(json_file, "scratch_beside"), (json_file, "finish"), (json_file, "_write_tables"), (Path, "replace")],
)
def test_a_full_disk_leaves_the_old_file_and_no_litter(
    here: Home, exported: Path, monkeypatch: pytest.MonkeyPatch, owner: object, name: str
) -> None:
    before, names = exported.read_bytes(), sorted(exported.parent.iterdir())
    here.diary.add_level(r.level(9, 4))
    with (
        failing(monkeypatch, owner, name),
        pytest.raises(StorageError, match=r"could not be written to .*history\.json: the disk is full\. Nothing was"),
    ):
        export_json(here.database, exported, r.at(0), "1.0")
    assert exported.read_bytes() == before
    assert sorted(exported.parent.iterdir()) == names


def test_a_target_that_cannot_be(here: Home, tmp_path: Path) -> None:
    (tmp_path / "diary.sqlite3").write_bytes(b"precious")
    (tmp_path / "file").touch()
    for target, said in (
        (tmp_path, "it is a folder"),
        (tmp_path / "diary.sqlite3", r"is there already and is no \.json file"),
        (tmp_path / "gone" / "x.json", "its folder is not there"),
        (tmp_path / "file" / "x.json", "a part of the path is not a folder"),
        (tmp_path / f"{'x' * 300}.json", "the path is too long"),
    ):
        with pytest.raises(StorageError, match=said):
            export_json(here.database, target, r.at(0), "1.0")
    assert (tmp_path / "diary.sqlite3").read_bytes() == b"precious"


def test_a_link_stays_a_link(here: Home, exported: Path) -> None:
    link = exported.with_name("link.json")
    link.symlink_to(exported)
    exported.write_bytes(b"old")
    export_json(here.database, link, r.at(0), "1.0")
    assert link.is_symlink()
    assert exported.read_bytes().startswith(b"{")


# --- reading what is wrong


def text_of(exported: Path) -> str:
    return exported.read_text(encoding="utf-8")


DEEP = "[" * 100_000

WRONG: dict[str, tuple[Any, str]] = {
    "0 bytes": (lambda t: b"", "it is empty"),
    "only space": (lambda t: b" \n ", "it is empty"),
    "not JSON": (lambda t: b"\x00\x01 hello", "it is no JSON"),
    "a list": (lambda t: b"[]", "it is no JSON"),
    "cut": (lambda t: t[: len(t) // 2].encode(), "it is cut short"),
    "cut at the end": (lambda t: t.rstrip().removesuffix("}").encode(), "it is cut short"),
    "more after the end": (lambda t: f"{t}{{}}".encode(), "something follows"),
    "not UTF-8": (lambda t: t.replace("Calf", "C\xe9lf", 1).encode("latin-1", "replace"), "it is no UTF-8 text"),
    "UTF-16": (lambda t: t.encode("utf-16"), "it is no UTF-8 text"),
    "foreign": (lambda t: b'{"format": "other"}', "no history of Foot Coach"),
    "half": (lambda t: b'{"format": "foot-coach-history"}', "no complete history.*version, counts, tables, sha256"),
    "newer": (lambda t: t.replace('"version": 1', '"version": 2').encode(), "version 2.*reads version 1"),
    "odd version": (lambda t: t.replace('"version": 1', '"version": "1"').encode(), "version must be a whole number"),
    "changed": (lambda t: t.replace('"level":2', '"level":3', 1).encode(), "changed or damaged since"),
    "a row less": (lambda t: "\n".join(drop_a_row(t.splitlines())).encode(), "changed or damaged since"),
    "NaN": (lambda t: t.replace('"level":2', '"level":NaN', 1).encode(), "NaN, which is no number"),
    "infinite": (lambda t: t.replace('"level":2', '"level":1e999', 1).encode(), "far too large"),
    "long number": (lambda t: t.replace('"level":2', f'"level":{"9" * 5000}', 1).encode(), "far too long"),
    "deep": (lambda t: t.replace('"level":2', f'"level":{DEEP}', 1).encode(), "nested too deeply"),
    "deep at the top": (lambda t: f'{{"x":{DEEP}'.encode(), "nested too deeply"),
    "tables twice": (lambda t: t.replace('"sha256"', '"tables": {}, "sha256"').encode(), "one of its parts twice"),
    "tables a list": (lambda t: b'{"format": "foot-coach-history", "version": 1, "tables": []}', "it is no JSON as"),
    "rows an object": (lambda t: b'{"version": 1, "tables": {"sets": {}}}', "it is no JSON as"),
}  # fmt: skip


def drop_a_row(lines: list[str]) -> list[str]:
    at = next(number for number, line in enumerate(lines) if line.startswith('{"at"') and line.endswith(","))
    return lines[:at] + lines[at + 1 :]


@pytest.mark.parametrize("case", WRONG)
def test_a_file_that_is_not_as_it_was_written_is_refused_whole(there: Home, exported: Path, case: str) -> None:
    spoil, said = WRONG[case]
    exported.write_bytes(spoil(text_of(exported)))
    with pytest.raises(StorageError, match=rf"history\.json cannot be imported: .*{said}.*Nothing was changed"):
        preview(there.database, exported)
    assert not any(there.rows().values())


def test_a_file_that_is_too_large_is_refused(there: Home, exported: Path) -> None:
    with exported.open("ab") as file:
        file.truncate((2 << 30) + 1)  # takes no room
    with pytest.raises(StorageError, match="larger than 2 GB"):
        preview(there.database, exported)


@pytest.mark.parametrize(
    "dress",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: json.dumps(json.loads(text), indent=4).encode(),
        lambda text: json.dumps(json.loads(text), sort_keys=True).encode(),
    ],
    ids=["byte order mark", "line ends", "indented and escaped", "keys sorted"],
)
def test_another_dress_is_the_same_history(
    here: Home, there: Home, exported: Path, dress: Callable[[str], bytes]
) -> None:
    exported.write_bytes(dress(text_of(exported)))
    seen = preview(there.database, exported)
    assert seen.left == ()
    take_in(there.database, seen)
    assert there.rows() == here.rows()


def test_an_entry_that_is_no_row_is_left_out_and_the_others_are_taken(there: Home, exported: Path) -> None:
    def change(tables: dict[str, list[Any]]) -> None:
        tables["level_changes"] += [5, None, "x", [], {}]

    seen = preview(there.database, rewritten(exported, change))
    assert [(item.reason, item.count) for item in seen.left] == [
        ("an entry must be an object", 4),
        ("id is missing", 1),
    ]
    assert seen.new.rows["level_changes"] == 2


def test_values_longer_than_what_is_read_at_once(
    here: Home, there: Home, exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_stream, "CHUNK", 7)
    take_in(there.database, preview(there.database, exported))
    assert there.rows() == here.rows()


@patient
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_fuzz_whatever_a_file_holds_is_told_in_one_sentence(data: st.DataObject) -> None:
    """Random bytes, and exports with bytes changed, cut out, or sealed anew with odd values."""
    with homes(1) as ((home,), scratch):
        start = r.start()
        home.live([start, r.done(start), r.pain(session_id=start.id), r.level(0, 2)])
        path = export_json(home.database, scratch / "x.json", r.at(0), "1.0").path
        before, raw = home.rows(), bytearray(path.read_bytes())
        kind = data.draw(st.sampled_from(("random", "bytes", "cut", "values")))
        if kind == "random":
            raw = bytearray(data.draw(st.binary(max_size=200)))
        elif kind == "bytes":
            for _ in range(data.draw(st.integers(1, 5))):
                raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
        elif kind == "cut":
            at = data.draw(st.integers(0, len(raw)))
            del raw[at : at + data.draw(st.integers(1, 500))]
        else:
            raw = bytearray(json.dumps(sealed(odd(json.loads(raw)["tables"], data))).encode())
        path.write_bytes(raw)
        seen = previewed(home, path)
        assert home.rows() == before
        if seen is not None:  # what the checks let pass, the database takes
            assert take_in(home.database, seen) == seen.new
            home.history()


def odd(tables: dict[str, Any], data: st.DataObject) -> dict[str, Any]:
    anything = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=5,
    )
    for rows in tables.values():
        for row in rows:
            for key in data.draw(st.lists(st.sampled_from(sorted(row)), max_size=2)):
                row[key] = data.draw(anything)
    return tables
