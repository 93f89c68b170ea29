"""心理辅导: off by default, consented to, noted without content, told at once, ended, forgotten."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import models

from tests.kernels.matters.conftest import MORNING
from tests.programmes.mentoring.conftest import Town
from tests.programmes.mentoring.minds.conftest import Minds, carer_of
from tests.programmes.mentoring.pairs.conftest import told
from tests.support.cast import actor_of, by_password
from xianglin.base import clock
from xianglin.base.actor import system
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.access import actions as access
from xianglin.commons.access.models import Account
from xianglin.commons.access.queries import grants_of
from xianglin.commons.notices.models import Notice
from xianglin.commons.trail.models import Entry
from xianglin.kernels.indicators.declare import REGISTRY
from xianglin.kernels.pairings import actions as pairings
from xianglin.kernels.pairings.models import Pairing
from xianglin.programmes.mentoring.dossiers.paper import of_cadre
from xianglin.programmes.mentoring.enrolment.actions import move_cadre
from xianglin.programmes.mentoring.jobs import forget_minds
from xianglin.programmes.mentoring.kinds import OFFICER
from xianglin.programmes.mentoring.minds import actions, queries, rules
from xianglin.programmes.mentoring.minds.errands import to_care
from xianglin.programmes.mentoring.minds.models import Carer, Consent, Look, Switch, Talk
from xianglin.programmes.mentoring.registers.actions import end_cadre
from xianglin.programmes.mentoring.registers.models import YoungCadre

TODAY = MORNING.date()


def code(deed: Any) -> str:
    with pytest.raises(Refused) as refused:
        deed()
    return refused.value.code.removeprefix("mentoring.")


def talk(minds: Minds, **said: Any) -> Talk:
    return actions.note_talk(minds.consent, actor=minds.carer, **{"talked_on": TODAY} | said)


def titles(minds: Minds, who: str = "carer") -> list[str]:
    return [str(one.title) for one in to_care(getattr(minds, who).account_id)]


# --- the switch and the few


def test_off_until_the_county_switches_it_on(town: Town) -> None:
    county = town.here.cast.places.county
    assert not rules.is_on(county.pk)
    assert code(lambda: actions.consent_minds(town.cadre, actor=town.cadres_self)) == "minds_off"
    assert code(lambda: actions.name_carer(county, actor=town.county, who="县组干")) == "minds_off"
    assert code(lambda: actions.switch_minds(county, actor=town.county, on=True, reason=" ")) == "minds_reason"
    assert code(lambda: actions.switch_minds(county, actor=town.county, on=False, reason="停")) == "minds_already"
    actions.switch_minds(county, actor=town.county, on=True, reason="要点")
    assert code(lambda: actions.switch_minds(county, actor=town.county, on=True, reason="再开")) == "minds_already"
    assert (Switch.objects.get().from_on, Switch.objects.get().reason) == (TODAY, "要点")


def test_switched_and_named_by_the_county_s_officer_alone(minds: Minds) -> None:
    county = minds.town.here.cast.places.county
    for who, other in minds.others().items():
        if who == "the county's officer":
            continue
        with pytest.raises(Forbidden):
            actions.switch_minds(county, actor=other, on=False, reason="停")
        with pytest.raises(Forbidden):
            actions.name_carer(county, actor=other, who="县组干")
        with pytest.raises(Forbidden):
            actions.end_carer(carer_of(minds.carer), actor=other)
    with pytest.raises(Forbidden):
        actions.end_carer(carer_of(minds.carer), actor=minds.carer)
    town = minds.town.place
    assert code(lambda: actions.switch_minds(town, actor=minds.town.county, on=True, reason="镇里")) == "minds_county"


def test_five_at_most_by_name_from_this_county(minds: Minds) -> None:
    at, officer = minds.town.here.cast.places, minds.town.county
    assert code(lambda: actions.name_carer(at.county, actor=officer, who="孙知心")) == "nobody_named"
    assert code(lambda: actions.name_carer(at.county, actor=officer, who="陈知心")) == "carer_already"
    by_password("zz-twin-1", "双知心", at.county, "observer")
    by_password("zz-twin-2", "双知心", at.county, "observer")
    assert code(lambda: actions.name_carer(at.county, actor=officer, who="双知心")) == "several_named"
    for n in range(3):
        by_password(f"zz-more-{n}", f"知心{n}", at.county, "observer")
        actions.name_carer(at.county, actor=officer, who=f"知心{n}")
    by_password("zz-sixth", "第六位", at.county, "observer")
    assert code(lambda: actions.name_carer(at.county, actor=officer, who="第六位")) == "minds_carers"
    actions.end_carer(carer_of(minds.carer), actor=officer)
    actions.name_carer(at.county, actor=officer, who="第六位")
    assert Carer.objects.filter(county_id=at.county.pk, to_on=None).count() == 5
    assert "陈知心" in told("mentoring.carer_named")


# --- consent


def test_their_own_yes_and_no(minds: Minds) -> None:
    cadre = minds.town.cadre
    for who, other in minds.others().items():
        if who == "the cadre":
            continue
        with pytest.raises(Forbidden):
            actions.consent_minds(cadre, actor=other)
        with pytest.raises(Forbidden):
            actions.withdraw_minds(cadre, actor=other)
    for named in (minds.carer, minds.second):
        with pytest.raises(Forbidden):
            actions.withdraw_minds(cadre, actor=named)
    again = actions.consent_minds(cadre, actor=minds.town.cadres_self)
    assert again.pk == minds.consent_pk, "said already"
    key = uuid4()
    for _again in range(2):
        actions.withdraw_minds(cadre, actor=minds.town.cadres_self, key=key)
    assert minds.consent.to_on == TODAY
    assert code(lambda: actions.withdraw_minds(cadre, actor=minds.town.cadres_self)) == "consent_ended"
    anew = actions.consent_minds(cadre, actor=minds.town.cadres_self)
    assert anew.pk != minds.consent_pk and not queries.talks(anew)


def test_withdrawn_nobody_reads_on(minds: Minds) -> None:
    talk(minds)
    actions.withdraw_minds(minds.town.cadre, actor=minds.town.cadres_self)
    for deed in (
        lambda: actions.read_mind(minds.consent, actor=minds.carer),
        lambda: talk(minds),
    ):
        with pytest.raises(Forbidden):
            deed()
    assert queries.consent_for(minds.carer, minds.consent_pk) is None
    assert len(queries.own_talks(minds.town.cadre)) == 1, "until it is destroyed they see what is kept"
    assert titles(minds) == []


# --- a talk


def test_only_the_day_the_next_and_whether_to_look_after(minds: Minds) -> None:
    talk(minds, next_on=dt.date(2026, 4, 10), attention=True)
    (noted,) = queries.talks(minds.consent)
    assert (noted.talked_on, noted.next_on, noted.attention) == (TODAY, dt.date(2026, 4, 10), True)
    fields = {one.name for one in Talk._meta.get_fields() if isinstance(one, models.Field)}
    assert fields == {"id", "consent", "by", "talked_on", "next_on", "attention"}, "never what was said"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"talked_on": dt.date(2026, 3, 11)}, "talked_on"),
        ({"talked_on": dt.date(2026, 3, 9)}, "talked_on"),
        ({"next_on": TODAY}, "next_on"),
    ],
)
def test_days_that_cannot_be(minds: Minds, said: dict[str, Any], why: str) -> None:
    assert code(lambda: talk(minds, **said)) == why


def test_noted_and_read_by_the_few_alone(minds: Minds) -> None:
    for who, other in minds.others().items():
        with pytest.raises(Forbidden):
            actions.note_talk(minds.consent, actor=other, talked_on=TODAY)
        with pytest.raises(Forbidden):
            actions.read_mind(minds.consent, actor=other)
        assert queries.consent_for(other, minds.consent_pk) is None, who
    for named in (minds.carer, minds.second):
        actions.read_mind(minds.consent, actor=named)
    assert Look.objects.count() == 2 and not Talk.objects.exists()


def test_no_longer_named_or_no_longer_here(minds: Minds) -> None:
    county, officer = minds.town.here.cast.places.county, minds.town.county
    for name in ("赵知心", "周知心"):
        by_password(f"zz-care-{name}", name, county, "observer")
        actions.name_carer(county, actor=officer, who=name)
    actions.end_carer(carer_of(minds.carer), actor=minds.town.county)
    (grant,) = grants_of(minds.second.account_id or 0)
    access.end_grant(grant, actor=system("tests"))
    for gone in (minds.carer, minds.second):
        with pytest.raises(Forbidden):
            actions.read_mind(minds.consent, actor=gone)
    assert code(lambda: actions.end_carer(carer_of(minds.carer), actor=minds.town.county)) == "carer_ended"


def test_nobody_cares_for_themselves(minds: Minds) -> None:
    """A young cadre who is one of the few reads others, not their own, by that right."""
    actions.name_carer(minds.town.here.cast.places.county, actor=minds.town.county, who="周小禾")
    with pytest.raises(Forbidden):
        actions.note_talk(minds.consent, actor=minds.town.cadres_self, talked_on=TODAY)
    talk(minds, attention=True)
    assert told("mentoring.mind_attention") == {"李知心"} and not to_care(minds.town.cadre.account_id)


def test_sent_twice_it_is_once(minds: Minds) -> None:
    key = uuid4()
    for _again in range(2):
        talk(minds, key=key)
    assert Talk.objects.count() == 1


def test_every_reading_is_in_the_trail_and_told_to_them(minds: Minds) -> None:
    actions.read_mind(minds.consent, actor=minds.second)
    (entry,) = Entry.objects.filter(action="mentoring.read_mind")
    assert entry.actor == minds.second.ref and str(minds.consent_pk) in entry.subject + str(entry.after)
    (look,) = queries.looks(minds.town.cadre)
    assert look.account_id == minds.second.account_id


def test_the_trail_holds_ciphertext_alone(minds: Minds) -> None:
    talk(minds, next_on=dt.date(2026, 4, 10), attention=True)
    (entry,) = Entry.objects.filter(action="mentoring.note_talk")
    assert not any(said in str(entry.after) for said in ("2026-04-10", "yes", "2026-03-10"))


def test_two_are_named_before_anybody_trusts_them_and_stay_two(minds: Minds) -> None:
    town = minds.town
    assert code(lambda: actions.end_carer(carer_of(minds.carer), actor=town.county)) == "minds_few_left"
    (grant,) = grants_of(minds.second.account_id or 0)
    access.end_grant(grant, actor=system("tests"))  # still named, but works here no more
    other = town.enrol_cadre("孙二", "13900000013")
    assert code(lambda: actions.consent_minds(other, actor=actor_of(other.account))) == "minds_few"
    by_password("zz-care-new", "赵知心", town.here.cast.places.county, "observer")
    actions.name_carer(town.here.cast.places.county, actor=town.county, who="赵知心")
    assert actions.consent_minds(other, actor=actor_of(other.account)).open
    talk(minds, attention=True)
    assert told("mentoring.mind_attention") == {"赵知心"}, "who works here no more is told nothing"


def test_who_reads_no_more_can_be_ended_though_few_are_left(minds: Minds) -> None:
    (grant,) = grants_of(minds.second.account_id or 0)
    access.end_grant(grant, actor=system("tests"))
    actions.end_carer(carer_of(minds.second), actor=minds.town.county)
    assert carer_of(minds.second).to_on == TODAY
    assert code(lambda: actions.end_carer(carer_of(minds.carer), actor=minds.town.county)) == "minds_few_left"


def test_a_mentor_does_not_count_among_the_two_of_whom_they_lead(minds: Minds) -> None:
    town = minds.town
    actions.name_carer(town.here.cast.places.county, actor=town.county, who="王根水")
    assert code(lambda: actions.end_carer(carer_of(minds.carer), actor=town.county)) == "minds_few_left"
    actions.withdraw_minds(town.cadre, actor=town.cadres_self)
    actions.end_carer(carer_of(minds.carer), actor=town.county)
    assert code(lambda: actions.consent_minds(town.cadre, actor=town.cadres_self)) == "minds_few"
    assert actions.consent_minds(YoungCadre.objects.get(account_id=minds.another.account_id), actor=minds.another).open


def test_with_nobody_else_left_the_officer_hears_that_somebody_must_be_named(minds: Minds) -> None:
    talk(minds, attention=True)
    assert not told("mentoring.carers_needed")
    (grant,) = grants_of(minds.second.account_id or 0)
    access.end_grant(grant, actor=system("tests"))
    talk(minds, attention=True)
    assert told("mentoring.carers_needed") == {"县组干"}
    (notice,) = Notice.objects.filter(template="mentoring.carers_needed")
    assert notice.variables == {"link": "/mentoring/minds/settings/"}
    talk(minds, attention=True)
    assert Notice.objects.filter(template="mentoring.carers_needed").count() == 1, "once a day"


def test_an_officer_of_the_county_is_not_named_by_another_and_reads_nothing_once_they_are_one(minds: Minds) -> None:
    county = minds.town.here.cast.places.county
    by_password("zz-county-too", "县组干乙", county, OFFICER)
    assert code(lambda: actions.name_carer(county, actor=minds.town.county, who="县组干乙")) == "carer_officer"
    account = Account.objects.get(pk=minds.second.account_id)
    access.grant(county, actor=system("tests"), account=account, role=OFFICER)
    with pytest.raises(Forbidden):
        actions.read_mind(minds.consent, actor=minds.second)


def test_neither_the_officer_nor_the_mentor_is_the_one_who_cares(minds: Minds) -> None:
    county = minds.town.here.cast.places.county
    assert code(lambda: actions.name_carer(county, actor=minds.town.county, who="县组干")) == "carer_self"
    actions.name_carer(county, actor=minds.town.county, who="王根水")
    assert Pairing.objects.filter(open=True, offer__holder_id=minds.town.mentor.account_id).exists()
    with pytest.raises(Forbidden):
        actions.note_talk(minds.consent, actor=minds.town.mentors_self, talked_on=TODAY)
    talk(minds, attention=True)
    with pytest.raises(Forbidden):
        actions.read_mind(minds.consent, actor=minds.town.mentors_self)
    assert "王根水" not in told("mentoring.mind_attention")
    assert not to_care(minds.town.mentor.account_id)


# --- 需关注, 今日


def test_needing_attention_reaches_the_others_the_same_minute_without_a_name(minds: Minds) -> None:
    talk(minds, attention=True)
    assert told("mentoring.mind_attention") == {"李知心"}
    for notice in Notice.objects.filter(template="mentoring.mind_attention"):
        said = f"{notice.variables}"
        assert "周小禾" not in said and f"/{minds.consent_pk}/" not in said
    for who in ("carer", "second"):
        assert titles(minds, who) == ["有一位青年干部需要关心"]
        (errand,) = to_care(getattr(minds, who).account_id)
        assert "周小禾" not in f"{errand.title}{errand.note}{errand.deed}"
    assert titles(minds, "far") == [] and not to_care(minds.town.county.account_id)
    actions.note_talk(minds.consent, actor=minds.second, talked_on=TODAY)
    assert titles(minds) == titles(minds, "second") == [], "until somebody talked with them"


def test_what_else_waits(minds: Minds) -> None:
    assert titles(minds) == ["有一位青年干部愿意谈谈，还没谈过"]
    talk(minds, next_on=dt.date(2026, 3, 20))
    assert titles(minds) == []
    with clock.living_at(MORNING + dt.timedelta(days=10)):
        assert titles(minds) == ["到了和一位青年干部说好再谈的日子"]


# --- never elsewhere


def test_no_count_below_ten(minds: Minds) -> None:
    county = minds.town.here.cast.places.county
    talk(minds)
    assert queries.talked_with(county.pk) is None
    for n in range(9):
        cadre = minds.town.enrol_cadre(f"干部{n}", f"1390000010{n}")
        consent = actions.consent_minds(cadre, actor=actor_of(cadre.account))
        assert queries.talked_with(county.pk) is None
        actions.note_talk(consent, actor=minds.carer, talked_on=TODAY)
    assert queries.talked_with(county.pk) == 10


def test_in_no_file_and_no_figure(minds: Minds) -> None:
    talk(minds, attention=True)
    file = str(of_cadre(minds.town.cadre).blocks)
    assert not any(said in file for said in ("心理", "谈过", "关注", "陈知心"))
    tables = {one.rows().model for name, one in REGISTRY.items() if name.startswith("mentoring.")}
    assert not tables & {Consent, Talk, Look, Carer, Switch}


# --- the end


def test_who_leaves_is_asked_no_more(minds: Minds) -> None:
    talk(minds)
    for pairing in Pairing.objects.filter(open=True):
        pairings.end(pairing, actor=minds.town.officer, ending="terminated", reason="调走了")
    end_cadre(minds.town.cadre, actor=minds.town.officer, reason="调走了")
    assert minds.consent.to_on == TODAY and queries.consent_for(minds.carer, minds.consent_pk) is None


def test_another_post_in_the_county_changes_nothing(minds: Minds) -> None:
    town = minds.town
    move_cadre(town.cadre, actor=town.officer, place=town.place, post="镇团委书记")
    assert minds.consent.open


def test_switched_off_everybody_s_ends(minds: Minds) -> None:
    talk(minds)
    at = minds.town.here.cast.places
    actions.switch_minds(at.county, actor=minds.town.county, on=False, reason="不办了")
    assert not Consent.objects.filter(to_on=None, county_id=at.county.pk).exists()
    with pytest.raises(Forbidden):
        actions.read_mind(minds.consent, actor=minds.carer)
    assert not to_care(minds.carer.account_id)
    actions.switch_minds(at.county, actor=minds.town.county, on=True, reason="再办")
    assert queries.consent_for(minds.carer, minds.consent_pk) is None, "nobody consents by it"


def test_thirty_days_on_it_is_destroyed(minds: Minds) -> None:
    noted = talk(minds, attention=True)
    sealed = noted.attention
    actions.read_mind(minds.consent, actor=minds.carer)
    actions.withdraw_minds(minds.town.cadre, actor=minds.town.cadres_self)
    with clock.living_at(MORNING + dt.timedelta(days=29)):
        assert forget_minds.func() == 0 and Talk.objects.exists()
        assert code(lambda: actions.forget_mind(minds.consent, actor=system("mentoring"))) == "mind_kept"
    with clock.living_at(MORNING + dt.timedelta(days=30)):
        assert forget_minds.func() == 1 and forget_minds.func() == 0
    assert not Talk.objects.exists() and not Look.objects.exists()
    assert sealed.open() is None and minds.consent.forgotten_on is not None
    assert queries.own_talks(minds.town.cadre) == []


def test_what_stands_is_not_forgotten(minds: Minds) -> None:
    talk(minds)
    with clock.living_at(MORNING + dt.timedelta(days=900)):
        assert forget_minds.func() == 0
    with pytest.raises(Forbidden):
        actions.forget_mind(minds.consent, actor=minds.carer)
