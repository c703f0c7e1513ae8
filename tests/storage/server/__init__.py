"""Diaries on a real PostgreSQL server."""
