"""The bare list's one table."""
