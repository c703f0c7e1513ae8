"""All that only a PostgreSQL server has: connections, one schema for each person, and what its errors mean.

The neighbour of `coach.storage.sqlite`; imported only where a profile names a server, because its driver is an extra.
"""

from __future__ import annotations

from coach.errors import StorageError

try:
    import psycopg  # noqa: F401 - here, so that all that follows can rely on it
except ImportError as missing:
    raise StorageError(
        "A diary on a PostgreSQL server needs an extra that is not installed. Install it with "
        "`pip install 'foot-coach[server]'`, or choose a folder with --profile."
    ) from missing
