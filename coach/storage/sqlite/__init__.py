"""All that only SQLite has: the file and its rights, pragmas, the online copy, and what its errors mean.

Another database gets a neighbour of this package; `tables`, `rows`, `diary` and `migrations` stay as they are.
"""
