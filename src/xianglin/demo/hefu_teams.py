"""和孚镇's three teams: out in villages, firms and communities; what they tell, what they hear, whom they reconcile."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.commons.access.models import Account
from xianglin.commons.areas.models import Area
from xianglin.commons.keys.sealing import open_all
from xianglin.kernels.matters import actions as matters
from xianglin.kernels.matters.models import Matter
from xianglin.programmes.mentoring.kinds import HEARD
from xianglin.programmes.mentoring.mediation import actions as mediation
from xianglin.programmes.mentoring.mediation.models import End, Mediation, Sort
from xianglin.programmes.mentoring.mediation.rules import Dispute, Outcome, Side
from xianglin.programmes.mentoring.stories import actions as stories
from xianglin.programmes.mentoring.stories.models import Story
from xianglin.programmes.mentoring.stories.rules import First, Telling
from xianglin.programmes.mentoring.teams import actions as teams
from xianglin.programmes.mentoring.teams.facts import Trip
from xianglin.programmes.mentoring.teams.models import Heard, Host, Team, TeamKind

from .deeds import Scene, as_
from .hefu_pairs import account_of
from .hefu_people import TOWN

TELLERS, LISTENERS, MEDIATORS = TeamKind.STORYTELLERS, TeamKind.LISTENERS, TeamKind.MEDIATORS
TEAMS = {
    TELLERS: ("和孚红色宣讲队", ("沈金荣", "莫小弟", "沈梓航", "莫婉清", "倪思远")),
    LISTENERS: ("和孚民情倾听队", ("茅雨晴", "朱一凡", "唐子墨", "姚晨曦")),
    MEDIATORS: ("和孚矛盾调解队", ("褚有法", "陆阿坤", "褚晓宇", "张思齐")),
}
# 镇便民服务中心: what the listeners bring back is the one's to pass on and to ask after, the other's to answer.
CLERK, HANDLER = "汪晓岚", "蒋伟民"

STORY = Telling(
    title="长超的船",
    text=(
        "一九三八年的冬天，长超的人夜里摇船，把伤员从漾里一条一条接出来。船底铺稻草，船头不点灯，听桨声认人。"
        "天亮以前，船都回到自家河埠，像没有出过门一样。\n"
        "村里老人说，那一冬接出来四十多个人，没有一户问过会不会有事。有一条船后来漏了，主人把门板拆下来补上，第二夜又出去。\n"
        "今天的河埠还在，石级磨得发亮。讲这个故事，是要记得：群众肯把船摇出来，是信得过岸上等的人。"
    ),
    period="1938 年冬",
    source="长超村老人口述，村史室整理",
)


class Out(NamedTuple):
    """Where a team was, with whom, before how many; what it heard; whether it told the story."""

    when: str
    kind: TeamKind
    village: str
    host: Host
    where: str
    topic: str
    present: int
    went: tuple[str, ...]
    opinions: tuple[str, ...] = ()
    hardships: tuple[str, ...] = ()
    story: bool = False


OUT = (
    Out(
        "2021-09-15 20:30",
        LISTENERS,
        "330503106202",
        Host.VILLAGE,
        "荻港村崇文园",
        "听桑基鱼塘边的人家说话",
        17,
        ("茅雨晴", "唐子墨"),
        ("塘边的路晚上太黑，走路要打手电。",),
    ),
    Out(
        "2021-10-20 16:00",
        TELLERS,
        "330503106212",
        Host.COMMUNITY,
        "民当村老年活动室",
        "重阳节讲长超的船",
        28,
        ("莫小弟", "莫婉清"),
        story=True,
    ),
    Out(
        "2021-11-18 17:00",
        LISTENERS,
        TOWN,
        Host.FIRM,
        "和孚镇一家木业公司的食堂",
        "和外来务工的人一起吃午饭",
        34,
        ("朱一凡", "唐子墨"),
        ("小孩放学没人接，厂里下班晚一个钟头。",),
    ),
    Out(
        "2022-01-12 19:00",
        MEDIATORS,
        "330503106221",
        Host.VILLAGE,
        "云北村村委会",
        "年前走一遍有疙瘩的人家",
        9,
        ("褚有法", "褚晓宇"),
    ),
    Out(
        "2022-03-08 16:30",
        LISTENERS,
        "330503106208",
        Host.VILLAGE,
        "陶家墩村妇女之家",
        "听留守的姐妹说心事",
        21,
        ("姚晨曦", "唐子墨"),
        hardships=("一户老人摔了腿，儿女都在外面，没人烧饭。",),
    ),
    Out(
        "2022-04-27 18:00",
        TELLERS,
        TOWN,
        Host.FIRM,
        "和孚镇一家纺织厂的车间",
        "班前十分钟党史",
        63,
        ("沈梓航", "倪思远"),
        story=True,
    ),
    Out(
        "2022-06-01 20:00",
        TELLERS,
        "330503106215",
        Host.VILLAGE,
        "长超村文化礼堂",
        "讲长超的船",
        46,
        ("沈金荣", "沈梓航", "莫婉清"),
        story=True,
    ),
    Out(
        "2022-06-14 19:30",
        MEDIATORS,
        "330503106216",
        Host.VILLAGE,
        "横港村议事亭",
        "说说邻里怎么让一让",
        25,
        ("陆阿坤", "张思齐"),
    ),
)

# What of it became a matter: its words, when it was raised, its public title, what was answered and when.
BECAME = (
    (
        "塘边的路",
        "2021-09-16 08:30",
        "塘边的路晚上太黑",
        "2021-10-09 15:00",
        "塘边装好了 9 盏太阳能路灯，亮到晚上十点半。",
    ),
    (
        "小孩放学",
        "2021-11-19 08:40",
        "孩子放学没人接",
        "2021-12-03 16:10",
        "镇里办了放学后的托管班，到晚上七点，报了 14 个孩子。",
    ),
    (
        "一户老人",
        "2022-03-08 18:00",
        "摔伤老人没人烧饭",
        "2022-03-10 11:00",
        "陶家墩村食堂一天两顿送上门，村妇联每天去看一次。",
    ),
)

AGREEMENT = (
    "一、后埭水沟以沟中线为界，沟宽六十公分，两家都不再往沟里填土。\n"
    "二、各家门前的一段各家清，每年梅雨前清一次。\n"
    "三、去年填进去的土，由填的一家在三十天内挖走。"
)


def scenes(town: Area, officer: Account) -> Iterator[Scene]:
    yield "2021-08-10 10:00", partial(_open, town, as_(officer))
    yield "2021-10-12 15:00", _keep_story
    for out in OUT:
        yield out.when, partial(_out, out)
    for words, raised, title, answered, text in BECAME:
        yield raised, partial(_raise, words, title)
        yield answered, partial(_answer, title, text)
        yield f"{answered[:10]} 19:00", partial(_settle, title)
    yield "2022-05-06 09:00", partial(_quarrel, town)
    for day, said in (("2022-05-09", "两家各说各的，先量了沟。"), ("2022-05-12", "看了九八年的图，两家都认中线。")):
        yield f"{day} 20:10", partial(_met, said)
    yield "2022-05-13 20:00", _agreed
    yield "2022-06-15 09:30", partial(_held, True)


def _team(kind: TeamKind) -> Team:
    return Team.objects.select_related("area").get(kind=kind)


def _open(town: Area, desk: Actor) -> None:
    for kind, (name, members) in TEAMS.items():
        team = teams.open_team(town, actor=desk, kind=kind, name=name)
        for member in members:
            teams.add_member(team, actor=desk, who=member)


def _keep_story() -> None:
    teller = as_(account_of("沈梓航"))
    place = Area.objects.get(code="330503106215")
    first = First(hall="长超村文化礼堂", told_on=dt.date(2021, 10, 10), teller="沈金荣")
    stories.note_story(place, actor=teller, said=STORY, first=first)


def _out(out: Out) -> None:
    trip = Trip(
        on=clock.today(),
        place=Area.objects.get(code=out.village),
        host=out.host,
        where=out.where,
        topic=out.topic,
        present=out.present,
        went=tuple(account_of(name).pk for name in out.went),
        opinions=out.opinions,
        hardships=out.hardships,
        story_id=Story.objects.get(title=STORY.title).pk if out.story else None,
    )
    teams.note_outing(_team(out.kind), actor=as_(account_of(out.went[0])), trip=trip)


def _heard(words: str) -> Heard:
    """By how it begins, in the team's own words."""
    waiting = list(Heard.objects.filter(matter=None).select_related("outing"))
    said = open_all([one.words for one in waiting])
    return next(one for one, told in zip(waiting, said, strict=True) if told is not None and told.startswith(words))


