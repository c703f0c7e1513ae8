"""Reusable controls, each with an accessible name and full keyboard use."""
