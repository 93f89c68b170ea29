"""Periods of matters that no kind has its own for. Data: a county overrides them with rows of its own."""

import datetime as dt

from django.utils.translation import gettext_noop as _

from xianglin.commons.deadlines.seeds import RuleSeed

_FROM = dt.date(2016, 1, 1)

RULES = [
    RuleSeed(
        "matters.answer", 1, _("村民反映的事"), 1, "month", "next_workday",
        basis=_("没有专门规定的，一个月内答复"), source=_("平台默认，县里可改"), from_on=_FROM,
    ),
    RuleSeed(
        "matters.author_word", 1, _("等提的人回话"), 10, "day", "none",
        basis=_("答复后等提的人回话 10 天"), source=_("平台默认，县里可改"), from_on=_FROM,
    ),
    RuleSeed(
        "matters.longest_deferral", 1, _("暂不具备条件，最长多久再看一次"), 12, "month", "none",
        basis=_("最长一年，到日子再看"), source=_("平台默认，县里可改"), from_on=_FROM,
    ),
    RuleSeed(
        "matters.longest_pause", 1, _("先停一停，最长停多久"), 3, "month", "none",
        basis=_("最长三个月，到日子接着计时"), source=_("平台默认，县里可改"), from_on=_FROM,
    ),
    RuleSeed(
        "matters.purge", 1, _("移交以后的检举控告"), 30, "day", "none",
        basis=_("移交 30 天后，平台上的原话销毁"), source=_("平台默认，县里可改"), from_on=_FROM,
    ),
]  # fmt: skip
