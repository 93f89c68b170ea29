"""What the people of a pair are told, in plain words."""

from django.utils.translation import gettext_lazy as _

from xianglin.commons.notices.declare import NoticeTemplate

TEMPLATES = (
    NoticeTemplate("mentoring.plan_changed", _("你们这一对的帮带计划定了或者改了，请看一看。")),
    NoticeTemplate("mentoring.assignment_planned", _("你们这一对有一项新的历练安排，请看看日子合不合适。")),
    NoticeTemplate("mentoring.agreement_drawn", _("你们这一对的帮带协议拟好了，请先看一遍条款，再签字。")),
    NoticeTemplate("mentoring.review_opened", _("出师评议开始了。青年干部请写述学，导师请写意见。")),
    NoticeTemplate("mentoring.review_decided", _("出师评议有结果了，请看一看。")),
    NoticeTemplate("mentoring.mentor_leaves", _("导师帮带：您这一对的导师要换了，这一对先结束，以前记的都留着。")),
    NoticeTemplate("mentoring.handed_over", _("换导师办好了。目标和没做完的历练都转过去了，以前记的都留着。")),
    NoticeTemplate("mentoring.assignment_finished", _("一项历练完成了，结果写好了，请看一看。")),
)
