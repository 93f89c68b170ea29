"""走出去 in somebody's file (一人一档): the outings that they took part in."""

from collections.abc import Iterator

from xianglin.commons.documents.parts import Block, Heading, Table

from ..registers.models import Listed
from . import queries


def outings(listed: Listed) -> Iterator[Block]:
    rows = queries.of_account(listed.account_id, listed.county_id)
    if not rows:
        return
    yield Heading("走出去")  # zh: the paper
    header = ["哪天", "队伍", "去了哪里", "内容", "到场"]  # zh: the paper
    said = [
        [f"{one.on:%Y-%m-%d}", one.team.name, f"{one.area.name}{one.where}", one.topic, f"{one.present}人"]  # zh
        for one in rows
    ]
    yield Table(header, said, (1.6, 2, 3, 3, 1))
