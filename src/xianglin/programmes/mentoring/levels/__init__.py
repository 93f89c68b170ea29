"""水平: how far somebody is in each ability, over time and seen by whom; and how far they want to be."""
