"""Opinions from a sheet: message boards, hotlines, a platform's export, with the headers that they really use."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from xianglin.base.actor import Actor
from xianglin.commons.areas.models import Area
from xianglin.commons.exchange.cleaners import moment, text
from xianglin.commons.exchange.tables import Column, ImportRow, ImportTable

from . import actions, queries, rules
from .models import TEXT_LENGTH, Matter, Source


def number(limit: int) -> Callable[[str], str]:
    """A sheet's number of a message; Excel turns 188006 into 188006.0."""
    clean = text(limit)
    return lambda cell: clean(cell.strip().removesuffix(".0"))


def external(row: ImportRow) -> str:
    """ "source:number". A number that a system gave (工单编号) is one thing's in the whole county. A place in the
    list (序号) is many things', so there the source is the row itself, and the number is only for reading.
    """
    if row["number"]:
        return f"import:{row['number']}"
    return f"row {row.identity}:{row['place']}"


def apply(row: ImportRow, *, area: Area, actor: Actor) -> Matter:
    """One message becomes one matter, and the table of duties says who deals with it."""
    subject, words = row.get("subject") or "", row["words"]
    said = actions.Said(
        words=words,
        subject=subject,
        name=row.get("name") or "",
        source=Source.IMPORT,
        external=external(row),
        said_at=row.get("said_at"),
    )
    matter = actions.raise_matter(area, actor=actor, said=said)
    category = rules.suggest_category(f"{subject} {words}", queries.categories())
    title = queries.first_title_of(matter) or matter.called
    return actions.triage_matter(matter, actor=actor, title=title, category=category, public=False)


# zh: the headers of the sheets that towns have
TABLES = [
    ImportTable(
        key="opinions",
        label=_("群众意见"),
        columns=(
            Column("number", _("编号"), ("留言编号", "工单编号", "工单号", "信件编号"), False, number(80)),
            Column("place", _("序号"), ("id", "行号"), False, number(40)),
            Column(
                "words",
                _("内容"),
                ("留言详情", "详情", "诉求内容", "反映内容", "意见建议", "问题"),
                True,
                text(TEXT_LENGTH),
            ),
            Column("subject", _("主题"), ("留言主题", "标题", "题目"), False, text(200)),
            Column("name", _("姓名"), ("留言用户", "留言人", "来电人", "反映人", "诉求人", "用户"), False, text(40)),
            Column("said_at", _("时间"), ("留言时间", "来电时间", "受理时间", "日期", "提出时间"), False, moment),
        ),
        identity=("number",),
        action="matters.triage",
        apply=apply,
        content=("words",),
        chain=("place", "name", "words"),
        changed=_("这个编号以前导过，内容不一样。如果只是排的号，请在“哪一列是什么”里把它选成“序号”"),
    )
]
