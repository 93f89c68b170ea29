"""Periods of pairings. Data: a county overrides them with rows of its own."""

import datetime as dt

from django.utils.translation import gettext_noop as _

from xianglin.commons.deadlines.seeds import RuleSeed

RULES = [
    RuleSeed(
        "pairings.answer", 1, _("问两边愿不愿意结对"), 7, "day", "next_workday",
        basis=_("七天内给回话，没回话的由经办人打电话问"), source=_("平台默认，县里可改"), from_on=dt.date(2016, 1, 1),
    ),
]  # fmt: skip
