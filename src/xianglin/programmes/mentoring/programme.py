"""导师帮带: pairs experienced old hands with young cadres by the abilities they lack, and follows their growth."""

from django.utils.translation import gettext_lazy as _

from xianglin.base.registry import MenuItem, Programme

from .errands import to_judge_oneself
from .kinds import MENTOR, OFFICER, PROGRAMME, YOUNG_CADRE

MENTORING = Programme(
    key=PROGRAMME,
    label=_("导师帮带"),
    errands=to_judge_oneself,
    menu=(
        MenuItem(
            "growth", _("我的成长"), "mentoring:growth", "chart", order=21, programme=PROGRAMME, roles=(YOUNG_CADRE,)
        ),
        MenuItem(
            "own_mentor",
            _("我当导师"),
            "mentoring:own_mentor",
            "people",
            order=22,
            programme=PROGRAMME,
            roles=(MENTOR,),
        ),
        MenuItem("cadres", _("青年干部"), "mentoring:cadres", "chart", order=31, programme=PROGRAMME, roles=(OFFICER,)),
        MenuItem("mentors", _("导师"), "mentoring:mentors", "people", order=32, programme=PROGRAMME, roles=(OFFICER,)),
        MenuItem(
            "abilities",
            _("能力清单"),
            "mentoring:abilities",
            "list",
            order=60,
            tab=False,
            programme=PROGRAMME,
            roles=(OFFICER,),
        ),
    ),
)
