"""对子: the pairs of mentor and young cadre, each on one page, and who may read and write there."""
