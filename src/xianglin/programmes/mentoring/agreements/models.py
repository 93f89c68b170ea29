"""A county's standard lines (帮带协议的条款), each version kept."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from xianglin.commons.areas.models import InArea


class StandardTerms(InArea):
    """What a county's agreements begin with from a day on. ``area`` is the county. A later row replaces it."""

    mentor = models.JSONField(default=list)  # lines: 导师职责
    cadre = models.JSONField(default=list)  # 青年干部职责
    neither = models.JSONField(default=list)  # 负面清单
    source = models.CharField(max_length=120)  # which document says so
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["county_id", "-id"], name="mentoring_standard_terms")]
