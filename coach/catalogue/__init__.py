"""Exercise and routine files become domain objects, or a `Problem` that names file, line and key."""
