"""请教: a thread of questions and answers between the two of a pair. Their words are sealed with their own keys."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xianglin.commons.files.models import File
from xianglin.commons.keys.fields import SealedField
from xianglin.kernels.pairings.models import OfPairing, Pairing

from ..abilities.models import Ability

WORDS_LENGTH = 2000


class State(models.TextChoices):
    WAITING = "waiting", _("等回答")
    ANSWERED = "answered", _("答了")
    USEFUL = "useful", _("有用")


class Thread(OfPairing):
    """What one question led to. It waits for the mentor while ``waits_since`` is set."""

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="threads", db_index=False)
    ability = models.ForeignKey(Ability, null=True, on_delete=models.PROTECT, related_name="+")  # what it is about
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    waits_since = models.DateField(null=True)
    answered_on = models.DateField(null=True)  # last
    asked_at = models.DateTimeField()
    turned_at = models.DateTimeField()  # when something was last said

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["pairing", "-turned_at"], name="mentoring_threads_of"),
            models.Index(
                fields=["waits_since", "id"], name="mentoring_threads_wait", condition=models.Q(state="waiting")
            ),
        ]


class Turn(models.Model):
    """One of the two says something. ``unclear``: 还没懂, said to the answer before."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="turns")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    answers = models.BooleanField()  # the mentor's
    unclear = models.BooleanField(default=False)
    words = SealedField(null=True)
    at = models.DateTimeField()

    @property
    def county_id(self) -> int | None:
        return self.thread.county_id


class TurnPhoto(models.Model):
    """A picture that came with the words, sealed as they are."""

    turn = models.ForeignKey(Turn, on_delete=models.PROTECT, related_name="photos")
    file = models.OneToOneField(File, on_delete=models.PROTECT, related_name="+")

    @property
    def county_id(self) -> int | None:
        return self.turn.county_id
