"""The diary on disk: SQLite, or a PostgreSQL server, through SQLAlchemy Core.

`diary` fulfils the port, `tables` is the schema of today, `rows` maps between rows and records, `migrations` leads
older files here, `sqlite` and `server` each hold all that no other database has. This file imports nothing: SQLAlchemy
takes about as long as showing a window, so the worker thread imports `coach.storage.diary` when the window is up.
"""
