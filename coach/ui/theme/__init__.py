"""Look: colour tokens, type, icons, style sheet."""
