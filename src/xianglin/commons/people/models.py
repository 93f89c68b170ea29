"""Persons: who said it, whether or not they have an account or gave a name."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from xianglin.commons.keys.models import PersonKey


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
