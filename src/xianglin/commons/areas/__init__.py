"""Where everything is: six fixed levels, and which programme is on in which county."""
