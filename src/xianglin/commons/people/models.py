"""Persons: who said it, whether or not they have an account or gave a name."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from xianglin.commons.keys.fields import SealedField
from xianglin.commons.keys.models import PersonKey


class Person(models.Model):
    """Somebody in one county. Name and phone are sealed; both may be missing."""

    county_id = models.BigIntegerField(default=0)
    key = models.OneToOneField(PersonKey, on_delete=models.PROTECT, related_name="+")
    name = SealedField(null=True)
    phone = SealedField(null=True)
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
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
