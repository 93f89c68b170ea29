"""导师帮带: pairs experienced old hands with young cadres by the abilities they lack, and follows their growth."""

from django.utils.translation import gettext_lazy as _

from xianglin.base.registry import GatheringKind, Kind, MenuItem, PairingKind, Programme, Section

from .courses.showing import told as course_told
from .errands import waiting
from .graduation.queries import under_review
from .kinds import COURSE, HEARD, MENTOR, OFFICER, PAIR, PROGRAMME, YOUNG_CADRE
from .matching.scoring import fit, score
from .minds.queries import is_one_of_the_few

GOING = (OFFICER, MENTOR, YOUNG_CADRE)  # out with a team

MENTORING = Programme(
    key=PROGRAMME,
    label=_("导师帮带"),
    errands=waiting,
    kinds=(Kind(HEARD, _("队伍听到的")),),
    pairings=(
        PairingKind(
            PAIR,
            _("导师帮带"),
            need=_("青年干部"),
            offer=_("导师"),
            score=score,
            fit=fit,
            officers=(OFFICER,),
            home="mentoring:matching",
            page="mentoring:pair",
            term_months=24,
            crowding=2,
            every=182,
            silent_days=56,
            topics=(("economy", _("村集体经济")), ("governance", _("基层治理")), ("civility", _("乡风文明"))),
            signs_terms=True,
            deeds=("sign", "outcome", "end"),  # terms, steps and an end in honour have rules of their own here
            endings=("terminated",),
            unfinished=under_review,
        ),
    ),
    gatherings=(
        GatheringKind(
            COURSE,
            _("和青社"),
            agenda=(),
            capacities=(),
            desk="gatherings:session",
            home="mentoring:courses",
            officers=(OFFICER,),
            guests=(YOUNG_CADRE, MENTOR),
            credits=True,
            told=Section("mentoring/courses/_told.html", course_told),
        ),
    ),
    menu=(
        # behind 我的: a village cadre who learns or teaches besides keeps the four tabs that they work with
        MenuItem(
            "growth", _("我的成长"), "mentoring:growth", "chart", order=91, programme=PROGRAMME, roles=(YOUNG_CADRE,)
        ),
        MenuItem(
            "own_mentor",
            _("我当导师"),
            "mentoring:own_mentor",
            "people",
            order=92,
            programme=PROGRAMME,
            roles=(MENTOR,),
        ),
        MenuItem(
            "matching", _("配对"), "mentoring:matching", "people", order=29, programme=PROGRAMME, roles=(OFFICER,)
        ),
        MenuItem(
            "teams", _("队伍"), "mentoring:teams", "people", order=95, tab=False, programme=PROGRAMME, roles=GOING
        ),
        MenuItem(
            "stories",
            _("红色故事库"),
            "mentoring:stories",
            "book",
            order=96,
            tab=False,
            programme=PROGRAMME,
            roles=GOING,
        ),
        MenuItem(
            "mediations",
            _("调解"),
            "mentoring:mediations",
            "list",
            order=97,
            tab=False,
            programme=PROGRAMME,
            roles=GOING,
        ),
        MenuItem(
            "minds",
            _("心理辅导"),
            "mentoring:minds",
            "people",
            order=98,
            tab=False,
            programme=PROGRAMME,
            only=is_one_of_the_few,
        ),
        MenuItem("plan", _("我的计划"), "mentoring:plan", "list", order=93, programme=PROGRAMME, roles=(YOUNG_CADRE,)),
        MenuItem("led", _("我带的人"), "mentoring:led", "list", order=94, programme=PROGRAMME, roles=(MENTOR,)),
        MenuItem(
            "asking",
            _("请教"),
            "mentoring:asking",
            "people",
            order=95,
            programme=PROGRAMME,
            roles=(YOUNG_CADRE,),
            deed=True,
        ),
        MenuItem("asked", _("请教我的"), "mentoring:asking", "people", order=96, programme=PROGRAMME, roles=(MENTOR,)),
        MenuItem(
            "library",
            _("经验"),
            "mentoring:library",
            "book",
            order=97,
            programme=PROGRAMME,
            roles=(YOUNG_CADRE, MENTOR, OFFICER),
        ),
        MenuItem(
            "new_record",
            _("记一次帮带"),
            "mentoring:new_record",
            "pen",
            order=95,
            programme=PROGRAMME,
            roles=(YOUNG_CADRE, MENTOR),
            deed=True,
        ),
        MenuItem("pairs", _("对子"), "mentoring:pairs", "list", order=30, programme=PROGRAMME, roles=(OFFICER,)),
        MenuItem("cadres", _("青年干部"), "mentoring:cadres", "chart", order=31, programme=PROGRAMME, roles=(OFFICER,)),
        MenuItem("mentors", _("导师"), "mentoring:mentors", "people", order=32, programme=PROGRAMME, roles=(OFFICER,)),
        MenuItem("courses", _("和青社"), "mentoring:courses", "book", order=33, programme=PROGRAMME, roles=(OFFICER,)),
        MenuItem(
            "own_courses",
            _("和青社"),
            "mentoring:courses",
            "book",
            order=95,
            programme=PROGRAMME,
            roles=(YOUNG_CADRE, MENTOR),
        ),
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
