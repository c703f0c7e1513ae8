"""All that is seen or heard."""
