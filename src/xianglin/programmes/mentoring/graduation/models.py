"""Reviews (出师评议), certificates (出师证书), and a pair that goes on with another mentor (换导师)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xianglin.kernels.pairings.models import Offer, OfPairing, Pairing, Proposal

SUMMARY_LENGTH = 4000
WORDS_LENGTH = 500


class Decision(models.TextChoices):
    GRADUATED = "graduated", _("出师")
    EXTENDED = "extended", _("延长")
    ENDED = "ended", _("结束")


class Review(OfPairing):
    """述学 by the cadre, an opinion by the mentor, a decision by the organisation. Extended, another follows."""

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="reviews", db_index=False)
    number = models.PositiveSmallIntegerField()
    open = models.BooleanField(default=True)
    opened_on = models.DateField()
    summary = models.TextField(blank=True)  # the cadre's own words
    summary_on = models.DateField(null=True)
    opinion = models.CharField(max_length=WORDS_LENGTH, blank=True)  # the mentor's; the levels are readings
    opinion_on = models.DateField(null=True)
    decision = models.CharField(max_length=16, choices=Decision, blank=True)
    reason = models.CharField(max_length=WORDS_LENGTH, blank=True)  # extended: what is still lacking
    months = models.PositiveSmallIntegerField(null=True)  # so much longer
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pairing", "number"], name="mentoring_review_once"),
            models.UniqueConstraint(
                fields=["pairing"], condition=models.Q(open=True), name="mentoring_one_review_waits"
            ),
            models.CheckConstraint(
                condition=models.Q(open=True, decision="")
                | models.Q(open=False, decided_on__isnull=False) & ~models.Q(decision=""),
                name="mentoring_review_decided",
            ),
        ]


class Certificate(models.Model):
    """和孚〔2022〕3号: a number of a county and year is given once."""

    review = models.OneToOneField(Review, primary_key=True, on_delete=models.PROTECT, related_name="certificate")
    county_id = models.BigIntegerField()
    prefix = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    issued_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county_id", "year", "number"], name="mentoring_certificate_once")
        ]

    def __str__(self) -> str:
        return f"{self.prefix}〔{self.year}〕{self.number}号"  # zh: a document's number


class Handover(OfPairing):
    """A pair whose mentor cannot go on: who comes next, and the pair that goes on from it once there is one."""

    pairing = models.OneToOneField(Pairing, primary_key=True, on_delete=models.PROTECT, related_name="handover")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=200)
    on = models.DateField()
    proposal = models.OneToOneField(Proposal, null=True, on_delete=models.PROTECT, related_name="+")
    following = models.OneToOneField(Pairing, null=True, on_delete=models.PROTECT, related_name="+")
