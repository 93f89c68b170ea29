"""A case's pages: who reads the two sides, who sees the case without them, and who sees nothing."""

import datetime as dt
import io
from uuid import uuid4

import docx
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.commons.documents.conftest import text_of
from tests.kernels.matters.conftest import MORNING
from tests.programmes.mentoring.conftest import Town
from tests.programmes.mentoring.mediation.conftest import AGREED, SAID, settle, taken_on
from tests.support.cast import actor_of
from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.commons.access.models import Account
from xianglin.programmes.mentoring.mediation import actions
from xianglin.programmes.mentoring.mediation.models import Mediation
from xianglin.programmes.mentoring.teams.models import Team


def everybody(town: Town) -> dict[str, Actor]:
    there = town.here
    return {
        **{who: getattr(town, who) for who in ("officer", "county", "beside", "outsider", "mentors_self")},
        "cadres_self": town.cadres_self,
        "third": actor_of(Account.objects.get(display_name="钱一")),
        "clerk": there.clerk,
        "village": there.cadre,
        "villager": there.villager,
        "admin": actor_of(there.cast.county_admin),
    }


def opens(town: Town, name: str, *args: object) -> set[str]:
    address = reverse(f"mentoring:{name}", args=args)
    return {who for who, actor in everybody(town).items() if town.browser(actor).get(address).status_code == 200}


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_opens_what(town: Town, mediators: Team, case: Mediation) -> None:
    works, keeps = {"mentors_self", "cadres_self"}, {"officer", "county"}
    assert opens(town, "mediation", case.pk) == works | keeps | {"clerk", "village"}
    assert opens(town, "note_session", case.pk) == opens(town, "close_mediation", case.pk) == works
    assert opens(town, "add_mediator", case.pk) == works | keeps
    assert opens(town, "open_mediation", mediators.pk) == works | {"third"}
    assert opens(town, "mediation_paper", case.pk, "pdf") == set()
    settle(town, case)
    assert opens(town, "mediation_paper", case.pk, "pdf") == works | keeps
    assert opens(town, "note_session", case.pk) == set()
    assert opens(town, "follow_mediation", case.pk) == works


def test_the_sides_are_read_by_the_case_and_the_officer(town: Town, case: Mediation) -> None:
    actions.note_session(case, actor=town.mentors_self, on=clock.today(), said=SAID)
    settle(town, case)
    address = reverse("mentoring:mediation", args=[case.pk])
    people = everybody(town)
    for who in ("mentors_self", "cadres_self", "officer", "county"):
        shown = body(town.browser(people[who]), address)
        assert all(words in shown for words in ("沈阿大", "13800001111", SAID, "水沟归两家共用")), who
    for who in ("clerk", "village"):
        shown = body(town.browser(people[who]), address)
        assert "邻里纠纷" in shown and "调成" in shown
        assert not any(words in shown for words in ("沈阿大", "13800001111", SAID, "水沟", "王根水", "协议书")), who


def test_lists_name_nobody(town: Town, case: Mediation) -> None:
    address = reverse("mentoring:mediations")
    for who in ("officer", "mentors_self"):
        shown = body(town.browser(getattr(town, who)), address)
        assert "邻里纠纷" in shown and "沈阿大" not in shown
    assert "邻里纠纷" not in body(town.browser(everybody(town)["third"]), address)


def test_the_agreement_as_a_paper(town: Town, case: Mediation) -> None:
    settle(town, case)
    browser = town.browser(town.mentors_self)
    pdf = browser.get(reverse("mentoring:mediation_paper", args=[case.pk, "pdf"])).content
    word = browser.get(reverse("mentoring:mediation_paper", args=[case.pk, "docx"])).content
    paper = docx.Document(io.BytesIO(word))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    for said in (text_of(pdf), "".join([*(one.text for one in paper.paragraphs), *cells])):
        flat = said.replace("\n", "").replace(" ", "")
        assert all(words in flat for words in ("调解协议书", "沈阿大", "陆阿二", "水沟归两家共用", "王根水")), flat
    assert browser.get(reverse("mentoring:mediation_paper", args=[case.pk, "odt"])).status_code == 404


def test_from_the_first_day_to_the_last_by_the_pages(town: Town, mediators: Team) -> None:
    mentor = town.browser(town.mentors_self)
    assert "记一件调解" in body(mentor, reverse("mentoring:team", args=[mediators.pk]))
    said = {"key": str(uuid4()), "sort": "neighbours", "place": town.village.name, "sides": "沈阿大，1380000"}
    begin = reverse("mentoring:open_mediation", args=[mediators.pk])
    refused = mentor.post(begin, said)
    assert refused.status_code == 422 and "沈阿大，1380000" in refused.content.decode()
    right = {"sides": "沈阿大，13800001111\n陆阿二", "mediators": str(town.cadre.account_id)}
    assert mentor.post(begin, said | right).status_code == 302
    case = Mediation.objects.get()
    note, close, follow, add = (
        reverse(f"mentoring:{name}", args=[case.pk])
        for name in ("note_session", "close_mediation", "follow_mediation", "add_mediator")
    )
    assert mentor.post(note, {"key": str(uuid4()), "on": "2026-03-10", "said": ""}).status_code == 422
    assert mentor.post(note, {"key": str(uuid4()), "on": "2026-03-10", "said": SAID}).status_code == 302
    third = Account.objects.get(display_name="钱一").pk
    assert mentor.post(add, {"key": str(uuid4()), "mediators": str(third)}).status_code == 302
    end = {"key": str(uuid4()), "outcome": "settled", "agreement": "", "referred_to": ""}
    assert mentor.post(close, end).status_code == 422
    assert mentor.post(close, end | {"agreement": AGREED}).status_code == 302
    early = mentor.post(follow, {"key": str(uuid4()), "kept": "yes"})
    assert early.status_code == 422 and "满 30 天" in early.content.decode()
    with clock.living_at(MORNING + dt.timedelta(days=31)):
        assert mentor.post(follow, {"key": str(uuid4()), "kept": "yes"}).status_code == 302
    assert "做到了" in body(mentor, reverse("mentoring:mediation", args=[case.pk]))


def test_no_more_queries_for_more_rows(town: Town, mediators: Team, case: Mediation) -> None:
    def asked() -> list[int]:
        counts = []
        for who in (town.officer, town.mentors_self):
            browser = town.browser(who)
            for address in (reverse("mentoring:mediations"), reverse("mentoring:mediation", args=[case.pk])):
                browser.get(address)
                with CaptureQueriesContext(connection) as seen:
                    assert browser.get(address).status_code == 200
                counts.append(len(seen))
        return counts

    actions.note_session(case, actor=town.mentors_self, on=clock.today(), said=SAID)
    few = asked()
    for _n in range(3):
        taken_on(town, mediators)
        actions.note_session(case, actor=town.mentors_self, on=clock.today(), said=SAID)
    assert asked() == few
