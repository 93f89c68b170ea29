"""The minutes of a conference (纪要), as a paper of the village: so Chinese. No asker is named in it."""

import datetime as dt
from collections.abc import Iterator

from django.utils.timezone import localtime

from xianglin.commons.documents.parts import Block, Document, Facts, Heading, Paragraph, Signature
from xianglin.kernels.gatherings.models import Gathering
from xianglin.kernels.gatherings.rules import quorums, require_kind
from xianglin.kernels.matters.models import Answer, Matter

from . import queries


def minutes(gathering: Gathering) -> Document:
    """Of a conference that was held. What was answered is told as it stands today."""
    return Document(
        title=f"{gathering.title}纪要",  # zh: the paper
        blocks=[*_held(gathering), *_agenda(gathering), *_questions(gathering)],
        signature=Signature(f"{gathering.area.name}村民委员会", _day(gathering.day)),  # zh: the paper
    )


def _held(gathering: Gathering) -> Iterator[Block]:
    begun, ended = gathering.started_at, gathering.ended_at
    at = f"{_day(gathering.day)}　{localtime(begun):%H:%M}" if begun else _day(gathering.day)
    pairs = [
        ("时间", f"{at}至{localtime(ended):%H:%M}" if ended else at),  # zh: the paper
        ("地点", gathering.venue),  # zh: the paper
    ]
    for one in quorums(require_kind(gathering.kind), gathering.presences.all()):
        if one.due or one.present:
            short = f"，不足{one.needed}人" if one.needed and not one.reached else ""  # zh: the paper
            pairs.append((str(one.capacity.label), f"应到{one.due}人，实到{one.present}人{short}"))  # zh: the paper
    yield Facts([*pairs, ("主持人签字", ""), ("记录人签字", "")])  # zh: the paper


def _agenda(gathering: Gathering) -> Iterator[Block]:
    yield Heading("议程")  # zh: the paper
    for item in gathering.agenda.all():
        yield Heading(item.text, 3)


def _questions(gathering: Gathering) -> Iterator[Block]:
    asked = queries.asked_at(gathering)
    answers = {answer.matter_id: answer for answer in _answers(asked)}
    yield Heading(f"村民提问和答复（{len(asked)}件）")  # zh: the paper
    for matter in asked:
        yield Heading(matter.title if matter.public else f"{matter.slip}（内容不公开）", 3)  # zh: the paper
        yield Paragraph(_became(matter, answers.get(matter.pk)))


def _answers(asked: list[Matter]) -> Iterator[Answer]:
    """The latest of each, the earlier ones first."""
    yield from Answer.objects.filter(matter__in=asked).select_related("by").order_by("round")


def _became(matter: Matter, answer: Answer | None) -> str:
    if answer is not None and matter.public:
        return f"{answer.by.display_name}答：{answer.text}"  # zh: the paper
    if answer is not None:
        return "已单独答复提的人。"  # zh: the paper
    who = matter.handler.display_name if matter.handler is not None else "村里"  # zh: the paper
    return f"交{who}办，{matter.next_on.month}月{matter.next_on.day}日前答复。"  # zh: the paper


def _day(on: dt.date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"  # zh: the paper
