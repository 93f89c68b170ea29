"""How well a mentor and a young cadre fit, in parts and in one sentence; who is kept apart."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.kernels.matters.conftest import MORNING, Village, build_village
from tests.support.cast import SYSTEM, actor_of, by_password
from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.registry import kind_of_pairing
from xianglin.commons.areas import actions as areas
from xianglin.commons.areas.models import InKind
from xianglin.commons.trail.models import Entry
from xianglin.kernels.pairings import actions as pairings
from xianglin.kernels.pairings import jobs, queries
from xianglin.kernels.pairings.models import Need, Offer, Proposal
from xianglin.programmes.mentoring.enrolment.actions import Who, enrol_cadre, enrol_mentor, move_cadre
from xianglin.programmes.mentoring.kinds import OFFICER, PAIR
from xianglin.programmes.mentoring.levels.wording import read
from xianglin.programmes.mentoring.matching.scoring import fit, score
from xianglin.programmes.mentoring.registers import actions as registers
from xianglin.programmes.mentoring.registers.facts import CadreFacts, Held, MentorFacts
from xianglin.programmes.mentoring.registers.models import Mentor, Why, YoungCadre


class Registers:
    """A town with the programme on, its officer, and a few people in the registers."""

    def __init__(self) -> None:
        self.here: Village = build_village()
        places = self.here.cast.places
        areas.switch_programme(places.county, "mentoring", actor=SYSTEM, on=True)
        self.town, self.village, self.beside = places.town, places.village, places.beside_village
        self.officer: Actor = actor_of(by_password("zzb", "章组织", places.town, OFFICER))
        self.count = 0

    def who(self, name: str) -> Who:
        self.count += 1
        return Who(name, f"1370000{self.count:04d}")

    def mentor(self, name: str, *teaches: str, posts: tuple[str, ...] = (), **facts: Any) -> Mentor:
        held = tuple(Held(post) for post in posts)
        return enrol_mentor(
            self.town, actor=self.officer, who=self.who(name), facts=MentorFacts(held=held, **facts), teaches=teaches
        )

    def cadre(self, name: str, levels: str, post: str = "村文书", place: Any = None, **facts: Any) -> YoungCadre:
        return enrol_cadre(
            place or self.village,
            actor=self.officer,
            who=self.who(name),
            facts=CadreFacts(post, **facts),
            said=read(levels),
        )


@pytest.fixture
def town(db: None) -> Iterator[Registers]:
    with clock.living_at(MORNING):
        yield Registers()


def of(cadre: YoungCadre, mentor: Mentor) -> Any:
    return fit(cadre.wanting.need, mentor.giving.offer)


def parts(cadre: YoungCadre, mentor: Mentor) -> dict[str, float]:
    return {part.key: part.value for part in of(cadre, mentor).parts}


def test_what_is_lacking_is_what_counts_most(town: Registers) -> None:
    cadre = town.cadre("小许", "文字综合2→4；矛盾调解3→4")
    writer, mediator = town.mentor("老陆", "文字综合"), town.mentor("老潘", "矛盾调解")
    neither = town.mentor("老顾", "项目推进")
    assert parts(cadre, writer)["gaps"] == pytest.approx(2 / 3, abs=0.001)
    assert parts(cadre, mediator)["gaps"] == pytest.approx(1 / 3, abs=0.001)
    assert parts(cadre, neither)["gaps"] == 0
    assert of(cadre, writer).score > of(cadre, mediator).score > of(cadre, neither).score


def test_one_sentence_says_why_and_names_nobody(town: Registers) -> None:
    cadre = town.cadre("小许", "文字综合2→4")
    writer = town.mentor("老陆", "文字综合", posts=("玉华村文书",), village_ids=(town.village.pk,))
    assert of(cadre, writer).sentence == "文字综合 2→4，正是导师擅长的；导师当过玉华村文书；能到玉华村来。"
    assert parts(cadre, writer) | {"gaps": 1, "post": 1, "near": 1} == parts(cadre, writer)
    other = town.mentor("老潘", "项目推进", years=31)
    assert of(cadre, other).sentence == "文字综合 2→4，不是这位导师的长处；工作 31 年；在一个镇上。"


def test_wishes_of_both_count(town: Registers) -> None:
    cadre = town.cadre("小许", "文字综合2→4", wishes="想跟老陆学写材料")
    wanted, both = town.mentor("老陆", "文字综合"), town.mentor("老陆二", "文字综合", wishes="小许是我看着长大的")
    plain = town.mentor("老顾", "文字综合")
    assert parts(cadre, plain)["wish"] == 0.5
    assert parts(cadre, wanted)["wish"] == 0.75
    assert parts(cadre, both)["wish"] == 0.75


def test_who_is_kept_apart_is_never_scored_and_never_asked(town: Registers) -> None:
    cadre, uncle = town.cadre("小许", "文字综合2→4"), town.mentor("许大伯", "文字综合")
    registers.note_avoidance(cadre, actor=town.officer, other="许大伯", why=Why.RELATIVE)
    known = score([cadre.wanting.need.pk], [uncle.giving.offer.pk])
    assert len(known.score) == 0 and known.excluded == {"亲属": 1}
    assert of(cadre, uncle).vetoes == ("亲属要回避",)


def test_nobody_is_their_own_mentor(town: Registers) -> None:
    cadre = town.cadre("小许", "文字综合2→4")
    town.count -= 1
    own = town.mentor("小许", "文字综合")
    assert own.account_id == cadre.account_id
    assert len(score([cadre.wanting.need.pk], [own.giving.offer.pk]).score) == 0


def test_a_score_of_all_is_the_score_of_two(town: Registers) -> None:
    cadres = [
        town.cadre(f"小{n}", f"文字综合{1 + n % 3}→4；矛盾调解2→{3 + n % 2}", post=("村文书", "网格员")[n % 2])
        for n in range(5)
    ]
    mentors = [
        town.mentor(f"老{n}", ("文字综合", "矛盾调解")[n % 2], posts=(("村文书",), ("调解主任",), ())[n % 3])
        for n in range(4)
    ]
    known = score([one.wanting.need.pk for one in cadres], [one.giving.offer.pk for one in mentors])
    for edge, (left, right) in enumerate(zip(known.left, known.right, strict=True)):
        two = of(cadres[left], mentors[right])
        assert known.score[edge] == pytest.approx(two.score)
        assert known.says(edge) == two.sentence
        assert [part.value for part in two.parts] == pytest.approx(known.parts[edge].tolist(), abs=0.001)


def test_what_hangs_on_a_need_and_an_offer_is_trailed(town: Registers) -> None:
    town.mentor("王根水")
    town.cadre("周小禾", "文字综合2→4")
    trailed = Entry.objects.filter(subject__startswith="mentoring.").values_list("subject", flat=True)
    assert {"mentoring.Giving", "mentoring.Wanting"} <= {subject.partition(":")[0] for subject in trailed}


def test_the_registers_say_who_takes_part(town: Registers) -> None:
    cadre, mentor = town.cadre("小许", "文字综合2→4"), town.mentor("老陆", "文字综合", least=1, most=2)
    need, offer = cadre.wanting.need, mentor.giving.offer
    assert (need.title, need.holder_id, need.least, need.most) == ("玉华村 村文书", cadre.account_id, 1, 1)
    assert (offer.least, offer.most, offer.area) == (1, 2, town.town)
    registers.amend_mentor(mentor, actor=actor_of(mentor.account), facts=MentorFacts(most=3))
    offer.refresh_from_db()
    assert offer.most == 3
    registers.end_mentor(mentor, actor=town.officer, reason="身体不好")
    offer.refresh_from_db()
    assert (offer.state, offer.reason) == ("closed", "身体不好")
    registers.amend_cadre(cadre, actor=town.officer, facts=CadreFacts("村委委员"))
    need.refresh_from_db()
    assert need.title == "玉华村 村委委员"
    move_cadre(cadre, actor=town.officer, place=town.beside, post="村文书")
    need.refresh_from_db()
    assert (need.title, need.area) == ("鄣吴村 村文书", town.beside)


def test_a_round_of_the_town_from_first_to_last(town: Registers) -> None:
    writers = [town.cadre(name, "文字综合2→4") for name in ("小许", "小郑")]
    mediators = [town.cadre(name, "矛盾调解1→3", place=town.beside) for name in ("小顾",)]
    first, second = town.mentor("老陆", "文字综合", most=2), town.mentor("老潘", "矛盾调解", most=1)
    round_ = pairings.open_round(InKind(town.town, PAIR), actor=town.officer, title="2026 年春")
    pairings.solve(round_, actor=town.officer)
    jobs.solve_round.func(round_.pk)
    round_.refresh_from_db()
    assert round_.chosen is not None and round_.chosen.gap == 0  # proven to be the best
    found = {(pick.need.holder_id, pick.offer.holder_id) for pick in round_.chosen.picks.all()}
    assert found == {(one.account_id, first.account_id) for one in writers} | {
        (one.account_id, second.account_id) for one in mediators
    }
    assert all("正是导师擅长的" in pick.sentence for pick in round_.chosen.picks.all())
    pairings.approve(round_, actor=town.officer)
    jobs.tell_round.func(round_.pk)
    for asked in Proposal.objects.all():
        for side in (asked.need, asked.offer):
            pairings.accept(asked, actor=Actor("account", str(side.holder_id)))
    assert Need.objects.filter(taken=1).count() == 3 and Offer.objects.get(pk=first.giving.offer_id).full
    kind = kind_of_pairing(PAIR)
    assert kind is not None and len(queries.attention(town.town, kind)) == 0


def test_scoring_costs_the_same_number_of_queries_for_two_and_for_many(
    town: Registers, django_assert_num_queries: Any
) -> None:
    cadres = [town.cadre(f"小{n}", "文字综合2→4") for n in range(6)]
    mentors = [town.mentor(f"老{n}", "文字综合") for n in range(6)]
    for count in (2, 6):
        needs, offers = [c.wanting.need.pk for c in cadres[:count]], [m.giving.offer.pk for m in mentors[:count]]
        with django_assert_num_queries(7):
            score(needs, offers)
