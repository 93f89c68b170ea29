"""村情发布会: hears every household, publishes each month, settles each question in about a month."""

from django.utils.translation import gettext_lazy as _

from xianglin.base.registry import BulletinKind, Capacity, GatheringKind, Kind, MenuItem, Programme, Section

from . import drafting, reading
from .kinds import CONFERENCE, EXPLANATION, QUESTION, REPORT, REPRESENTATIVE
from .relaying.errands import to_relay

RULE = "briefing.month"
EXPLAIN_RULE = "briefing.explain"
TWO_THIRDS = _("村民委员会组织法：村民代表会议有三分之二以上的组成人员参加方可召开")

BRIEFING = Programme(
    key="briefing",
    label=_("村情发布会"),
    kinds=(
        Kind(QUESTION, _("村民提的事"), RULE),
        Kind("briefing.suggestion", _("村民的建议"), RULE),
        Kind(EXPLANATION, _("请村里说明"), EXPLAIN_RULE),
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
            kept=("feedback",),
            records=drafting.records,
        ),
    ),
    gatherings=(
        GatheringKind(
            CONFERENCE,
            _("村情发布会"),
            agenda=(_("上期反馈"), _("本月工作"), _("重大事务与财务"), _("回应关切"), _("村民提问，当场答复")),
            capacities=(
                Capacity("representatives", _("村民代表"), 2, 3, TWO_THIRDS),
                Capacity("members", _("党员")),
                Capacity("villagers", _("其他村民")),
            ),
            desk="briefing:record",
            home="briefing:reports",
        ),
    ),
    menu=(
        MenuItem("visits", _("记一笔"), "briefing:visits", "pen", order=20, programme="briefing", instead_of="note"),
        MenuItem("relay", _("给联户讲"), "briefing:relay", "people", order=20, programme="briefing"),
        MenuItem("relay.say", _("说一句"), "portal:my_say", "pen", order=30, roles=(REPRESENTATIVE,)),
        MenuItem("reports", _("发布会"), "briefing:reports", "book", order=40, tab=False, programme="briefing"),
    ),
    errands=to_relay,
    sections=(Section("briefing/_village.html", reading.on_the_board),),
)
