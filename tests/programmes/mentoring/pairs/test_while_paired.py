"""What a mentor may say of whom he leads, and that nobody leaves a register out of an open pair."""

import uuid

import pytest
from django.urls import reverse

from tests.programmes.mentoring.pairs.conftest import Pair, build_pair, graduate, sign
from xianglin.base.refused import Forbidden, Refused
from xianglin.kernels.pairings import actions as pairings
from xianglin.programmes.mentoring.graduation import actions as reviews
from xianglin.programmes.mentoring.levels import actions as levels
from xianglin.programmes.mentoring.levels.models import Reading
from xianglin.programmes.mentoring.levels.rules import Level
from xianglin.programmes.mentoring.pairs.queries import leads
from xianglin.programmes.mentoring.registers.actions import end_cadre, end_mentor
from xianglin.programmes.mentoring.registers.models import YoungCadre


def test_a_mentor_notes_levels_from_the_pair_s_page(pair: Pair) -> None:
    client, cadre = pair.browser("mentor"), pair.town.cadre
    page, form = reverse("mentoring:pair", args=[pair.pk]), reverse("mentoring:note_levels", args=[cadre.pk])
    assert form in client.get(page).content.decode()
    shown = client.get(form)
    assert shown.status_code == 200 and "组织评" not in shown.content.decode()
    said = {"key": uuid.uuid4(), "on": "2026-03-10", f"level_{pair.town.ability('文字综合').pk}": "3"}
    kept = client.post(form, said | {"view": "organisation"})
    assert (kept.status_code, kept["Location"]) == (302, page)
    assert Reading.objects.latest("pk").view == "mentor"
    assert client.get(reverse("mentoring:cadre", args=[cadre.pk])).status_code == 404, "the file is not his to read"
    assert form not in pair.browser("cadre").get(page).content.decode()


def test_a_mentor_does_not_speak_for_the_organisation(pair: Pair) -> None:
    said = [Level(pair.town.ability("文字综合").pk, 5)]
    with pytest.raises(Refused) as refused:
        levels.note_levels(pair.town.cadre, actor=pair.mentor, view="organisation", levels=said)
    assert refused.value.code == "mentoring.not_organisation"


def test_nobody_leaves_a_register_out_of_an_open_pair(pair: Pair) -> None:
    for leave in (
        lambda: end_mentor(pair.town.mentor, actor=pair.officer, reason="身体不好"),
        lambda: end_cadre(pair.town.cadre, actor=pair.officer, reason="调走了"),
    ):
        with pytest.raises(Refused) as refused:
            leave()
        assert refused.value.code == "mentoring.still_paired"
    assert "周小禾" in str(pytest.raises(Refused, end_mentor, pair.town.mentor, actor=pair.officer, reason="病").value)
    pairings.end(pair.pairing, actor=pair.officer, ending="terminated", reason="身体不好")
    end_mentor(pair.town.mentor, actor=pair.officer, reason="身体不好")
    end_cadre(pair.town.cadre, actor=pair.officer, reason="调走了")


def test_a_pair_gives_no_say_in_another_county_s_file(pair: Pair) -> None:
    assert leads(pair.mentor, pair.town.cadre)
    elsewhere = YoungCadre.objects.get(pk=pair.town.cadre.pk)
    elsewhere.county_id = pair.town.here.cast.places.next_county.pk
    assert not leads(pair.mentor, elsewhere)
    with pytest.raises(Forbidden):
        levels.note_levels(pair.town.cadre, actor=pair.town.outsider, view="mentor", levels=[])


def test_an_opinion_without_a_level_is_an_opinion(pair: Pair) -> None:
    review = reviews.open_review(pair.pairing, actor=pair.officer)
    assert reviews.give_opinion(review, actor=pair.mentor, text="能独当一面", said=[]).opinion == "能独当一面"


def test_a_review_is_decided_though_the_last_day_is_over(agreed: Pair) -> None:
    review = graduate(agreed)
    pairings.change_need(agreed.need, actor=agreed.officer, state="open")
    again = build_pair(agreed.town)
    assert review.decision == "graduated" and sign(again).open


def test_the_file_leads_to_the_pair_and_the_pair_to_both_files(pair: Pair) -> None:
    client, cadre, mentor = pair.browser("officer"), pair.town.cadre, pair.town.mentor
    page = reverse("mentoring:pair", args=[pair.pk])
    assert page in client.get(reverse("mentoring:cadre", args=[cadre.pk])).content.decode()
    shown = client.get(page).content.decode()
    assert reverse("mentoring:cadre", args=[cadre.pk]) in shown
    assert reverse("mentoring:mentor", args=[mentor.pk]) in shown
    assert reverse("pairings:pairing", args=[pair.pk]) in shown
