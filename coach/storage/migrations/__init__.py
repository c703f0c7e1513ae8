"""The way from every released schema to today's, one file for each step.

A step is written against frozen definitions, never against `coach.storage.tables`, which will have moved on when it
runs. SQLite alters a table by building it anew (`op.batch_alter_table`); give it `copy_from` with the frozen table,
because CHECK constraints are not reflected and would be lost in silence, and leave `recreate` to Alembic: PostgreSQL
alters a table where it stands. Text is `TEXT COLLATE "C"` there and a whole number BIGINT, as in the first step. Add
the new revision to `REVISIONS` in `coach.storage.revisions`, and a file of the schema that it leaves to `tests/data/`.
"""
