"""Foot Coach: a guided daily exercise coach that stays on your own computer."""

__version__ = "0.1.0"
