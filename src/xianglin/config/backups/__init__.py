"""``xianglin backup`` and ``xianglin restore``: one archive of the database and the stored files, never of the keys."""
