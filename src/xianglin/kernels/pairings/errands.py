"""What waits on 今日, for programmes to declare among theirs: who is asked, and what an officer has to look at."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from xianglin.base import clock
from xianglin.base.registry import Errand, PairingKind
from xianglin.commons.access.models import Grant
from xianglin.ui.marks import Mark, days_mark

from . import queries, rules

LOOK = Mark("s-soon", _("要看一眼"), "soon")
MOST = 5  # questions at once


def to_answer(kind_key: str, account_id: int | None) -> list[Errand]:
    """Yes or no to somebody whom a round brought together with them."""
    if account_id is None:
        return []
    kind, found = rules.require_kind(kind_key), []
    for asked in queries.asked_of(account_id).filter(kind=kind_key)[:MOST]:
        other = asked.offer if asked.need.holder_id == account_id else asked.need
        days = (asked.due_on - clock.today()).days if asked.due_on else None
        title = _("%(kind)s：%(name)s，合不合适？") % {"kind": kind.label, "name": other.name}
        address = reverse("pairings:proposal", args=[asked.pk])
        found.append(Errand(days_mark(days), title, asked.sentence, _("去回话"), address))
    return found


def to_look_at(kind: PairingKind, grant: Grant) -> list[Errand]:
    """One line for the officer, however much there is: the page says which."""
    if grant.role not in kind.officers:
        return []
    count = queries.count_attention(grant.area, kind)
    if not count:
        return []
    told = ngettext(
        "%(count)d 件：没配上、没回话、好久没动静、快到期", "%(count)d 件：没配上、没回话、好久没动静、快到期", count
    )
    address = reverse("pairings:kind", args=[kind.key])
    return [Errand(LOOK, kind.label, told % {"count": count}, _("去看"), address)]
