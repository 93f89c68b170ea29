"""成效: on the pair's page, and for the officer by heading; what is estimated and what was verified are told apart."""

from decimal import Decimal
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.programmes.mentoring.pairs.conftest import Pair
from xianglin.kernels.indicators import queries
from xianglin.kernels.indicators.declare import REGISTRY
from xianglin.kernels.pairings import actions as pairings
from xianglin.kernels.pairings.models import Outcome
from xianglin.programmes.mentoring.levels.actions import note_levels
from xianglin.programmes.mentoring.levels.rules import Level
from xianglin.programmes.mentoring.outcomes import gaps


def note(pair: Pair, title: str = "闲置厂房租出去了", topic: str = "economy") -> Outcome:
    said: dict[str, Any] = {"baseline": Decimal(0), "value": Decimal(86000), "unit": "元"}
    return pairings.note_outcome(pair.pairing, actor=pair.mentor, title=title, topic=topic, evidence="租赁合同", **said)


def test_the_two_kinds_of_figure_are_counted_apart(pair: Pair) -> None:
    pairings.verify_outcome(note(pair), actor=pair.officer)
    note(pair, "村民食堂多开一顿")
    page = pair.browser("officer").get(reverse("mentoring:outcomes")).content.decode()
    assert "村集体经济" in page and "核实过 1 条，测算 1 条" in page and "核实过 0 条，测算 0 条" in page
    assert "闲置厂房租出去了" in page and "86000" in page
    assert pair.browser("cadre").get(reverse("mentoring:outcomes")).status_code == 404


def test_the_pairs_page_leads_to_noting_and_verifying(pair: Pair) -> None:
    one = note(pair)
    address = reverse("mentoring:pair", args=[pair.pairing.pk])
    told = {who: pair.browser(who).get(address).content.decode() for who in ("cadre", "officer")}
    verify = reverse("pairings:verify", args=[pair.pairing.pk, one.pk])
    assert all("闲置厂房租出去了" in page and "测算" in page and "记一条成效" in page for page in told.values())
    assert verify in told["officer"] and verify not in told["cadre"]


def test_more_of_them_ask_no_more(pair: Pair) -> None:
    browser, address = pair.browser("officer"), reverse("mentoring:outcomes")
    note(pair)
    browser.get(address)
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    for number in range(5):
        note(pair, f"又一件 {number}", "civility")
    with CaptureQueriesContext(connection) as many:
        browser.get(address)
    assert len(many) == len(few)


def test_the_gap_by_ability_is_the_figure_and_opens_its_goals(pair: Pair) -> None:
    pair.set_goals(("文字综合", 4), ("服务群众", 4))
    for name, level in (("文字综合", 4), ("服务群众", 2)):
        said = [Level(pair.town.ability(name).pk, level)]
        note_levels(pair.town.cadre, actor=pair.officer, view="organisation", levels=said)
    told = {one.name: (one.gained, one.goals) for one in gaps.by_ability(pair.town.place)}
    assert told == {"文字综合": (2, 1), "服务群众": (-1, 1)}
    whole = queries.total(REGISTRY["mentoring.gap_closed"], None, None)
    assert sum(gained for gained, _goals in told.values()) == whole
    browser, address = pair.browser("officer"), reverse("mentoring:gap", args=[pair.town.ability("文字综合").pk])
    assert address in browser.get(reverse("mentoring:outcomes")).content.decode()
    assert "周小禾　2 → 4" in browser.get(address).content.decode()
    assert gaps.by_ability(pair.town.here.cast.places.beside_town) == []
