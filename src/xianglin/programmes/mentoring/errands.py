"""What waits for somebody on 今日."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xianglin.base.registry import Errand, kind_of_pairing
from xianglin.commons.access.models import Grant
from xianglin.kernels.pairings.errands import to_answer, to_look_at
from xianglin.ui import marks

from .asking import errands as asking
from .courses.errands import of_courses
from .experience import errands as experience
from .kinds import PAIR, YOUNG_CADRE
from .levels.models import View
from .mediation.errands import to_follow
from .minds import errands as minds
from .records import errands as records
from .registers.queries import own_cadre
from .waits import what_waits


def waiting(grant: Grant, account_id: int | None) -> list[Errand]:
    """Everything of this programme, the most urgent kind first."""
    kind = kind_of_pairing(PAIR)
    assert kind is not None  # declared by this programme
    found = what_waits(
        {
            **asking.sources(grant, account_id),
            **records.sources(account_id),
            **experience.sources(grant, account_id),
            **minds.sources(grant, account_id),
        }
    )
    return [
        *(minds.to_care(account_id) if found["minds.few"] else []),
        *(minds.to_name(grant) if found["minds.on"] else []),
        *to_answer(PAIR, account_id),
        *asking.told(found),
        *records.told(found, account_id),
        *experience.told(found),
        *to_judge_oneself(grant, account_id),
        *to_follow(grant, account_id),
        *to_look_at(kind, grant),
        *of_courses(grant, account_id),
    ]


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
