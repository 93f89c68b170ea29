"""What other pages and papers show of courses: on a session's page, and in a cadre's file."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from xianglin.commons.documents.parts import Block, Heading, Paragraph, Table
from xianglin.kernels.gatherings.models import Gathering
from xianglin.ui.parts import Column

from ..registers.models import YoungCadre
from . import queries


def told(session: Gathering) -> dict[str, Any]:
    course, serves = queries.course_of(session)
    return {"course": course, "serves": [(one.ability.name, plain(one.hours)) for one in serves]}


def plain(hours: Decimal) -> str:
    """1.5, 2: no noughts that say nothing; a third of an hour to one place."""
    kept = hours.quantize(Decimal("0.1"))
    return str(int(kept)) if kept == int(kept) else str(kept)


def hours_of(account_id: int) -> dict[str, Any]:
    """我的课时, for a page: a line an ability, and each session."""
    credited = queries.credits_of(account_id)
    return {
        "course_total": plain(credited.total),
        "course_credits": [(one.ability.name, plain(one.hours), one.sessions) for one in credited.by_ability],
        "course_head": [Column(_("哪天")), Column(_("课")), Column(_("课时"), number=True)],
        "course_table": [
            [one.gathering.on.isoformat().replace("-", "."), one.gathering.title, plain(one.hours or Decimal(0))]
            for one in reversed(credited.attended)
        ],
    }


def course_hours(cadre: YoungCadre) -> Iterator[Block]:
    """For the file (一人一档)."""
    credited = queries.credits_of(cadre.account_id)
    if not credited.attended:
        return
    yield Heading("和青社课时")  # zh: the paper
    count = len(credited.attended)
    yield Paragraph(f"参加{count}次，共{plain(credited.total)}课时。")  # zh: the paper
    by_ability = [[one.ability.name, plain(one.hours), str(one.sessions)] for one in credited.by_ability]
    yield Table(["能力", "课时", "次数"], by_ability, (3, 1, 1))  # zh: the paper
    sessions = [
        [one.gathering.on.isoformat(), one.gathering.title, plain(one.hours or Decimal(0))] for one in credited.attended
    ]
    yield Table(["哪天", "课", "课时"], sessions, (2, 5, 1))  # zh: the paper
