"""A real PostgreSQL server for tests, from Debian's binaries: started when the first test asks, ended with the run.

It listens on a Unix socket in a scratch folder and nowhere else. One for each worker of pytest-xdist: making and
starting one takes less than a second, so nothing need be shared. Where PostgreSQL is not installed the tests that ask
for it are skipped.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, LiteralString

import pytest

from coach.services.servers import Address, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

BINARIES = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path("/nowhere"), key=lambda path: path.parent.name)
MISSING = "PostgreSQL is not installed (`postgresql` from Debian), so nothing was tried on a server"
ADMIN = "coach"
LOCKED = "locked"
"""A user who may only come in with `PASSWORD`; made by `Server.lock`."""
PASSWORD = "open:sesame@100%"  # has to be escaped in an address
PATIENCE_S = 30
_people = count(1)
_databases = count(1)


class Server:
    """One server in a folder of its own. Fast rather than durable: nobody cuts the power of a test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        if os.getuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        self.run(
            "initdb", "--no-sync", "-U", ADMIN, "-E", "UTF8", "--locale=C.UTF-8", "--locale-provider=icu",
            "--icu-locale=en-US", "-A", "trust", "-D", str(folder / "data"),
        )  # fmt: skip
        rules = folder / "data" / "pg_hba.conf"
        rules.write_text(f"local all {LOCKED} scram-sha-256\n{rules.read_text('utf-8')}", encoding="utf-8")

    def start(self, *settings: str) -> None:
        """Come up, and wait until connections are taken. `settings` are `name=value`."""
        given = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "fsync": "off",
            "shared_buffers": "16MB",
            "max_connections": "20",
            "autovacuum": "off",
            **dict(setting.split("=", 1) for setting in settings),
        }
        options = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
        command = [*self._as_postgres(), str(BINARIES / "postgres"), "-D", str(self.folder / "data"), *options]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
            patience = time.monotonic() + PATIENCE_S
            while not self._ready():
                if time.monotonic() > patience:
                    raise RuntimeError((self.folder / "log").read_text("utf-8"))
                if self._process.poll() is not None:
                    # Killed ones of before may still hold its shared memory for a moment.
                    self._process = subprocess.Popen(command, stdout=log, stderr=log)

    def stop(self, number: signal.Signals = signal.SIGQUIT) -> None:
        """End at once; SIGINT in order."""
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(timeout=30)
            self._process = None

    def kill(self) -> None:
        """`kill -9` of the server and of every process that belongs to it."""
        if self._process is not None:
            pid = self._process.pid
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
            for each in (pid, *map(int, children)):
                with suppress(ProcessLookupError):
                    os.kill(each, signal.SIGKILL)
            self._process.wait(timeout=30)
            self._process = None

    def address(self, database: str = "postgres", person: str = "", user: str = ADMIN, more: str = "") -> Address:
        """The address of a database here."""
        return parse(self.text(database, user=user, more=more), {}).of(person)

    def text(self, database: str = "postgres", *, user: str = ADMIN, more: str = "") -> str:
        """The same as a person writes it."""
        return f"postgresql://{user}@/{database}?host={self.folder}{more}"

    def tell(self, statement: LiteralString, database: str = "postgres", user: str = ADMIN) -> list[tuple[object, ...]]:
        """Run a statement as whoever looks after the server; gives its rows."""
        import psycopg

        with closing(psycopg.connect(self.text(database, user=user), autocommit=True)) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def new_database(self, more: LiteralString = "") -> str:
        """An empty database; its name."""
        from psycopg import connect, sql

        name = f"d{next(_databases)}"
        with closing(connect(self.text(), autocommit=True)) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} " + more).format(sql.Identifier(name)))
        return name

    def new_person(self, database: str = "postgres") -> Address:
        """Somebody new, with an empty diary."""
        from coach.storage.server.people import ServerPeople

        address = self.address(database)
        return address.of(ServerPeople(address).add(f"Person {next(_people)}"))

    def lock(self, *rights: LiteralString) -> None:
        """Make `LOCKED`, with such rights as `CREATE ON DATABASE postgres`."""
        from psycopg import connect, sql

        with closing(connect(self.text(), autocommit=True)) as connection:
            if connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [LOCKED]).fetchone() is None:
                role = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
                connection.execute(role.format(sql.Identifier(LOCKED), sql.Literal(PASSWORD)))
            for right in rights:
                connection.execute(sql.SQL("GRANT " + right + " TO {}").format(sql.Identifier(LOCKED)))

    def run(self, name: str, *words: str) -> str:
        """Run one of PostgreSQL's own programs; gives what it prints."""
        command = [*self._as_postgres(), str(BINARIES / name), *words]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=60, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    def _ready(self) -> bool:
        import psycopg

        with suppress(psycopg.OperationalError):
            self.tell("SELECT 1")
            return True
        return False

    def _as_postgres(self) -> list[str]:
        """PostgreSQL refuses the superuser; and it is not to outlive a run that was killed."""
        who = ["--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
        return ["setpriv", *who, "--pdeathsig=QUIT"]


def make_server() -> Server:
    """A server that is not started yet, or the skip of the test that asks."""
    if sys.platform != "linux" or not (BINARIES / "postgres").is_file() or shutil.which("setpriv") is None:
        pytest.skip(MISSING)
    # A short name: the path of a Unix socket must stay under 108 bytes.
    return Server(Path(tempfile.mkdtemp(prefix="coach-pg-")))


@contextmanager
def serving() -> Iterator[Server]:
    """A server that runs, and is gone afterwards."""
    server = make_server()
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)
