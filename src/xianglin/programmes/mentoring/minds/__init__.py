"""心理辅导: that somebody was talked with, when again, and whether to look after them. Never what was said.

Off unless a county switches it on, and then only of who consents. Read by a few who are named, each reading noted.
"""
