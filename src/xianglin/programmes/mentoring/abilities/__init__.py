"""能力: the county's catalogue of what its cadres should be able to do."""
