"""One table of what everybody may find, and how far each rebuilding of it has come."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xianglin.commons.areas.models import InArea

TITLE_LENGTH = 200


class Document(InArea):
    """A public text of some room's row. Its id is made of its time (``terms.first_id``), so ids order by time."""

    ref = models.CharField(max_length=80, unique=True)  # "matters.Matter:12"
    kind = models.CharField(max_length=64)
    title = models.CharField(_("标题"), max_length=TITLE_LENGTH)
    text = models.TextField(_("正文"), blank=True)
    url = models.CharField(max_length=200)
    at = models.DateTimeField(_("时间"))
    terms = models.TextField()  # what the index holds of it, parted by spaces
    indexed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.title


class Rebuilding(models.Model):
    """A kind that is being indexed anew; the row is gone when that is done."""

    kind = models.CharField(max_length=64, primary_key=True)
    begun_at = models.DateTimeField()
    last = models.BigIntegerField(default=0)  # the key of what was looked at last
    sweeping = models.BooleanField(default=False)  # all rows are indexed: what has no row any more is looked for

    def __str__(self) -> str:
        return self.kind
