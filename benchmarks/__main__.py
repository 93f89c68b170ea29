"""Run every benchmark that ends within minutes."""

import sys

from benchmarks import list_pages

if __name__ == "__main__":
    sys.exit(list_pages.main([]))
