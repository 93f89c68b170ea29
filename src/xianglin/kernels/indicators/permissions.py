"""Who sees a place's figures. Whose records they open is their own rooms' business."""

from xianglin.base.registry import Row

SEE = "indicators.see"  # a programme's own officers get it in that programme's table

ROWS = (Row(SEE, ("village_cadre", "town_clerk", "town_inspector", "county_clerk", "county_officer", "observer")),)
