"""A program that talks like the speaker, well or badly; started by tests, never imported by them."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any


def tell(**answer: Any) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def obey() -> None:
    """Keep all orders; asked to say "tell", hand them back as the words of a problem."""
    orders = []
    for line in sys.stdin:
        orders.append(json.loads(line))
        if orders[-1].get("text") == "tell":
            tell(tell="problem", kind="engine", detail=json.dumps(orders[:-1]))


def main(way: str, *more: str) -> None:
    if way == "slow":
        Path(more[0]).read_text()  # a named pipe, which opens when the test opens it
    elif way == "hanging":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.pause()
    elif way == "dying":
        sys.exit(3)
    elif way == "garbage":
        os.write(1, b'hello\n\xff\xfe\n[1]\n{"tell": "ready"}\n{"tell": "problem", "kind": 3}\n\n')
        os.write(2, b"qt.multimedia: a warning\n")
    elif way == "refusing":
        tell(tell="problem", kind=more[0], detail=more[1])
    tell(tell="ready", voices=["Ada", "Bo"])
    if way == "fleeting":
        sys.stdin.readline()
        return
    obey()


if __name__ == "__main__":
    main(*sys.argv[1:])
