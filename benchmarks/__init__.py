"""Measured against peers, in one run on one machine: `python -m benchmarks` (or `make bench`)."""
