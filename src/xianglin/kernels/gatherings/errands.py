"""What waits on 今日, for programmes to declare among theirs: sessions whose day is over, and nobody said so."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xianglin.base.registry import Errand, GatheringKind
from xianglin.commons.access.models import Grant
from xianglin.ui.marks import Mark

from . import queries_sessions as queries

OVER = Mark("s-soon", _("该结束了"), "soon")
MOST = 3


def to_end(kind: GatheringKind, grant: Grant) -> list[Errand]:
    """For its officers: no hours are credited until they press 结束."""
    if grant.role not in kind.officers:
        return []
    return [
        Errand(
            OVER,
            _("%(kind)s：%(title)s") % {"kind": kind.label, "title": one.title},
            _("核对签到，按“结束”，课时才记上。") if kind.credits else _("核对签到，按“结束”。"),
            _("去看名单"),
            reverse("gatherings:roll", args=[one.pk]),
        )
        for one in queries.to_end(grant.area, kind.key)[:MOST]
    ]
