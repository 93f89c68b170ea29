"""请教 in 和孚镇: a question that became the county's experience, and one that waits for its answer."""

from collections.abc import Iterator
from functools import partial

from xianglin.base.actor import Actor
from xianglin.commons.access.models import Account
from xianglin.programmes.mentoring.abilities.models import Ability
from xianglin.programmes.mentoring.asking import actions as asking
from xianglin.programmes.mentoring.asking.models import Thread
from xianglin.programmes.mentoring.experience import actions as experience
from xianglin.programmes.mentoring.experience.models import Experience
from xianglin.programmes.mentoring.experience.rules import Draft

from .deeds import Scene, as_
from .hefu_pairs import account_of, mentor_of, pair_of

ASKER, READER, WAITS = "褚晓宇", "张思齐", "周若曦"
FIRST = "三户的鱼塘一起到期，都说自己先占的。我去一趟吵一趟，您看先谈哪一户？"
ANSWER = "先别谈哪一户，先把当年的承包合同和塘口图找出来，三家一起看一遍，哪里写着、哪里没写，都当面说清。没写的再一户一户谈。"
UNCLEAR = "合同上四至写的是“到老柳树”，柳树前年倒了，这怎么算？"
THEN = "找当年打桩的人到塘边指，三家都到场，指到哪里打哪里，当场拍照签字。人不在了，就找两个不沾边的老人一起指。"
EXPERIENCE = "到期的承包地起了争执，先谈哪一家？"
QUESTION = "几家的承包一起到期，界址说法不一样，去一次吵一次，怎么开头？"
GENERAL = (
    "先不谈哪一家，先找当年的合同和图，几家一起看：写着的照写的办，没写的再一家一家谈。"
    "界址认不清的，请当年经手的人到现场指，几家都到场，指到哪里打桩到哪里，当场拍照签字；"
    "经手的人不在了，请两位不沾边的老人一起指。"
)
STILL_WAITS = "两家都要我写证明说对方先动的手，我没看见，能写吗？"


def scenes(officer: Account) -> Iterator[Scene]:
    asker, mentor = as_(account_of(ASKER)), mentor_of(ASKER)
    yield "2021-11-04 21:10", partial(_ask, ASKER, FIRST, "矛盾调解")
    yield "2021-11-05 08:20", lambda: asking.answer(_thread(ASKER), actor=mentor, words=ANSWER)
    yield "2021-11-09 20:30", lambda: asking.ask_further(_thread(ASKER), actor=asker, words=UNCLEAR, unclear=True)
    yield "2021-11-10 07:50", lambda: asking.answer(_thread(ASKER), actor=mentor, words=THEN)
    yield "2021-12-11 19:00", lambda: asking.find_useful(_thread(ASKER), actor=asker)
    yield "2021-12-20 10:00", partial(_propose, mentor)
    yield "2021-12-20 19:30", lambda: experience.agree_experience(_experience(), actor=asker, edition=1, agreed=True)
    yield "2021-12-21 09:00", lambda: experience.publish_experience(_experience(), actor=as_(officer), edition=1)
    yield "2022-01-15 20:00", lambda: experience.mark_useful(_experience(), actor=as_(account_of(READER)))
    yield "2022-06-12 21:40", partial(_ask, WAITS, STILL_WAITS, "矛盾调解")


def _ask(name: str, words: str, ability: str) -> None:
    pairing = pair_of(name)
    known = Ability.objects.get(county_id=pairing.county_id, name=ability)
    asking.ask(pairing, actor=as_(account_of(name)), words=words, ability_id=known.pk)


def _thread(name: str) -> Thread:
    return Thread.objects.get(pairing=pair_of(name))


def _propose(mentor: Actor) -> None:
    thread = _thread(ASKER)
    assert thread.ability_id is not None  # it was asked about one
    draft = Draft(EXPERIENCE, QUESTION, GENERAL, ability_ids=(thread.ability_id,))
    experience.propose_experience(thread, actor=mentor, draft=draft)


def _experience() -> Experience:
    return Experience.objects.get(title=EXPERIENCE)
