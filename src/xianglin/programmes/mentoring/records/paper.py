"""The records in a person's file: when, by which method, with whom. The words stay with the two and their officer."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from django.db.models import F

from xianglin.commons.documents.parts import Block, Heading, Paragraph, Table

from ..registers.models import Mentor, YoungCadre
from . import queries
from .models import Record, Trains

_MOST = 300  # of a paper


def records_of_cadre(cadre: YoungCadre) -> Iterator[Block]:
    rows = queries.confirmed_of(cadre.account_id, cadre.county_id, as_mentor=False)
    yield from _told(list(rows[:_MOST]), "导师", lambda one: one.pairing.offer.name)  # zh: the paper


def records_of_mentor(mentor: Mentor) -> Iterator[Block]:
    rows = queries.confirmed_of(mentor.account_id, mentor.county_id, as_mentor=True)
    yield from _told(list(rows[:_MOST]), "青年干部", lambda one: one.pairing.need.name)  # zh: the paper


def _told(rows: Sequence[Record], other: str, name: Callable[[Record], str]) -> Iterator[Block]:
    if not rows:
        return
    yield Heading("帮带记录")  # zh: the paper
    methods = Counter(str(one.get_method_display()) for one in rows)
    told = "，".join(f"{method}{count}次" for method, count in methods.items())  # zh: the paper
    solved = sum(one.solved_together for one in rows)
    also = f"其中一起解决问题{solved}次。" if solved else ""  # zh: the paper
    yield Paragraph(f"双方确认{len(rows)}次：{told}。{also}")  # zh: the paper
    trained = _abilities(rows)
    header = ["哪天", "方法", other, "分钟", "练的能力"]  # zh: the paper
    table = [
        [
            one.on.isoformat(),
            str(one.get_method_display()),
            name(one),
            str(one.minutes or ""),
            "、".join(trained[one.pk]),  # zh: the paper
        ]
        for one in rows
    ]
    yield Table(header, table, (2, 1.2, 1.6, 1, 4))


def _abilities(rows: Sequence[Record]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    trains = Trains.objects.filter(edition__record__in=[one.pk for one in rows])
    trains = trains.filter(edition__number=F("edition__record__edition")).select_related("ability", "edition")
    for row in trains.order_by("ability__order", "ability_id"):
        found[row.edition.record_id].append(row.ability.name)
    return found
