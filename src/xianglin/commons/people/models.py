"""Persons: who said it, whether or not they have an account or gave a name. Households: behind which door."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from xianglin.commons.areas.models import InArea
from xianglin.commons.keys.fields import SealedField
from xianglin.commons.keys.models import PersonKey

NUMBER_LENGTH = 20
GROUP_LENGTH = 20


class Person(models.Model):
    """Somebody in one county, with the key that seals what is theirs.

    What they call themselves is said anew each time, or not: it stands with what they said.
    """

    county_id = models.BigIntegerField(default=0)
    key = models.OneToOneField(PersonKey, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="persons")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "county_id"],
                condition=models.Q(account__isnull=False),
                name="people_one_person_per_account_and_county",
            )
        ]


class Household(InArea):
    """A household of a village (户), known by the number on its door; who heads it is sealed with that person's key."""

    number = models.CharField(max_length=NUMBER_LENGTH)  # 户号 or 门牌号, as the village writes it
    number_order = models.CharField(max_length=80)  # the same with its digits filled up: 9 stands before 10
    group = models.CharField(max_length=GROUP_LENGTH, blank=True)  # 村民小组 or 自然村, as people say it: 上坞
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="household")  # 户主
    name = SealedField()
    phone = SealedField(null=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)  # the first day on which it is no household of the village any more

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["village_id", "number"], condition=models.Q(to_on=None), name="people_door_once_now"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["village_id", "group", "number_order"],
                name="people_doors",
                condition=models.Q(to_on=None),
            )
        ]

    _householder: str = ""

    def __str__(self) -> str:
        return self.door

    @property
    def door(self) -> str:
        """上坞 12号: where it is, without whose it is."""
        return self.number if self.number.startswith(self.group) else f"{self.group} {self.number}"

    @property
    def householder(self) -> str:
        """Who heads it, where ``queries.read_householders`` looked; else nothing."""
        return self._householder
