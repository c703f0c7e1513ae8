"""One start of `coach`, all of it, that also says what becomes of it.

`listens` once Start can be pressed and a second start is heard, `raised` when one asked for the window.
"""

from __future__ import annotations

import os

import pytest

from coach import cli
from coach.ui.conductor import Conductor
from coach.ui.single import SingleWindow
from tests.reliability.nursery_main import say


def main(folder: str) -> int:
    """Run `coach --profile FOLDER` until it ends; its exit code."""
    show = Conductor.show_yourself

    def show_yourself(conductor: Conductor) -> None:
        show(conductor)
        say(raised=os.getpid(), visible=conductor.shell.isVisible())

    listen = SingleWindow.listen

    def listen_and_say(single: SingleWindow) -> None:
        listen(single)
        say(listens=os.getpid())

    instead = pytest.MonkeyPatch()  # never undone: the process ends with it
    instead.setattr(SingleWindow, "listen", listen_and_say)
    instead.setattr(Conductor, "show_yourself", show_yourself)
    return cli.run(["--profile", folder])
