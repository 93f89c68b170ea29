"""What hangs on the pairings' needs and offers: which register's row stands behind."""

from django.db import models

from xianglin.kernels.pairings.models import Need, Offer

from ..registers.models import Mentor, YoungCadre


class Wanting(models.Model):
    """A young cadre who looks for a mentor; the same need when they look again."""

    need = models.OneToOneField(Need, primary_key=True, on_delete=models.PROTECT, related_name="wanting")
    cadre = models.OneToOneField(YoungCadre, on_delete=models.PROTECT, related_name="wanting")

    @property
    def county_id(self) -> int | None:
        return self.need.county_id


class Giving(models.Model):
    """A mentor who takes young cadres; he offers once, and keeps his places from round to round."""

    offer = models.OneToOneField(Offer, primary_key=True, on_delete=models.PROTECT, related_name="giving")
    mentor = models.OneToOneField(Mentor, on_delete=models.PROTECT, related_name="giving")

    @property
    def county_id(self) -> int | None:
        return self.offer.county_id
