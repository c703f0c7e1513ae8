"""Folders, settings, logs and the zone."""
