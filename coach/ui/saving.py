"""Putting a picture, a table or a report into a file that the person chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.errors import KnownError, place_reason
from coach.fsutil import atomic_write
from coach.ui.i18n import tr

if TYPE_CHECKING:
    from pathlib import Path


def save_file(path: Path, data: bytes) -> None:
    """Put all of `data` in a file that only its owner may read, or leave what was there; KnownError says why not."""
    try:
        atomic_write(path, data)
    except OSError as error:
        raise KnownError(
            tr(
                "{path} could not be written: {reason}. Nothing was changed there. Mend that, or choose another place.",
                path=path,
                reason=place_reason(error),
            )
        ) from error
