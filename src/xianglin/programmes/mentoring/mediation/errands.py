"""回访 waits on 今日 for who mediated."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xianglin.base.registry import Errand
from xianglin.commons.access.models import Grant
from xianglin.ui import marks

from ..kinds import MENTOR, YOUNG_CADRE
from . import queries

_MOST = 5


def to_follow(grant: Grant, account_id: int | None) -> list[Errand]:
    if grant.role not in (MENTOR, YOUNG_CADRE):
        return []
    return [
        Errand(
            marks.WAITING,
            _("问问调成的还好不好"),
            _("%(place)s　%(sort)s，满 30 天了。") % {"place": case.area.name, "sort": case.get_sort_display()},
            _("去回访"),
            reverse("mentoring:follow_mediation", args=[case.pk]),
        )
        for case in queries.to_follow(account_id)[:_MOST]
    ]
