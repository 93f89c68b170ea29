"""What the people of a pair are told, in plain words."""

from django.utils.translation import gettext_lazy as _

from xianglin.commons.notices.declare import NoticeTemplate

TEMPLATES = (
    NoticeTemplate("mentoring.plan_changed", _("你们这一对的帮带计划定了或者改了，请看一看。")),
    NoticeTemplate("mentoring.assignment_planned", _("你们这一对有一项新的历练安排，请看看日子合不合适。")),
    NoticeTemplate("mentoring.assignment_finished", _("一项历练完成了，结果写好了，请看一看。")),
)
