"""经验: a good answer in general words, shared with all mentors and young cadres of the county."""
