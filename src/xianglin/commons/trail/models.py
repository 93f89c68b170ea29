"""The trail proves; what people read is a room's own timeline.

No foreign keys and no global unique key but one led by the chain and carrying the instant, so that the entries can be
partitioned by month. What must be unique lives in the small tables Head and Repeat.
"""

from django.db import models


class Entry(models.Model):
    """One line: who did what, when, from where, and what changed. Never updated, never deleted (see guards)."""

    pk = models.CompositePrimaryKey("chain", "position", "at")
    chain = models.BigIntegerField()  # the county's area id; 0: outside any county
    position = models.BigIntegerField()
    at = models.DateTimeField()
    action = models.CharField(max_length=64)
    actor = models.CharField(max_length=80)
    via = models.CharField(max_length=12)
    origin = models.CharField(max_length=64, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    before = models.TextField()  # canonical JSON as it was hashed; text, since jsonb would reorder it
    after = models.TextField()
    algorithm = models.CharField(max_length=8)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["subject", "at"], name="trail_subject")]


class Head(models.Model):
    """The end of one county's chain, locked while it grows."""

    chain = models.BigIntegerField(primary_key=True)
    position = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)


class PublishedHead(models.Model):
    """A head as it was published on a day: a tail cut off later can no longer be hidden."""

    chain = models.BigIntegerField()
    on = models.DateField()
    position = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "on"], name="trail_one_head_a_day")]


class Repeat(models.Model):
    """A caller's key and what the first call with it made."""

    key = models.UUIDField(primary_key=True)
    action = models.CharField(max_length=64)
    actor = models.CharField(max_length=80)
    content = models.CharField(max_length=64, blank=True)
    result = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
