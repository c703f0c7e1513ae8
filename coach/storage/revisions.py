"""The revisions of the schema, known here so that start-up need not import SQLAlchemy or Alembic to ask."""

from __future__ import annotations

REVISIONS = ("0001", "0002", "0003")
"""Every revision that was ever released, oldest first."""
HEAD = REVISIONS[-1]
