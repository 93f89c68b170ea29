import datetime as dt

from django.utils.translation import gettext_noop as _

from xianglin.commons.deadlines.seeds import RuleSeed

from .programme import RULE

RULES = [
    RuleSeed(
        RULE, 1, _("村情发布会上和会前提的事"), 1, "month", "next_workday",
        basis=_("《鄣吴镇村情发布会制度》第六条（演示）：原则上一个月以内办结"),
        source=_("2022 年公开报道，条款编号为演示"), from_on=dt.date(2016, 1, 1),
    ),
]  # fmt: skip
