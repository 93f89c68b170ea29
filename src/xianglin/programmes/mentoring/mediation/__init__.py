"""调解: a dispute that a team of mediators took on, what was said, what came of it, and whether it held."""
