"""What stands still because nobody is there to receive it, in plain sentences, for ``xianglin doctor``."""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from xianglin.base import clock
from xianglin.commons.access.models import Grant
from xianglin.commons.access.queries import valid_on
from xianglin.commons.areas.models import LEVEL_COLUMNS

from . import queries
from .models import Matter, State


def checks() -> list[str]:
    said = []
    for rows, roles, sentence in (
        (
            Matter.objects.filter(open=True, state=State.RECEIVED),
            queries.RECEIVING,
            _("%(place)s有事没人受理：村、镇、县都没有受理的人。请给那里授一个岗。"),
        ),
        (
            Matter.objects.filter(state=State.QUARANTINED, purge_on=None),
            ("town_inspector",),
            _("%(place)s有一件检举控告等着移交：镇里没有纪检监察办的人。请给镇里授一个岗。"),
        ),
    ):
        above = reduce(or_, (Q(area_id=OuterRef(column)) for column in LEVEL_COLUMNS))
        posts = Grant.objects.filter(above, valid_on(clock.today()), role__in=roles, scope="")
        stuck = rows.exclude(Exists(posts)).select_related("area").order_by("pk").first()
        if stuck is not None:
            said.append(sentence % {"place": stuck.area.name})
    return said
