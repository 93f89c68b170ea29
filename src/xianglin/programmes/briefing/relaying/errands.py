"""What waits for a representative on 今日: the newest month's news, until all of his households have heard it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from xianglin.base.registry import Errand
from xianglin.commons.access.models import Grant
from xianglin.ui.marks import Mark

from ..kinds import REPRESENTATIVE
from . import queries

TO_TELL = Mark("s-new", _("要讲的"))


def to_relay(grant: Grant, account_id: int | None) -> list[Errand]:
    if grant.role != REPRESENTATIVE:
        return []
    news = queries.newest(grant.area)
    left = queries.left_to_tell(account_id, news) if news is not None else 0
    if news is None or not left:
        return []
    told = ngettext(
        "%(month)d 月村情发布会，还有 %(left)d 户没讲", "%(month)d 月村情发布会，还有 %(left)d 户没讲", left
    ) % {"month": news.first.month, "left": left}
    return [Errand(TO_TELL, _("有 1 份要给联户讲的"), told, _("去讲"), reverse("briefing:relay"))]
