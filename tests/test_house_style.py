"""What holds for every file: sizes, no address of a machine or a package index, links that lead somewhere."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {".git", ".venv", "__pycache__", "out", "dist", "build"}
TEXT = {".py", ".toml", ".md", ".txt", ".xml", ".desktop", ".svg", ".json", ".ini", ".cfg", ".yml", ".yaml", ""}
HOME = Path("~").expanduser()
LONGEST_FILE, LONGEST_FUNCTION = 600, 60


def ours() -> list[Path]:
    """Every file of the checkout, found without git, which a bare machine does not have."""
    found, folders = [], [ROOT]
    while folders:
        for entry in sorted(folders.pop().iterdir()):
            if entry.name in NOT_OURS or entry.name.endswith("_cache") or entry.name == ".hypothesis":
                continue
            if entry.is_dir():
                folders.append(entry)
            elif entry.suffix in TEXT:
                found.append(entry)
    return found


def name(path: Path) -> str:
    """A short test id."""
    return str(path.relative_to(ROOT))


PYTHON = [path for path in ours() if path.suffix == ".py" or path == ROOT / "dev"]
SET_UP = [
    path
    for path in ours()
    if path.parent.name in {"packaging", ".ci"} or path in (ROOT / "dev", ROOT / "pyproject.toml")
]


@pytest.mark.parametrize("path", PYTHON, ids=name)
def test_no_file_or_function_outgrows_the_house(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LONGEST_FILE
    functions = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = [f.name for f in functions if (f.end_lineno or f.lineno) - f.lineno + 1 > LONGEST_FUNCTION]
    assert not long


def test_no_file_names_a_folder_of_this_machine() -> None:
    own = [f"{folder}/" for folder in (ROOT, HOME) if len(folder.parts) > 1]
    guilty = [
        name(path) for path in ours() for text in [path.read_text(encoding="utf-8")] for part in own if part in text
    ]
    assert not guilty


@pytest.mark.parametrize("path", SET_UP, ids=name)
def test_setting_up_names_no_address(path: Path) -> None:
    """Where packages come from is the affair of each machine's own settings."""
    text = re.sub(r"http://www\.w3\.org/\S+", "", path.read_text(encoding="utf-8"))
    assert "://" not in text


@pytest.mark.parametrize("lock", sorted(ROOT.glob("packaging/requirements*.txt")), ids=name)
def test_the_lock_holds_versions_and_hashes_only(lock: Path) -> None:
    pinned = re.compile(
        r"[a-z0-9-]+==(?:[0-9]+!)?[0-9][\w.]*( ; [a-zA-Z0-9_.<>=!'\" ()]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+\n"
    )
    rest = pinned.sub("", lock.read_text(encoding="utf-8"))
    assert rest == ""


DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("assets/*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_links_of_the_documents_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)", text) + re.findall(r"(?:src|href)=\"([^\"#]+)\"", text)
    missing = [target for target in targets if "://" not in target and not (document.parent / target).exists()]
    assert not missing


def test_every_library_we_ship_with_is_in_the_licence_list() -> None:
    text = (ROOT / "assets" / "licences.md").read_text(encoding="utf-8")
    locked = re.findall(
        r"^([a-z0-9-]+)==", (ROOT / "packaging" / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert locked
    assert [library for library in locked if f"`{library}`" not in text] == []
