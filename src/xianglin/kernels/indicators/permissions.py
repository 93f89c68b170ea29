"""Who sees a place's figures. Whose records they open is their own rooms' business."""

from xianglin.base.registry import Row

READING = ("village_cadre", "town_clerk", "town_inspector", "county_clerk", "county_officer", "observer")

ROWS = (Row("indicators.see", READING),)
