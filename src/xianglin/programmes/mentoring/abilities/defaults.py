"""The list that a county begins with, and changes as it likes.

Named by the report on the scheme (服务群众, 文字综合, 廉洁自律, 党性意识, 群众观念, 矛盾调解) and by what towns ask of
their cadres besides. ``also``: how sheets call them.
"""

from typing import NamedTuple


class Default(NamedTuple):
    key: str
    name: str
    also: str
    description: str


# zh: a county's own words from the first day on; data, not labels
ABILITIES = (
    Default("serving", "服务群众", "群众工作 为民服务 服务群众能力", "找得到人、听得懂话、办得成事，办完回一声。"),
    Default("writing", "文字综合", "文字材料 写材料 公文写作 文字功底", "会议记录、简报、总结、公开稿，写得清楚。"),
    Default("integrity", "廉洁自律", "廉政 廉洁 纪律规矩", "经手钱物、工程、低保，按规矩来，不留口子。"),
    Default("party_spirit", "党性意识", "党性修养 党性观念 政治素养", "党内生活、主题党日，讲得明白，带得起来。"),
    Default("mass_line", "群众观念", "群众立场 群众意识", "想事情先想大家，开会之前先走访。"),
    Default("mediation", "矛盾调解", "纠纷调解 矛盾化解 调解", "两家吵起来，能坐到一张桌子上谈成。"),
    Default("policy", "政策法规", "政策 法律法规 政策理论 依法办事", "条款找得到，讲得清，用得对。"),
    Default("projects", "项目推进", "项目建设 攻坚克难 抓落实", "从立项到验收，一步一步推得动。"),
)
