"""The sections of a person's file, in order. Whoever knows more of a person adds a callable to the tuple.

A file is a paper of the organisation department: Chinese, whoever prints it. Nothing of health, no telephone.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from xianglin.commons.documents.parts import Block, Facts, Heading, Paragraph, Picture, Table

from ..courses.showing import course_hours
from ..levels import drawing, villagers
from ..levels import queries as levels
from ..levels.models import View
from ..levels.showing import level_table, reading_table
from ..records.paper import records_of_cadre, records_of_mentor
from ..registers import queries
from ..registers.models import Mentor, YoungCadre
from ..registers.rules import slots_in_words
from ..teams.sections import outings
from . import pictures

_SIGNS = "方块：组织评；菱形：导师评；圆圈：自评。"  # zh: the paper
CadreSection = Callable[[YoungCadre], Iterable[Block]]
MentorSection = Callable[[Mentor], Iterable[Block]]


def basic_facts(cadre: YoungCadre) -> Iterator[Block]:
    pairs = [
        ("姓名", cadre.account.display_name),  # zh: the paper
        ("所在地", cadre.area.name),  # zh: the paper
        ("现任职务", cadre.post),  # zh: the paper
        ("任现职时间", f"{cadre.since.year}年{cadre.since.month}月" if cadre.since else ""),  # zh: the paper
        ("出生年份", f"{cadre.birth_year}年" if cadre.birth_year else ""),  # zh: the paper
        ("入册日期", written(cadre.active_from)),  # zh: the paper
        ("帮带意愿", cadre.wishes),  # zh: the paper
    ]
    yield Heading("基本情况")  # zh: the paper
    yield Facts([(name, said) for name, said in pairs if said])


def abilities(cadre: YoungCadre) -> Iterator[Block]:
    """Where they stand, where they want to be, and in whose eyes."""
    rows = levels.of_cadre(cadre)
    yield Heading("能力水平与目标")  # zh: the paper
    table = level_table(rows)
    if not table:
        yield Paragraph("还没有评过。")  # zh: the paper
        return
    header = ["能力", "现在", "想到", *(str(view.label) for view in View)]  # zh: the paper
    yield Table(header, table, (2, 1, 1, 1, 1, 1))
    drawn = drawing.radar(rows)
    if drawn is not None:
        yield Picture(pictures.radar(drawn), f"实线：现在；虚线：想到。{_SIGNS}")  # zh: the paper
    gaps = [one.sentence for one in levels.largest_gaps(rows)]
    if gaps:
        yield Paragraph(f"缺什么补什么：{'；'.join(gaps)}。")  # zh: the paper
    wishes = [f"{one.ability.name}：{one.wish}" for one in rows if one.wish]  # zh: the paper
    if wishes:
        yield Paragraph(f"具体想学：{'；'.join(wishes)}。")  # zh: the paper


def readings(cadre: YoungCadre) -> Iterator[Block]:
    """How it went: a line an ability, then every reading."""
    rows = [one for one in levels.of_cadre(cadre) if one.readings]
    span = levels.days_of(rows)
    if span is None:
        return
    yield Heading("能力变化")  # zh: the paper
    first, last = (written(day) for day in span)
    caption = f"{first}至{last}；虚线：想到。{_SIGNS}"  # zh: the paper
    yield Picture(pictures.lines(drawing.lines(rows, *span)), caption)
    header = ["哪天", "能力", "几级", "谁评的", "说明"]  # zh: the paper
    yield Table(header, reading_table(rows), (2, 2, 1, 1.4, 4))


def villagers_words(cadre: YoungCadre) -> Iterator[Block]:
    heard = villagers.heard_of(cadre.account_id)
    if not heard.answered:
        return
    yield Heading("群众怎么说")  # zh: the paper
    told = (
        f"答复过{heard.answered}件事，提的人说办好了{heard.settled}件，没解决{heard.not_settled}件，"  # zh: the paper
    )
    yield Paragraph(f"{told}还没回话{heard.silent}件。")  # zh: the paper


def mentor_facts(mentor: Mentor) -> Iterator[Block]:
    free = [part for part in (mentor.free_when, *slots_in_words(mentor.slots)) if part]
    pairs = [
        ("姓名", mentor.account.display_name),  # zh: the paper
        ("所在乡镇", mentor.area.name),  # zh: the paper
        ("导师类别", str(mentor.get_kind_display())),  # zh: the paper
        ("工作年限", f"{mentor.years}年" if mentor.years is not None else ""),  # zh: the paper
        ("擅长领域", "、".join(one.ability.name for one in queries.taught(mentor))),  # zh: the paper
        ("帮带名额", f"{mentor.least}至{mentor.most}人"),  # zh: the paper
        ("能去的村", "、".join(one.name for one in queries.villages_of(mentor))),  # zh: the paper
        ("可用时间", "、".join(free)),  # zh: the paper
        ("入册日期", written(mentor.active_from)),  # zh: the paper
        ("帮带意愿", mentor.wishes),  # zh: the paper
    ]
    yield Heading("基本情况")  # zh: the paper
    yield Facts([(name, said) for name, said in pairs if said])


def posts(mentor: Mentor) -> Iterator[Block]:
    held = queries.held_posts(mentor)
    if not held:
        return
    yield Heading("任过的职务")  # zh: the paper
    rows = [[one.post, one.organisation, one.from_month, one.to_month] for one in held]
    yield Table(["职务", "单位", "从", "到"], rows, (3, 3, 1.4, 1.4))  # zh: the paper


def written(on: dt.date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"  # zh: the paper


OF_CADRES: tuple[CadreSection, ...] = (
    basic_facts,
    abilities,
    readings,
    villagers_words,
    records_of_cadre,
    outings,
    course_hours,
)
OF_MENTORS: tuple[MentorSection, ...] = (mentor_facts, posts, records_of_mentor, outings)
