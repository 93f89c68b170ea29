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
    NoticeTemplate("mentoring.team_joined", _("您进了一支队伍，要一起走出去。请看看队里有谁。")),
    NoticeTemplate("mentoring.carer_named", _("您被点名为关心人，可以和愿意谈的青年干部谈谈。")),
    NoticeTemplate(  # never who it is about
        "mentoring.mind_attention", _("有一位青年干部需要关心，请今天登录看一看。"), sms=True
    ),
    NoticeTemplate("mentoring.carers_needed", _("心理辅导的关心人不够两位，请今天登录再点名一位。"), sms=True),
    NoticeTemplate("mentoring.assignment_finished", _("一项历练完成了，结果写好了，请看一看。")),
    NoticeTemplate("mentoring.record_written", _("您这一对记了一次帮带，请看看是不是这样，确认一下。")),
    NoticeTemplate("mentoring.record_corrected", _("一条帮带记录改过了，请再看一遍，确认一下。")),
    NoticeTemplate("mentoring.record_refused", _("您记的一次帮带，对方说有不对的地方，请看看要不要改。")),
    NoticeTemplate("mentoring.record_withdrawn", _("一条帮带记录收回了。")),
    NoticeTemplate("mentoring.asked", _("您带的青年干部向您请教，有空答一句。")),
    NoticeTemplate("mentoring.answered", _("您请教的，导师答了。有没有用，请说一声。")),
    NoticeTemplate("mentoring.asked_further", _("您答过的，青年干部还想再问一句。")),
    NoticeTemplate("mentoring.experience_proposed", _("您请教的整理成了一条经验，不写您是谁。同意大家看吗？")),
    NoticeTemplate("mentoring.experience_declined", _("您整理的一条经验，提问的人没同意分享。")),
    NoticeTemplate("mentoring.experience_returned", _("您整理的一条经验，组织干事请您再改改。")),
    NoticeTemplate("mentoring.experience_published", _("你们这一对整理的经验发布了，全县的导师和青年干部看得到。")),
    NoticeTemplate("mentoring.experience_withdrawn", _("一条经验收回了，别人看不到了。")),
)
