"""The lines that an agreement begins with; a county keeps its own as data.

The three lists (duty, task, negative) follow how 导师帮带 schemes elsewhere set them out; no quotas of records.
"""

# zh: a county's own words from the first day on
MENTOR = (
    "每月至少见面帮带一次，带着到现场、到户里做事。",
    "按帮带计划教，干什么学什么、缺什么补什么，改过的稿子、办过的事当面讲清楚。",
    "急难险重任务带在身边，事后一起复盘。",
    "每半年评一次能力水平，写明凭什么这样评。",
    "关心思想、工作和生活，发现苗头及时谈。",
)
# zh: a county's own words from the first day on
CADRE = (
    "主动请教，不懂就问，问了就做，做了回一声。",
    "按计划完成历练安排，结果如实写。",
    "参加村里、镇里的重点工作，服从安排。",
    "每半年写一次小结，期满写述学报告。",
)
# zh: a county's own words from the first day on
NEITHER = (
    "不收受对方礼品礼金、消费卡和宴请。",
    "不利用帮带关系打招呼、谋私利。",
    "不代写记录，不搞形式，不攀比次数。",
    "不泄露工作秘密和群众的个人信息。",
)
# zh: a county's own words from the first day on
SOURCE = "参照各地导师帮带制度的通行做法拟定，各县可改"
