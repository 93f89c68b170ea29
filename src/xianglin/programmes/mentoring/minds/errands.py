"""What waits for the few on 今日. No line says who it is about: the page does, and notes that it was read."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.registry import Errand, Text
from xianglin.commons.access.models import Grant
from xianglin.ui import marks

from ..kinds import OFFICER
from ..waits import Sources
from . import queries, rules
from .models import Carer, Consent, Switch
from .queries import Noted

_MOST = 10
_TODAY = marks.Mark("s-late", _("今天"), "late")


def sources(grant: Grant, account_id: int | None) -> Sources:
    """Whether they are one of the few at all, or the officer of a county that has it on: nobody else is asked more."""
    county_id = grant.area_id if grant.role == OFFICER else 0  # a town's officer names nobody
    return {
        "minds.few": Carer.objects.filter(account_id=account_id or 0, to_on=None),
        "minds.on": Switch.objects.filter(county_id=county_id, to_on=None),
    }


def to_name(grant: Grant) -> list[Errand]:
    """Too few are left, whatever the cause. Whether anybody consents is not said."""
    if len(queries.working(grant.area_id)) >= rules.LEAST_CARERS:
        return []
    note = _("不够两位，青年干部还不能同意谈，需要关注的时候也没有人接。")
    return [Errand(_TODAY, _("请点名心理辅导的关心人"), note, _("去点名"), reverse("mentoring:minds_settings"))]


def to_care(account_id: int | None) -> list[Errand]:
    """Somebody to be looked after, until one of the few has talked with them again; a day that came; a first talk."""
    if account_id is None:
        return []
    return [
        Errand(
            mark, title, _("点开才看得到是谁，会记下您看过。"), _("去看"), reverse("mentoring:mind_waiting", args=[nth])
        )
        for nth, (mark, title, _consent) in enumerate(waiting(account_id), 1)
    ]


def waiting(account_id: int) -> list[tuple[marks.Mark, Text, Consent]]:
    """In the order of the lines: an address that tells a number in it alone tells of nobody."""
    found = []
    for county_id in queries.counties_of(Actor("account", str(account_id))):
        for consent, noted in queries.latest(county_id, account_id):
            told = _waits(noted)
            if told is not None:
                found.append((*told, consent))
    return sorted(found, key=lambda one: one[0] != _TODAY)[:_MOST]


def _waits(noted: Noted | None) -> tuple[marks.Mark, Text] | None:
    if noted is None:
        return marks.NEW, _("有一位青年干部愿意谈谈，还没谈过")
    if noted.attention:
        return _TODAY, _("有一位青年干部需要关心")
    if noted.next_on is not None and noted.next_on <= clock.today():
        return marks.WAITING, _("到了和一位青年干部说好再谈的日子")
    return None
