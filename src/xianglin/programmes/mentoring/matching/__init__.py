"""Bringing mentors and young cadres together (配对): who takes part, how well two fit and why, who is kept apart."""
