"""What waits on 今日: today's course, and for its officer one that is over."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xianglin.base.registry import Errand, kind_of_gathering
from xianglin.commons.access.models import Grant
from xianglin.kernels.gatherings.errands import to_end
from xianglin.ui.marks import Mark

from ..kinds import COURSE, MENTOR, YOUNG_CADRE
from . import queries

TODAY = Mark("s-run", _("今天有课"), "run")
MOST = 2


def of_courses(grant: Grant, account_id: int | None) -> list[Errand]:
    kind = kind_of_gathering(COURSE)
    assert kind is not None  # declared by this programme
    return [*_today(grant, account_id), *to_end(kind, grant)]


def _today(grant: Grant, account_id: int | None) -> list[Errand]:
    if account_id is None or grant.role not in (YOUNG_CADRE, MENTOR):
        return []
    return [
        Errand(
            TODAY,
            one.gathering.title,
            _("%(at)s，%(venue)s") % {"at": f"{one.gathering.at:%H:%M}", "venue": one.gathering.venue},
            _("去看看"),
            reverse("gatherings:session", args=[one.gathering_id]),
        )
        for one in queries.today_of(account_id)[:MOST]
    ]
