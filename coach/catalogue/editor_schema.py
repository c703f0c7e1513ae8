"""JSON schemas of both formats, so that an editor can complete keys and mark faults while a file is being written.

Write them anew after a change of the format: `python -m coach.catalogue.editor_schema exercises`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import msgspec

from coach.catalogue.loader import ROUTINES
from coach.catalogue.schema import ExerciseFile, RoutineFile

NAME = "schema.json"


def editor_schemas() -> dict[str, str]:
    """Texts of the schema files by their path below the exercise folder."""
    return {
        NAME: _text(ExerciseFile),
        f"{ROUTINES}/{NAME}": _text(RoutineFile),
    }


def write_editor_schemas(folder: Path) -> None:
    """Write or replace the schema files below `folder`."""
    for name, text in editor_schemas().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _text(struct: type[msgspec.Struct]) -> str:
    return json.dumps(msgspec.json.schema(struct), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    write_editor_schemas(Path(sys.argv[1]))
