"""帮带记录: what the two of a pair did together, by which of the six methods, and what was solved; both confirm it."""
