"""Run every benchmark that ends within minutes."""

import sys

from benchmarks import import_areas, import_opinions, list_pages, pair_mentors, solve_round

if __name__ == "__main__":
    sys.exit(
        max(
            import_areas.main(),
            import_opinions.main(),
            list_pages.main([]),
            pair_mentors.main([]),
            solve_round.main([]),
        )
    )
