"""What waits for somebody on 今日."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xianglin.base.registry import Errand, kind_of_pairing
from xianglin.commons.access.models import Grant
from xianglin.kernels.pairings.errands import to_answer, to_look_at
from xianglin.ui import marks

from .kinds import PAIR, YOUNG_CADRE
from .levels.models import View
from .registers.queries import own_cadre


def waiting(grant: Grant, account_id: int | None) -> list[Errand]:
    """Everything of this programme, the most urgent kind first."""
    kind = kind_of_pairing(PAIR)
    assert kind is not None  # declared by this programme
    return [*to_answer(PAIR, account_id), *to_judge_oneself(grant, account_id), *to_look_at(kind, grant)]


def to_judge_oneself(grant: Grant, account_id: int | None) -> list[Errand]:
    """A young cadre who came into the register and has never said how far they are."""
    if grant.role != YOUNG_CADRE:
        return []
    cadre = own_cadre(account_id)
    if cadre is None or cadre.readings.filter(view=View.SELF).exists():
        return []
    address = reverse("mentoring:note_levels", args=[cadre.pk])
    note = _("您在青年干部名册里了。先说说自己到哪一步，才好找导师。")
    return [Errand(marks.NEW, _("给自己评一评"), note, _("去评"), address)]
