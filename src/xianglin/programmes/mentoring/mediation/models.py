"""Mediations (调解). Who the two sides are and what they said is sealed with the case's key, for the case alone."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xianglin.commons.areas.models import InArea
from xianglin.commons.keys.fields import SealedField
from xianglin.commons.keys.models import PersonKey
from xianglin.kernels.matters.models import Matter

from ..teams.models import Team

WHERE_LENGTH = 60


class Sort(models.TextChoices):
    NEIGHBOURS = "neighbours", _("邻里纠纷")
    FAMILY = "family", _("婚姻家庭")
    LAND = "land", _("土地山林")
    HOUSING = "housing", _("宅基地和房屋")
    WAGES = "wages", _("劳资")
    DAMAGE = "damage", _("损害赔偿")
    OTHER = "other", _("别的")


class End(models.TextChoices):
    SETTLED = "settled", _("调成")
    NOT_SETTLED = "not_settled", _("没调成")
    REFERRED = "referred", _("转走")


class Mediation(InArea):
    """A dispute from the day on which a team took it on."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="mediations")
    sort = models.CharField(max_length=16, choices=Sort)
    key = models.ForeignKey(PersonKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    opened_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    matter = models.ForeignKey(Matter, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=16, choices=End, blank=True)
    closed_on = models.DateField(null=True)
    referred_to = models.CharField(max_length=WHERE_LENGTH, blank=True)
    agreement = SealedField(null=True)  # what both agreed to
    follow_on = models.DateField(null=True)  # settled: from when to ask whether it holds
    kept = models.BooleanField(null=True)
    followed_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(outcome="", closed_on=None)
                | (~models.Q(outcome="") & models.Q(closed_on__isnull=False)),
                name="mentoring_mediation_closed",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="settled", agreement__isnull=False, follow_on__isnull=False)
                | (~models.Q(outcome="settled") & models.Q(agreement=None, follow_on=None, kept=None)),
                name="mentoring_mediation_settled",
            ),
        ]
        indexes: ClassVar = [
            *(
                models.Index(fields=[column, "-id"], name=f"mentoring_cases_{column[:-3]}")
                for column in ("county_id", "town_id")
            ),
            *(
                models.Index(
                    fields=[column, "closed_on"],
                    name=f"mentoring_settled_{column[:-3]}",
                    condition=models.Q(outcome="settled"),
                )
                for column in ("village_id", "town_id", "county_id")
            ),
        ]

    @property
    def open(self) -> bool:
        return not self.outcome


class OfCase(models.Model):
    class Meta:
        abstract = True

    mediation: models.ForeignKey[Mediation, Mediation]

    @property
    def county_id(self) -> int | None:
        return self.mediation.county_id


class Party(OfCase):
    """One side, or one of several (当事人)."""

    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="parties", db_index=False)
    name = SealedField()
    phone = SealedField(null=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mediation", "order"], name="mentoring_parties_in_order")
        ]


class Mediator(OfCase):
    """A member of the team who works on it, and therefore reads it."""

    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="mediators", db_index=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mediation", "account"], name="mentoring_mediator_once")
        ]


class Session(OfCase):
    """They met on a day, and what was said."""

    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="sessions", db_index=False)
    on = models.DateField()
    said = SealedField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["mediation", "on"], name="mentoring_sessions")]
