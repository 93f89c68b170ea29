"""Every verb by anybody in any order, with time passing: what must hold all the same."""

import datetime as dt
import os
import random
from collections import defaultdict
from collections.abc import Callable
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.kernels.matters.conftest import MORNING, build_village
from xianglin.base import clock
from xianglin.base.action import facts
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.trail import chain
from xianglin.kernels.pairings import actions, jobs
from xianglin.kernels.pairings.models import FollowUp, Milestone, Need, Offer, Outcome, Pairing, Proposal, Side

from .conftest import Garden

NEEDS = ("小许", "小郑", "小顾", "小潘")
OFFERS = {"老陆": 1, "老潘": 2, "老顾": None}
Deed = Callable[["Story", Any, Actor, int], Any]
ENDINGS = ("completed", "terminated", "converted")

# What is done to what; the first word of a deed says to which.
DEEDS: dict[str, Deed] = {
    "proposal accept": lambda s, p, a, n: actions.accept(p, actor=a),
    "proposal decline": lambda s, p, a, n: actions.decline(p, actor=a, reason="不合适"),
    "proposal note": lambda s, p, a, n: actions.note_answer(
        p, actor=s.here.clerk, side=("need", "offer")[n % 2], yes=bool(n % 3), reason="电话里说的"
    ),
    "proposal withdraw": lambda s, p, a, n: actions.withdraw(p, actor=s.here.clerk, reason="写错了"),
    "pairing terms": lambda s, p, a, n: actions.set_terms(p, actor=s.here.clerk, lines=["每月一次"]),
    "pairing sign": lambda s, p, a, n: actions.sign(
        p, actor=s.here.clerk, signed_on=clock.today(), starts_on=clock.today() + dt.timedelta(days=n % 3)
    ),
    "pairing end": lambda s, p, a, n: actions.end(p, actor=s.here.clerk, ending=ENDINGS[n % 3], reason="到这里"),
    "pairing step": lambda s, p, a, n: actions.add_milestone(p, actor=s.here.clerk, title="修枝"),
    "pairing outcome": lambda s, p, a, n: actions.note_outcome(p, actor=a, title="会修枝了", evidence="看了"),
    "offer change": lambda s, o, a, n: actions.change_offer(o, actor=s.here.clerk, most=(1, 2, 3, None)[n % 4]),
    "offer pause": lambda s, o, a, n: actions.change_offer(
        o, actor=s.here.clerk, state=(Side.State.PAUSED, Side.State.OPEN)[n % 2], reason="歇一阵"
    ),
}
MODELS: dict[str, Any] = {"proposal": Proposal, "pairing": Pairing, "offer": Offer}


class Story(RuleBasedStateMachine):
    here: ClassVar[Garden]
    done: ClassVar[dict[str, int]]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.moment = MORNING
        self.seeds: list[int] = []

    def teardown(self) -> None:
        assert list(chain.verify()) == []
        transaction.savepoint_rollback(self.savepoint)

    @initialize()
    def begin(self) -> None:
        with clock.living_at(self.moment):
            for name in NEEDS:
                self.here.need(name, most=1 if name != "小潘" else 2)
            for name, most in OFFERS.items():
                self.here.offer(name, least=1, most=most)

    @rule(days=st.integers(1, 60))
    def time_passes(self, days: int) -> None:
        self.moment += dt.timedelta(days=days)
        with clock.living_at(self.moment):
            jobs.days.func()

    @rule(seed=st.integers(0, 2**32))
    def people_do(self, seed: int) -> None:
        """Drawn evenly: Hypothesis likes small and repeated choices, with which no story gets far."""
        self.seeds.append(seed)
        draw = random.Random(str(self.seeds))
        with clock.living_at(self.moment):
            for _deed in range(12):
                self._ask(draw) if draw.random() < 0.3 else self._do(draw)

    def _ask(self, draw: random.Random) -> None:
        need, offer = draw.choice(list(Need.objects.all())), draw.choice(list(Offer.objects.all()))
        try:
            if draw.random() < 0.2:
                actions.note_pairing(self.here.place, actor=self.here.clerk, need=need, offer=offer)
            else:
                self.here.asked(need, offer)
        except Refused:
            return

    def _do(self, draw: random.Random) -> None:
        name = draw.choice(list(DEEDS))
        rows = list(MODELS[name.split()[0]].objects.order_by("-pk")[:6])
        if not rows:
            return
        row = draw.choice(rows)
        actor = self.here.actor(draw.choice((*NEEDS, *OFFERS)))
        if name in ("proposal accept", "proposal decline") and draw.random() < 0.8:
            actor = self.here.actor(draw.choice((row.need.title, row.offer.title)))
        before = facts(row)
        try:
            DEEDS[name](self, row, actor, draw.randrange(12))
        except Refused:
            assert facts(type(row).objects.get(pk=row.pk)) == before
            return
        self.done[name] = self.done.get(name, 0) + 1

    @invariant()
    def what_must_hold(self) -> None:
        for model, noun in ((Need, "need"), (Offer, "offer")):
            taken = defaultdict(list)
            for pk, place in Pairing.objects.filter(open=True).values_list(noun, f"{noun}_place"):
                taken[pk].append(place)
            for side in model.objects.all():
                places = taken[side.pk]
                assert side.taken == len(places) == len(set(places))
                assert side.most is None or (side.taken <= side.most)
        for pairing in Pairing.objects.exclude(proposal=None).select_related("proposal"):
            said = pairing.proposal
            assert said is not None and said.state == "accepted" and said.need_said_at and said.offer_said_at
        assert not Proposal.objects.filter(state="accepted", pairing=None).exists()
        assert not Proposal.objects.filter(state="declined", reason="").exists()
        assert not FollowUp.objects.filter(open=True).exclude(pairing__state="active").exists()
        assert not Milestone.objects.filter(pairing__agreed_at=None).exists()
        assert not Outcome.objects.filter(verified_by=F("noted_by")).exists()


def test_whatever_people_do_places_are_taken_once_and_words_are_kept(db: None) -> None:
    Story.here, Story.done = Garden(build_village()), {}
    with clock.living_at(MORNING):
        for name in (*NEEDS, *OFFERS):
            Story.here.actor(name)
    run_state_machine_as_test(
        Story,
        settings=settings(
            max_examples=int(os.environ.get("XIANGLIN_STORIES", "5")),
            stateful_step_count=12,
            deadline=None,
            derandomize="XIANGLIN_STORIES" not in os.environ,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        ),
    )
    assert not {"proposal accept", "proposal decline", "pairing sign", "pairing end"} - set(Story.done), Story.done
