"""村情发布会: hears every household, publishes each month, settles each question in about a month."""

from django.utils.translation import gettext_lazy as _

from xianglin.base.registry import BulletinKind, Kind, MenuItem, Programme, Section

from . import drafting, reading

RULE = "briefing.month"
REPORT = "briefing.report"

BRIEFING = Programme(
    key="briefing",
    label=_("村情发布会"),
    kinds=(
        Kind("briefing.question", _("村民提的事"), RULE),
        Kind("briefing.suggestion", _("村民的建议"), RULE),
    ),
    bulletins=(
        BulletinKind(
            REPORT,
            _("村情发布稿"),
            (
                ("feedback", _("上期反馈")),
                ("work", _("本月工作")),
                ("affairs", _("重大事务与财务")),
                ("concerns", _("回应关切")),
            ),
            home="briefing:reports",
            draft=drafting.draft,
            names=drafting.names,
        ),
    ),
    menu=(MenuItem("reports", _("发布会"), "briefing:reports", "book", order=40, tab=False, programme="briefing"),),
    sections=(Section("briefing/_village.html", reading.on_the_board),),
)
