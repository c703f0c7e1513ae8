"""The rules: standard library only, frozen dataclasses, pure functions of data and `now`."""
