"""村情发布会: hears every household, publishes each month, settles each question in about a month."""

from django.utils.translation import gettext_lazy as _

from xianglin.base.registry import Kind, Programme

RULE = "briefing.month"

BRIEFING = Programme(
    key="briefing",
    label=_("村情发布会"),
    kinds=(
        Kind("briefing.question", _("村民提的事"), RULE),
        Kind("briefing.suggestion", _("村民的建议"), RULE),
    ),
)