def _raise(words: str, title: str) -> None:
    heard = _heard(words)
    heard = teams.raise_heard(heard, actor=as_(heard.outing.by))
    assert heard.matter is not None
    clerk = as_(account_of(CLERK))
    matter = matters.triage_matter(heard.matter, actor=clerk, title=title, category="", public=True, kind=HEARD)
    matters.assign_matter(matter, actor=clerk, account_id=account_of(HANDLER).pk)


def _answer(title: str, text: str) -> None:
    matters.answer_matter(Matter.objects.get(title=title), actor=as_(account_of(HANDLER)), text=text)


def _settle(title: str) -> None:
    matter = Matter.objects.get(title=title)
    matters.note_word(matter, actor=as_(account_of(CLERK)), settled=True, text="打电话问过，办好了。")


def _quarrel(town: Area) -> None:
    place = Area.objects.get(code="330503106202")
    sides = (Side("沈水根", "13700000451"), Side("陆火英"))
    dispute = Dispute(place, Sort.NEIGHBOURS, sides, mediators=(account_of("褚晓宇").pk,))
    mediation.open_mediation(_team(MEDIATORS), actor=as_(account_of("陆阿坤")), dispute=dispute)


def _case() -> Mediation:
    return Mediation.objects.get(team__kind=MEDIATORS)


def _met(said: str) -> None:
    mediation.note_session(_case(), actor=as_(account_of("陆阿坤")), on=clock.today(), said=said)


def _agreed() -> None:
    end = Outcome(End.SETTLED, agreement=AGREEMENT)
    mediation.close_mediation(_case(), actor=as_(account_of("陆阿坤")), end=end)


def _held(kept: bool) -> None:
    mediation.follow_mediation(_case(), actor=as_(account_of("褚晓宇")), kept=kept)
