"""What became of 和孚镇's young cadres: levels read, work in the five forms, reviews, and what the places had of it."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.commons.access.models import Account
from xianglin.kernels.pairings import actions as pairings
from xianglin.kernels.pairings.models import Outcome
from xianglin.programmes.mentoring.abilities.queries import by_word
from xianglin.programmes.mentoring.graduation import actions as reviews
from xianglin.programmes.mentoring.graduation.models import Decision, Review
from xianglin.programmes.mentoring.levels import actions as levels
from xianglin.programmes.mentoring.levels.models import View
from xianglin.programmes.mentoring.levels.rules import Level
from xianglin.programmes.mentoring.plans import actions as plans
from xianglin.programmes.mentoring.plans.models import Assignment, Form
from xianglin.programmes.mentoring.plans.rules import Work
from xianglin.programmes.mentoring.registers.models import YoungCadre

from .deeds import Scene, as_
from .hefu_pairs import account_of, mentor_of, pair_of

Read = tuple[tuple[str, int], ...]

# When, by whom, whose; ability and level, and why.
READINGS: tuple[tuple[str, View, str, Read, str], ...] = (
    (
        "2021-07-20 19:40",
        View.SELF,
        "茅雨晴",
        (("文字综合", 3), ("矛盾调解", 2), ("服务群众", 4)),
        "自己觉得还行，没跟人比过。",
    ),
    (
        "2021-12-28 15:00",
        View.MENTOR,
        "茅雨晴",
        (("文字综合", 3), ("矛盾调解", 2)),
        "先写群众要办什么、找谁、几号前，后面就顺了。",
    ),
    (
        "2022-01-10 10:00",
        View.ORGANISATION,
        "茅雨晴",
        (("文字综合", 3), ("矛盾调解", 1), ("服务群众", 3)),
        "年度考核。",
    ),
    ("2022-01-10 10:20", View.ORGANISATION, "朱一凡", (("项目推进", 3), ("政策法规", 2)), "年度考核。"),
    ("2022-01-10 10:25", View.ORGANISATION, "褚晓宇", (("矛盾调解", 3), ("政策法规", 3)), "年度考核。"),
    ("2022-01-10 10:30", View.ORGANISATION, "吴语桐", (("文字综合", 2), ("服务群众", 3)), "年度考核。"),
    ("2022-01-10 10:35", View.ORGANISATION, "许泽洋", (("文字综合", 4), ("党性意识", 4)), "年度考核。"),
    ("2022-01-10 10:40", View.ORGANISATION, "姚晨曦", (("服务群众", 3), ("矛盾调解", 2)), "年度考核。"),
    ("2022-01-10 10:45", View.ORGANISATION, "沈梓航", (("党性意识", 3),), "年度考核。"),
    ("2022-04-20 15:00", View.MENTOR, "褚晓宇", (("矛盾调解", 4),), "吵到半夜的事，他一个人压下来了。"),
    (
        "2022-05-16 20:10",
        View.SELF,
        "茅雨晴",
        (("文字综合", 3), ("矛盾调解", 2), ("服务群众", 4)),
        "两家争水沟的事，跟着跑了四趟。",
    ),
)


class Told(NamedTuple):
    """An assignment: when it was planned, its days, and what came of it, on its last day, where it is over."""

    planned: str
    who: str
    form: Form
    title: str
    where: str
    starts: str
    due: str
    abilities: tuple[str, ...]
    result: str = ""
    witness: str = ""


WORK = (
    Told(
        "2021-07-05 09:00",
        "茅雨晴",
        Form.POSTS,
        "到镇党政办跟班一个月",
        "和孚镇党政办",
        "2021-07-12",
        "2021-08-13",
        ("文字综合",),
        "会务通知和简报各写了六份，退回来改的从四稿变成两稿。",
        "许慧娟，和孚镇党政办原主任",
    ),
    Told(
        "2021-09-01 09:00",
        "茅雨晴",
        Form.GRASSROOTS,
        "包两个自然村的走访",
        "荻港村南片",
        "2021-09-06",
        "2021-11-30",
        ("服务群众", "矛盾调解"),
        "68 户都走到了，记下 23 件事，办好 19 件，4 件说清了为什么还不行。",
        "陆阿坤，荻港村调解主任",
    ),
    Told(
        "2021-12-01 09:00",
        "茅雨晴",
        Form.CENTRAL,
        "参加农房整治专班",
        "和孚镇综合执法办",
        "2021-12-06",
        "2022-01-28",
        ("政策法规", "矛盾调解"),
        "12 户签了 12 户，一户没吵起来。",
        "钱福生，和孚镇综合执法办主任",
    ),
    Told(
        "2022-02-16 09:00",
        "茅雨晴",
        Form.STAGE,
        "主持一次党员大会",
        "荻港村",
        "2022-03-01",
        "2022-03-20",
        ("文字综合", "服务群众"),
        "议程自己排，台账自己记，会开了五十分钟，没拖。",
        "丁桂松，荻港村原党总支书记",
    ),
    Told(
        "2022-04-01 20:00",
        "茅雨晴",
        Form.URGENT,
        "守防疫卡点，带一个小组",
        "荻港村村口",
        "2022-04-02",
        "2022-04-25",
        ("服务群众",),
        "24 天三班倒，排班没有空过，老人买药 41 次都送到了。",
        "丁桂松，荻港村原党总支书记",
    ),
    Told(
        "2022-06-01 09:00",
        "茅雨晴",
        Form.CENTRAL,
        "写桑基鱼塘的村情公开稿",
        "荻港村",
        "2022-06-06",
        "2022-07-15",
        ("文字综合",),
    ),
    Told(
        "2021-10-08 09:00",
        "朱一凡",
        Form.CENTRAL,
        "跟漾面清淤项目，从立项到验收",
        "长超村",
        "2021-10-11",
        "2022-05-20",
        ("项目推进",),
        "施工单位换过一次，验收晚了八天，资料一次过。",
        "费水泉，和孚镇原人大副主席",
    ),
    Told(
        "2021-11-02 09:00",
        "褚晓宇",
        Form.URGENT,
        "处理鱼塘承包到期的争执",
        "云北村",
        "2021-11-03",
        "2021-12-10",
        ("矛盾调解", "政策法规"),
        "三家谈了五回，合同重签，一家没有上访。",
        "褚有法，云北村治保主任",
    ),
    Told(
        "2022-03-01 09:00",
        "褚晓宇",
        Form.GRASSROOTS,
        "驻云北村南片网格",
        "云北村",
        "2022-03-07",
        "2022-08-31",
        ("矛盾调解",),
    ),
    Told(
        "2022-01-17 09:00",
        "吴语桐",
        Form.POSTS,
        "到镇社会事务办跟班",
        "和孚镇社会事务办",
        "2022-02-14",
        "2022-03-11",
        ("文字综合", "服务群众"),
        "低保年审的材料从头做了一遍，退件没有。",
        "唐招娣，和孚镇民政助理员",
    ),
    Told(
        "2022-05-05 09:00",
        "沈梓航",
        Form.STAGE,
        "给党员上一堂村史党课",
        "长超村文化礼堂",
        "2022-05-09",
        "2022-06-30",
        ("党性意识",),
    ),
    Told(
        "2022-04-11 09:00",
        "姚晨曦",
        Form.GRASSROOTS,
        "包陶家墩北片的走访",
        "陶家墩村",
        "2022-04-18",
        "2022-07-31",
        ("服务群众",),
    ),
    Told(
        "2021-09-06 09:00",
        "许泽洋",
        Form.CENTRAL,
        "起草半年工作总结",
        "和孚镇党政办",
        "2021-12-06",
        "2022-01-07",
        ("文字综合",),
        "初稿用了七成，数字一处没错。",
        "许慧娟，和孚镇党政办原主任",
    ),
)

MAO_SUMMARY = (
    "一年里写了十六篇公开稿和简报，头三篇都被丁书记改得满纸是红；现在先想清楚群众要办什么、找谁、几号前，再动笔。"
    "跟着跑了四回争水沟的事，学会了先听完再说话。条款还背不熟，要接着学。"
)
MAO_OPINION = "先写群众要办什么、找谁、几号前：这一句她记住了，公开稿不用我改了。调解能打下手，独当一面还差一口气。"
XU_SUMMARY = "总结、讲话稿、简报都能自己起头了。最大的收获是学会了问：这句话是说给谁听的。"
XU_OPINION = "交来的稿子我改不动了。可以带新人。"
XU_REASON = "述学实在，两级目标都到了，同意出师。"


class Came(NamedTuple):
    """What a place had of it: topic, and before and after in its unit where that can be counted."""

    when: str
    who: str
    topic: str
    title: str
    evidence: str
    before: str = ""
    after: str = ""
    unit: str = ""
    verified: str = ""  # by the organiser, on that day


CAME = (
    Came(
        "2022-03-10 16:00",
        "朱一凡",
        "economy",
        "闲置厂房租出去了",
        "租赁合同和一季度进账单",
        "0",
        "86000",
        "元",
        "2022-04-06 10:00",
    ),
    Came("2022-05-25 16:00", "高欣妍", "economy", "青鱼干统一包装，多卖的钱", "合作社出库单", "120000", "157000", "元"),
    Came("2022-02-20 16:00", "褚晓宇", "governance", "鱼塘承包三家纠纷谈成", "调解协议书", verified="2022-03-02 09:30"),
    Came(
        "2022-06-02 16:00",
        "茅雨晴",
        "governance",
        "公开稿当月被追问的件数",
        "村情公开栏留言",
        "9",
        "2",
        "件",
        "2022-06-09 09:00",
    ),
    Came("2022-04-28 16:00", "沈梓航", "civility", "长超村白事从简，三户带了头", "村红白理事会记录", "0", "3", "户"),
)


def scenes(officer: Account) -> Iterator[Scene]:
    desk = as_(officer)
    for reading in READINGS:
        yield reading[0], partial(_read, desk, *reading[1:])
    for one in WORK:
        yield one.planned, partial(_plan, one)
        if one.result:
            yield f"{one.due} 17:30", partial(_finish, one)
    for came in CAME:
        yield came.when, partial(_came, came)
        if came.verified:
            yield came.verified, partial(_verify, desk, came)
    yield from _reviewed(desk)


def _read(desk: Actor, view: View, name: str, read: Read, why: str) -> None:
    """One's own view is one's own to note; the mentor's and the organisation's were handed in on paper."""
    cadre = YoungCadre.objects.select_related("account").get(account__display_name=name)
    own = as_(cadre.account) if view == View.SELF else desk
    levels.note_levels(cadre, actor=own, view=view, levels=_levels(name, read, why), on=clock.today())


def _levels(name: str, read: Read, why: str = "") -> list[Level]:
    known = by_word(YoungCadre.objects.get(account__display_name=name))
    return [Level(known[word].pk, level, why) for word, level in read]


def _plan(told: Told) -> None:
    known = by_word(YoungCadre.objects.get(account__display_name=told.who))
    work = Work(
        form=told.form,
        title=told.title,
        where=told.where,
        starts_on=dt.date.fromisoformat(told.starts),
        due_on=dt.date.fromisoformat(told.due),
        ability_ids=tuple(known[word].pk for word in told.abilities),
    )
    plans.plan_assignment(pair_of(told.who), actor=mentor_of(told.who), work=work)


def _finish(told: Told) -> None:
    assignment = Assignment.objects.get(milestone__title=told.title, milestone__pairing=pair_of(told.who))
    plans.finish_assignment(
        assignment, actor=as_(account_of(told.who)), result=told.result, attested_by=told.witness, on=clock.today()
    )


def _came(came: Came) -> None:
    pairings.note_outcome(
        pair_of(came.who),
        actor=mentor_of(came.who),
        topic=came.topic,
        title=came.title,
        evidence=came.evidence,
        baseline=Decimal(came.before) if came.before else None,
        value=Decimal(came.after) if came.after else None,
        unit=came.unit,
        on=clock.today(),
    )


def _verify(desk: Actor, came: Came) -> None:
    pairings.verify_outcome(Outcome.objects.get(title=came.title), actor=desk)


def _reviewed(desk: Actor) -> Iterator[Scene]:
    """许泽洋 graduates; 茅雨晴 was spoken of by both, and the organiser's word is still to come."""
    yield "2022-05-30 09:00", lambda: reviews.open_review(pair_of("许泽洋"), actor=desk)
    yield "2022-06-01 19:20", partial(_sum_up, "许泽洋", XU_SUMMARY)
    yield "2022-06-02 10:10", partial(_judge, "许泽洋", XU_OPINION, (("文字综合", 5), ("党性意识", 4)))
    yield "2022-06-07 15:00", lambda: _graduate(desk, "许泽洋")
    yield "2022-06-13 09:00", lambda: reviews.open_review(pair_of("茅雨晴"), actor=desk)
    yield "2022-06-15 20:40", partial(_sum_up, "茅雨晴", MAO_SUMMARY)
    yield (
        "2022-06-17 16:30",
        partial(_judge, "茅雨晴", MAO_OPINION, (("文字综合", 4), ("矛盾调解", 2), ("服务群众", 4))),
    )


def _sum_up(name: str, text: str) -> None:
    reviews.write_summary(_review(name), actor=as_(account_of(name)), text=text)


def _judge(name: str, text: str, read: Read) -> None:
    reviews.give_opinion(_review(name), actor=mentor_of(name), text=text, said=_levels(name, read))


def _graduate(desk: Actor, name: str) -> None:
    reviews.decide_review(_review(name), actor=desk, decision=Decision.GRADUATED, reason=XU_REASON)


def _review(name: str) -> Review:
    return Review.objects.get(pairing=pair_of(name), open=True)
