"""Colours, type, icons and motion of the application."""
