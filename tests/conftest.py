"""The net under every test: no network, no real home folder, no unexpected log record, nothing left running.

Marks for exceptions to the rule, each with its reason beside it in the test:

* `@pytest.mark.expect_log("regex")`: this test must log a warning or error that matches; any other still fails it.
* `qtbot.captureExceptions()` and `@pytest.mark.qt_log_ignore("regex")` come from pytest-qt.
"""

from __future__ import annotations

import gc
import logging
import os
import re
import sys
import tempfile
import threading
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests import leaks
from tests.fakes import FakeClock
from tests.server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.server import Server
pytest_plugins = ("tests.reliability.figures",)

# Read by Qt when its application starts, so set before any test imports it. A virtual screen is asked for by name.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["LC_ALL"] = "C.UTF-8"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"  # nobody's real secrets
for variable in (
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "QT_STYLE_OVERRIDE",
    "QT_SCALE_FACTOR",
    "COACH_PROFILE",
    "COACH_PASSPHRASE",
    "COACH_TRACE",
):
    os.environ.pop(variable, None)

# A deadline would be a test of this machine's mood; a fixed seed makes a red build repeatable.
settings.register_profile("default", deadline=None, database=None, print_blob=True)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.register_profile("quick", settings.get_profile("default"), max_examples=5, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

LOOKS = 20
"""Searches for leaks between two times of putting away what is no leak."""
_looks = count(1)
dialled: list[str] = []


def _refuse_network(event: str, args: tuple[object, ...]) -> None:
    """Audit hook: a connection to anything but a Unix socket is refused and remembered."""
    if event == "socket.getaddrinfo" or (event == "socket.connect" and isinstance(args[1], tuple)):
        dialled.append(f"{event} {args[:2]!r}")
        raise PermissionError("a test tried to use the network")


def pytest_configure(config: pytest.Config) -> None:
    """Register our marks and block the network for the whole run, here and in every Python that a test starts."""
    config.addinivalue_line("markers", "expect_log(*patterns): warnings or errors that this test must log")
    sys.addaudithook(_refuse_network)
    spreads = config.getoption("numprocesses", default=None) and not hasattr(config, "workerinput")
    if not spreads:  # else this process starts those that run the tests, and they do it themselves
        guard = str(Path(__file__).with_name("guard"))
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (guard, os.environ.get("PYTHONPATH"))))


def pytest_collection_finish() -> None:
    """Importing the tests has made most of what will ever be there."""
    _put_away()


def _put_away() -> None:
    """Take what is alive and no leak out of the sight of the collector, and so of the search for leaks."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def no_network(scratch_root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail even when the refused connection was swallowed by the code under test, or by a program it started."""
    dialled.clear()
    elsewhere = scratch_root / "dialled"
    monkeypatch.setenv("COACH_DIALLED", str(elsewhere))
    yield
    if elsewhere.exists():
        dialled.append(elsewhere.read_text(encoding="utf-8"))
        elsewhere.unlink()
    assert not dialled, f"the network was asked for: {dialled}"


@pytest.fixture(scope="session")
def scratch_root() -> Iterator[Path]:
    """Short-named parent of the tests' home folders (a Unix socket's path must stay under 108 bytes)."""
    with tempfile.TemporaryDirectory(prefix="coach-") as folder:
        yield Path(folder)


@pytest.fixture(autouse=True)
def home(scratch_root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own for each test; nothing may reach the real one."""
    folder = Path(tempfile.mkdtemp(dir=scratch_root))
    monkeypatch.setenv("HOME", str(folder))
    for name, place in {
        "CONFIG_HOME": ".config",
        "DATA_HOME": "share",
        "STATE_HOME": "state",
        "CACHE_HOME": "cache",
    }.items():
        monkeypatch.setenv(f"XDG_{name}", str(folder / place))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


class _Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Warnings and errors in the log fail the test unless `expect_log` announces them; announced ones must come."""
    handler = _Records()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    expected = [pattern for mark in request.node.iter_markers("expect_log") for pattern in mark.args]
    surprises = [line for line in handler.lines if not any(re.search(pattern, line) for pattern in expected)]
    missing = [pattern for pattern in expected if not any(re.search(pattern, line) for line in handler.lines)]
    assert not surprises, f"unexpected log records: {surprises}"
    assert not missing, f"announced log records that never came: {missing}"


@pytest.fixture(autouse=True)
def no_threads_left() -> Iterator[None]:
    """Threads started by a test must have ended with it."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before]
    for thread in left:
        thread.join(timeout=5)
    alive = [thread.name for thread in left if thread.is_alive()]
    assert not alive, f"threads still running: {alive}"


@pytest.fixture(autouse=True)
def no_qt_left(request: pytest.FixtureRequest, no_threads_left: None) -> Iterator[None]:
    """Windows, timers, animations and Qt threads started by a test must be gone after it."""
    touches_qt = "qapp" in request.fixturenames
    if touches_qt:
        # First, so that this check runs after qtbot has closed what it was told to close.
        request.getfixturevalue("qapp")
    before = leaks.windows() if touches_qt else []
    yield
    if touches_qt:
        left = leaks.collect(before)
        assert not left, f"left behind: {left}"
        if next(_looks) % LOOKS == 0:
            _put_away()  # the program's modules have come by now as well


@pytest.fixture
def clock() -> FakeClock:
    """Time that stands still until the test moves it."""
    return FakeClock()


@pytest.fixture(scope="session")
def running_server() -> Iterator[Server]:
    """The one PostgreSQL server of this run, or of this worker; who asks is skipped where none is installed."""
    with serving() as server:
        yield server


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A PostgreSQL server for one test alone, to be stopped, killed and started at will."""
    with serving() as server:
        yield server
