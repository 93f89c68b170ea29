"""帮带协议 as a paper: Chinese, whoever prints it. Signatures and seal are put on by hand."""

from collections.abc import Iterator

from xianglin.commons.documents.parts import Block, Document, Facts, Heading, Paragraph, Table
from xianglin.kernels.pairings.models import Pairing, Side

from ..dossiers.sections import written
from ..plans import queries as plans
from . import terms

_BLANK = "　　　　年　　月　　日"  # zh: a date to be written by hand


def agreement(pairing: Pairing) -> Document:
    return Document(title="导师帮带协议书", blocks=list(_blocks(pairing)))  # zh: the paper


def _blocks(pairing: Pairing) -> Iterator[Block]:
    said, others = terms.read(pairing.terms)
    yield Facts(
        [
            ("导师", _who(pairing.offer)),  # zh: the paper
            ("青年干部", _who(pairing.need)),  # zh: the paper
            ("帮带期限", _term(pairing)),  # zh: the paper
        ]
    )
    yield Heading("帮带目标")  # zh: the paper
    goals = plans.goals(pairing)
    for goal in goals:
        by = f"{written(goal.by)}以前"  # zh: the paper
        wanted = _goal(goal.ability.name, goal.baseline, goal.wanted)
        yield Paragraph(f"{wanted}，{by}。{goal.how}")  # zh: the paper
    if not goals:
        yield Paragraph("由双方在帮带计划里商定。")  # zh: the paper
    for label, lines in (*said.parts, ("其他约定", tuple(others))):  # zh: the paper
        if lines:
            yield Heading(label)
            for number, line in enumerate(lines, 1):
                yield Paragraph(f"{number}. {line}")
    yield Heading("签字")  # zh: the paper
    yield Table(
        ["导师（签字）", "青年干部（签字）", "组织（盖章）"],  # zh: the paper
        [["　\n　\n　", "　\n　\n　", "　\n　\n　"], [_BLANK, _BLANK, _BLANK]],
    )
    yield Paragraph("本协议一式三份，导师、青年干部和组织各执一份。")  # zh: the paper


def _who(side: Side) -> str:
    return f"{side.name}（{side.title}）" if side.name != side.title else side.title  # zh: the paper


def _goal(name: str, baseline: int | None, wanted: int) -> str:
    """文字综合 2 → 4."""
    return f"{name} {baseline} → {wanted}" if baseline is not None else f"{name} 到 {wanted} 级"  # zh: the paper


def _term(pairing: Pairing) -> str:
    if pairing.starts_on is None:
        return "　　年　　月　　日至　　年　　月　　日"  # zh: to be written by hand
    until = written(pairing.ends_on) if pairing.ends_on is not None else "帮带完成"  # zh: the paper
    return f"{written(pairing.starts_on)}至{until}"  # zh: the paper
