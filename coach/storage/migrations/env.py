"""Alembic's entry: runs the steps on the connection that `coach.storage.migrate` hands over, in its transaction."""

from __future__ import annotations

from alembic import context

from coach.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # Alembic takes SQLite's DDL for untransactional, because the driver's default mode makes it so; ours does not.
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
