"""The real program on a clock that can be set while it runs, by a file, and on a computer that can be put to sleep.

Run as `python -m tests.journeys.stepped FILE [OPTION ...]`: the options are those of `coach`. The file holds two
numbers: by how many seconds the wall clock is ahead of this computer's, and how many of them were slept through, which
the clock that counts sleep shows as well. They are read at every look, so a step counts at once.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from coach import clock

if TYPE_CHECKING:
    from datetime import datetime


def main(file: Path, options: list[str]) -> int:
    """Run the program on this clock."""

    class Stepped(clock.SystemClock):
        """This computer's clocks, and what the file says."""

        def now(self) -> datetime:
            return super().now() + timedelta(seconds=float(file.read_text(encoding="utf-8").split()[0]))

        def monotonic(self) -> float:
            return super().monotonic() + float(file.read_text(encoding="utf-8").split()[1])

    clock.SystemClock = Stepped  # type: ignore[misc] # before anybody has asked for one
    from coach.cli import run

    return run(options)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
