"""The page's frame and its parts; see README.md."""
