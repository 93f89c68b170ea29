"""名册: the mentors and the young cadres, and who must not be brought together."""
