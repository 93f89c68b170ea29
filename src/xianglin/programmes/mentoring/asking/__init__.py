"""请教: the young cadre asks the mentor of the pair, in words that the two alone read."""
