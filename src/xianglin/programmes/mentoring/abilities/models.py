"""Abilities (能力): a county's own list, changed by it and never cut."""

from typing import ClassVar

from django.db import models

from xianglin.commons.areas.models import InArea

NAME_LENGTH = 20


class Ability(InArea):
    """Something that cadres should be able to do. ``area`` is the county whose list it stands in."""

    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=NAME_LENGTH)
    also = models.CharField(max_length=120, blank=True)  # other words for it in sheets, separated by spaces
    description = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=50)
    from_on = models.DateField()
    to_on = models.DateField(null=True)  # the first day on which it is taught no more; what was noted of it stays

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county_id", "key"], name="mentoring_ability_once"),
            models.UniqueConstraint(
                fields=["county_id", "name"], condition=models.Q(to_on=None), name="mentoring_ability_named_once"
            ),
            models.CheckConstraint(
                condition=models.Q(to_on=None) | models.Q(to_on__gte=models.F("from_on")),
                name="mentoring_ability_dates",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["county_id", "order", "id"], name="mentoring_abilities")]

    def __str__(self) -> str:
        return self.name
