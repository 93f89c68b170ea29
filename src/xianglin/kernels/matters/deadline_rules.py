"""Periods of matters that no kind has its own for. Data: a county overrides them with rows of its own."""

import datetime as dt

from xianglin.commons.deadlines.seeds import RuleSeed

_FROM = dt.date(2016, 1, 1)

RULES = [
    RuleSeed(
        "matters.answer", 1, "村民反映的事", 1, "month", "next_workday",
        basis="没有专门规定的，一个月内答复", source="平台默认，县里可改", from_on=_FROM,
    ),
    RuleSeed(
        "matters.author_word", 1, "等提的人回话", 10, "day", "none",
        basis="答复后等提的人回话 10 天", source="平台默认，县里可改", from_on=_FROM,
    ),
]  # fmt: skip
