"""What is kept of a young cadre's state of mind: three values a talk, sealed with a key that dies with the consent.

There is no field for what was said, and there is to be none.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models

from xianglin.commons.areas.models import InArea
from xianglin.commons.keys.fields import SealedField
from xianglin.commons.keys.models import PersonKey

from ..registers.models import YoungCadre

REASON_LENGTH = 200


class Switch(InArea):
    """A county has it on, from a day until perhaps another, and why."""

    from_on = models.DateField()
    reason = models.CharField(max_length=REASON_LENGTH)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_on = models.DateField(null=True)  # the first day on which it is off again
    off_because = models.CharField(max_length=REASON_LENGTH, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county_id"], condition=models.Q(to_on=None), name="mentoring_minds_on_once"
            )
        ]


class Carer(InArea):
    """关心人: one of the few in a county who are named to talk with young cadres."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "county_id"], condition=models.Q(to_on=None), name="mentoring_carer_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["county_id", "id"], name="mentoring_carers", condition=models.Q(to_on=None))
        ]


class Consent(InArea):
    """A young cadre lets the named few talk with them, until they no longer want it, leave, or it is switched off."""

    cadre = models.ForeignKey(YoungCadre, on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey(PersonKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    forgotten_on = models.DateField(null=True)  # when what was noted was destroyed

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cadre"], condition=models.Q(to_on=None), name="mentoring_consent_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["county_id", "id"], name="mentoring_consents", condition=models.Q(to_on=None)),
            models.Index(
                fields=["to_on"],
                name="mentoring_consents_over",
                condition=models.Q(to_on__isnull=False, forgotten_on=None),
            ),
        ]

    @property
    def open(self) -> bool:
        return self.to_on is None


class Talk(models.Model):
    """谈过 (the day), 下次, 需关注: nothing else."""

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="talks", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    talked_on = SealedField()  # a day as 2026-03-10
    next_on = SealedField(null=True)
    attention = SealedField()  # yes, no

    class Meta:
        indexes: ClassVar = [models.Index(fields=["consent", "id"], name="mentoring_talks")]

    @property
    def county_id(self) -> int | None:
        return self.consent.county_id


class Look(models.Model):
    """One of the few read what is noted of somebody: told to whom it is about."""

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="looks", db_index=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["consent", "id"], name="mentoring_looks")]

    @property
    def county_id(self) -> int | None:
        return self.consent.county_id
