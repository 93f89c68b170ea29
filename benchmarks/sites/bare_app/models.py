from typing import ClassVar

from django.db import models


class Item(models.Model):
    title = models.CharField(max_length=40)
    place = models.CharField(max_length=40)
    state = models.CharField(max_length=16)
    due_on = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due_on", "id"], name="bare_soonest")]
