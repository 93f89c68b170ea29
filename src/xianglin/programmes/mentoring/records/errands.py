"""Records that wait on 今日: to be confirmed, or put right by who wrote them."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xianglin.base.registry import Errand
from xianglin.ui import marks
from xianglin.ui.templatetags.ui import day_words

from ..waits import Sources
from . import queries
from .models import Record, State

MOST = 5  # of each at once


def sources(account_id: int | None) -> Sources:
    as_cadre, as_mentor = queries.to_confirm(account_id)
    rows = queries.to_put_right(account_id)
    return {"records.confirm_as_cadre": as_cadre, "records.confirm_as_mentor": as_mentor, "records.put_right": rows}


def told(found: Mapping[str, Sequence[int]], account_id: int | None) -> list[Errand]:
    """An account that is both gets a record once."""
    confirm = {*found["records.confirm_as_cadre"], *found["records.confirm_as_mentor"]}
    waits = [_confirm(one, account_id) for one in queries.among(confirm, MOST)]
    return [*waits, *(_put_right(one, account_id) for one in queries.among(found["records.put_right"], MOST))]


def _confirm(record: Record, account_id: int | None) -> Errand:
    title = _("%(name)s：%(day)s的%(method)s帮带，是这样吗？") % _told(record, account_id)
    note = _("看一遍，是这样就确认，不对就说一句。")
    return Errand(marks.NEW, title, note, _("去确认"), reverse("mentoring:record", args=[record.pk]))


def _put_right(record: Record, account_id: int | None) -> Errand:
    title = _("%(name)s：%(day)s的%(method)s帮带，对方说不对") % _told(record, account_id)
    note = _("看看对方怎么说，改好了再请对方确认。")
    return Errand(queries.MARKS[State.REFUSED], title, note, _("去看"), reverse("mentoring:record", args=[record.pk]))


def _told(record: Record, account_id: int | None) -> dict[str, str]:
    pairing = record.pairing
    other = pairing.offer.name if pairing.need.holder_id == account_id else pairing.need.name
    return {"name": other, "day": day_words(record.on, weekday=False), "method": str(record.get_method_display())}
