"""The diary: SQLite through SQLAlchemy."""
