"""Idempotency: a caller's key is used once, and a repeat answers what the first call made."""

from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.keys.sealing import blind_index

from .models import Repeat


def claim(key: UUID, action: str, actor: Actor, content: str) -> models.Model | None:
    """Take the key, or answer the row the first call made. A concurrent repeat waits for the first to commit.

    ``content`` is what the call says; a keyed fingerprint of it is kept, since the words themselves are personal.
    """
    said = blind_index("repeat", content)
    try:
        with transaction.atomic():
            Repeat(key=key, action=action, actor=actor.ref, content=said, at=clock.now()).save(force_insert=True)
        return None
    except IntegrityError:
        first = Repeat.objects.get(pk=key)
    if (first.action, first.actor) != (action, actor.ref):
        raise Refused("trail.key_reused", _("这个编号用过了。请刷新页面再交一次。"))
    if first.content != said:
        raise Refused("trail.said_otherwise", _("刚才那一次已经记下了，这次写的不一样。要再交一次，请再按一下。"))
    if not first.result:
        raise Refused("trail.no_result", _("这一步已经做过了。请刷新页面看结果。"))
    label, pk = first.result.split(":", 1)
    row: models.Model = apps.get_model(label)._base_manager.get(pk=pk)
    return row


def keep(key: UUID, result: Any) -> None:
    if isinstance(result, models.Model):
        Repeat.objects.filter(pk=key).update(result=f"{result._meta.label}:{result.pk}")
