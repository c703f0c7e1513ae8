"""All that only a PostgreSQL server has: connections, one schema for each person, and what its errors mean.

The neighbour of `coach.storage.sqlite`; imported only where a profile names a server. This file imports nothing.
"""
