"""出师: a review of what a pair reached, its certificate; and handing over to another mentor."""
