"""search 搜索: what is public, found by its words."""
