"""Opinions from a sheet: message boards, hotlines, a platform's export, with the headers that they really use."""

from django.utils.translation import gettext_lazy as _

from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area
from xianglin.commons.exchange.cleaners import moment, text
from xianglin.commons.exchange.tables import Column, ImportRow, ImportTable

from . import actions, queries, rules
from .models import TEXT_LENGTH, Matter, Source


def number(cell: str) -> str:
    """A sheet's number of a message; Excel turns 188006 into 188006.0."""
    said = cell.strip().removesuffix(".0")
    if not said:
        raise Refused("matters.no_number", _("没有编号。补上编号，再导一次就不会重复。"))
    return text(80)(said)


def apply(row: ImportRow, *, area: Area, actor: Actor) -> Matter:
    """One message becomes one matter, and the table of duties says who deals with it."""
    subject, words = row.get("subject") or "", row["words"]
    said = actions.Said(
        words=words,
        subject=subject,
        name=row.get("name") or "",
        source=Source.IMPORT,
        external=f"import:{row['number']}",
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
            Column("number", _("编号"), ("留言编号", "工单编号", "工单号", "信件编号", "序号", "id"), True, number),
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
    )
]
