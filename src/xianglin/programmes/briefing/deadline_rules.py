import datetime as dt

from django.utils.translation import gettext_noop as _

from xianglin.commons.deadlines.seeds import RuleSeed

from .programme import EXPLAIN_RULE, RULE

RULES = [
    RuleSeed(
        RULE, 1, _("村情发布会上和会前提的事"), 1, "month", "next_workday",
        basis=_("《鄣吴镇村情发布会制度》第六条（演示）：原则上一个月以内办结"),
        source=_("2022 年公开报道，条款编号为演示"), from_on=dt.date(2016, 1, 1),
    ),
    RuleSeed(
        EXPLAIN_RULE, 1, _("镇里请村里说明的事"), 3, "workday", "none",
        basis=_("镇里看出问题，先请村里说明，三个工作日内答复"),
        source=_("平台默认，县里可改"), from_on=dt.date(2016, 1, 1),
    ),
]  # fmt: skip
