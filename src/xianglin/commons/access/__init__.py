"""Who may do what, where, and from when to when; and how people log in."""
