"""Computation without Django and without input or output. Import the module that you need."""
