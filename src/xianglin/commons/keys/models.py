"""One wrapped key per person and county. Destroying it erases every value it sealed, in the trail and backups too.

Beside them the fingerprints of the secrets in files, so that another installation's are not taken for ours.
"""

import uuid

from django.db import models


class PersonKey(models.Model):
    """A person's data key, wrapped by the installation's master key, which lies in a file outside the database."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    county_id = models.BigIntegerField(default=0)
    master = models.CharField(max_length=16)  # name of the master key file that wraps it
    wrapped = models.BinaryField(null=True)  # null: destroyed
    created_at = models.DateTimeField(auto_now_add=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="keys_destroyed_means_gone",
                condition=models.Q(wrapped__isnull=True, destroyed_at__isnull=False)
                | models.Q(wrapped__isnull=False, destroyed_at__isnull=True),
            )
        ]


class Fingerprint(models.Model):
    """A secret that lies outside the database: a master key by its file's name, or "index"."""

    name = models.CharField(max_length=16, primary_key=True)
    value = models.CharField(max_length=64)
