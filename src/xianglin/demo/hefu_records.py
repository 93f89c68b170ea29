"""和孚镇's records, July 2021 to June 2022: what each pair wrote down, confirmed by the other the same evening."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

from xianglin.base import clock
from xianglin.kernels.matters.models import Matter
from xianglin.kernels.pairings.models import Pairing
from xianglin.programmes.mentoring.plans.models import Goal
from xianglin.programmes.mentoring.records import actions as records
from xianglin.programmes.mentoring.records.models import Method
from xianglin.programmes.mentoring.records.rules import Said

from .deeds import Scene, as_
from .hefu_lines import LINES
from .hefu_pairs import STARTS, all_pairs, pair_of

DAYS = (12, 60, 110, 160, 215, 268, 318)  # after they began; each pair some days later than the one before
SILENT = ("戴文静", "傅家乐")  # wrote nothing more after the winter
SILENT_AFTER = 3  # records

MAO = "茅雨晴"
# What the one whose story is told whole wrote with her mentor: day, method, ability, what was done and solved.
HERS = (
    (
        "2021-07-13",
        Method.ASSIGNMENT,
        "文字综合",
        "第一篇防汛通知，丁书记改得满纸是红。",
        "先写群众要办什么、找谁、几号前。",
    ),
    ("2021-08-20", Method.CASE, "文字综合", "把镇党政办退回来的六份稿子摊开看。", "退的都是同一个毛病：没有日子。"),
    (
        "2021-09-18",
        Method.SCENE,
        "矛盾调解",
        "后埭两家为水沟吵起来，跟着丁书记站在沟边听。",
        "先听完再说话，回来才知道谁家先挖的。",
    ),
    (
        "2021-10-10",
        Method.SCENE,
        "服务群众",
        "和丁书记夜里走了一遍塘边的路，看装好的灯亮到几点。",
        "九盏都亮，有一盏照到人家窗里，第二天转了头。",
    ),
    (
        "2021-11-06",
        Method.PRACTICE,
        "服务群众",
        "自己走了南片十一户，丁书记隔天抽了三户问。",
        "三户说的和本子上记的一样。",
    ),
    ("2021-12-20", Method.REVIEW, "文字综合", "半年的稿子一篇一篇数，退了几次、退在哪里。", "从四稿变成两稿。"),
    ("2022-02-18", Method.SITUATION, "矛盾调解", "丁书记扮不肯签字的那户，练了三遍。", "第三遍他坐下来了。"),
    (
        "2022-03-20",
        Method.PRACTICE,
        "文字综合",
        "自己排党员大会的议程，主持了一次。",
        "五十分钟散会，没有一个人问“今天什么事”。",
    ),
    (
        "2022-05-12",
        Method.SCENE,
        "矛盾调解",
        "争水沟的事又起，这回自己去谈，丁书记在家等电话。",
        "四趟，两家各退一尺。",
    ),
    ("2022-06-10", Method.ASSIGNMENT, "文字综合", "桑基鱼塘的公开稿，一稿交过去。", "丁书记说：不用我改了。"),
)
# Of these, what she brought back from the people by the ponds, and the two saw it through.
TOGETHER = {"2021-10-10": "塘边的路晚上太黑"}


def scenes() -> Iterator[Scene]:
    for number, (pairing, _mentor) in enumerate(all_pairs()):
        name = str(pairing.need.name)
        if name == MAO:
            continue
        for nth, after in enumerate(DAYS[:SILENT_AFTER] if name in SILENT else DAYS):
            on = STARTS + dt.timedelta(days=after + number % 16)
            yield from _written(pairing.pk, on, *_line(pairing, number, nth))
    for day, method, ability, done, solved in HERS:
        yield from _written(pair_of(MAO).pk, dt.date.fromisoformat(day), ability, method, done, solved)


def _line(pairing: Pairing, number: int, nth: int) -> tuple[str, Method, str, str]:
    """Of the abilities that the two set goals in, one after the other; never the same words twice in a pair."""
    goals = list(Goal.objects.filter(pairing=pairing).order_by("pk").values_list("ability__name", flat=True))
    ability = goals[nth % len(goals)]
    lines = LINES[ability]
    return ability, *lines[(number * 3 + nth // len(goals)) % len(lines)]


def _written(pairing_id: int, on: dt.date, ability: str, method: Method, done: str, solved: str) -> Iterator[Scene]:
    yield f"{on} 17:10", partial(_write, pairing_id, ability, method, done, solved)
    yield f"{on} 20:05", partial(_confirm, pairing_id)


def _pair(pairing_id: int) -> Pairing:
    return Pairing.objects.select_related("need__holder", "offer__holder", "area").get(pk=pairing_id)


def _write(pairing_id: int, ability: str, method: Method, done: str, solved: str) -> None:
    pairing = _pair(pairing_id)
    assert pairing.need.holder is not None
    goal = Goal.objects.get(pairing=pairing, ability__name=ability)
    said = Said(
        method,
        clock.today(),
        done,
        solved,
        place=pairing.area.name,
        where_id=pairing.area_id,
        ability_ids=(goal.ability_id,),
        matter=Matter.objects.filter(title=TOGETHER.get(f"{clock.today()}", "-")).first(),
    )
    records.write_record(pairing, actor=as_(pairing.need.holder), said=said)


def _confirm(pairing_id: int) -> None:
    pairing = _pair(pairing_id)
    assert pairing.offer.holder is not None
    record = pairing.records.latest("pk")
    records.confirm_record(record, actor=as_(pairing.offer.holder), edition=record.edition)
