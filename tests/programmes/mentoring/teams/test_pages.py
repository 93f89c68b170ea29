"""The teams' pages: who opens them, what they show, and forms that come back filled."""

from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.commons.files.conftest import send
from tests.commons.files.samples import picture
from tests.programmes.mentoring.conftest import Town
from tests.programmes.mentoring.teams.conftest import OPINION, build_team, went_out
from xianglin.commons.files.models import Kind
from xianglin.programmes.mentoring.teams import actions
from xianglin.programmes.mentoring.teams.models import Outing, OutingPhoto, Team

EVERYBODY = ("officer", "county", "beside", "outsider", "mentors_self", "cadres_self")
INSIDE = {"officer", "county", "mentors_self", "cadres_self"}


def opens(town: Town, name: str, *args: int) -> set[str]:
    address = reverse(f"mentoring:{name}", args=args)
    return {who for who in EVERYBODY if town.browser(getattr(town, who)).get(address).status_code == 200}


def body(client: Client, name: str, *args: int) -> str:
    answer = client.get(reverse(f"mentoring:{name}", args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def test_who_opens_what(town: Town, team: Team) -> None:
    outing = went_out(town, team, uploads=(send(picture(), Kind.PICTURE),))
    assert opens(town, "teams") == set(EVERYBODY)
    assert opens(town, "team", team.pk) == opens(town, "outing", outing.pk) == INSIDE
    assert opens(town, "outing_photo", OutingPhoto.objects.get().pk) == INSIDE
    assert opens(town, "note_outing", team.pk) == {"mentors_self", "cadres_self"}
    assert opens(town, "add_member", team.pk) == opens(town, "end_team", team.pk) == {"officer", "county"}


def test_a_cadre_sees_their_own_teams(town: Town, team: Team) -> None:
    other = actions.open_team(town.place, actor=town.officer, kind="mediators", name="鄣吴调解队")
    shown = body(town.browser(town.cadres_self), "teams")
    assert team.name in shown and other.name not in shown
    assert opens(town, "team", other.pk) == {"officer", "county"}
    assert other.name in body(town.browser(town.officer), "teams")


def test_from_opening_to_raising_by_the_pages(town: Town) -> None:
    officer, cadre = town.browser(town.officer), town.browser(town.cadres_self)
    said = {"key": str(uuid4()), "kind": "listeners", "name": "鄣吴民情倾听队", "place": "没有的镇"}
    refused = officer.post(reverse("mentoring:open_team"), said)
    assert refused.status_code == 422 and "没有的镇" in refused.content.decode()
    assert officer.post(reverse("mentoring:open_team"), said | {"place": town.place.name}).status_code == 302
    team = Team.objects.get()
    add = reverse("mentoring:add_member", args=[team.pk])
    assert officer.post(add, {"key": str(uuid4()), "who": "没有这个人"}).status_code == 422
    assert officer.post(add, {"key": str(uuid4()), "who": "周小禾"}).status_code == 302
    note = reverse("mentoring:note_outing", args=[team.pk])
    said = {
        "key": str(uuid4()),
        "on": "2026-03-10",
        "host": "village",
        "place": town.village.name,
        "where": "文化礼堂",
        "topic": "谈村里的路灯",
        "present": "很多",
        "went": str(town.cadre.account_id),
        "opinions": f"{OPINION}\n\n想要个公交站。",
    }
    refused = cadre.post(note, said)
    assert refused.status_code == 422 and OPINION in refused.content.decode()
    assert cadre.post(note, said | {"present": "30"}).status_code == 302
    outing = Outing.objects.get()
    first, _second = outing.heard.order_by("order")
    assert OPINION in body(cadre, "outing", outing.pk) and OPINION in body(officer, "outing", outing.pk)
    assert "转成事项" in body(cadre, "outing", outing.pk)
    assert cadre.post(reverse("mentoring:raise_heard", args=[first.pk])).status_code == 302
    shown = body(cadre, "outing", outing.pk)
    assert "等着分派" in shown and OPINION not in shown and "想要个公交站。" in shown
    assert cadre.post(reverse("mentoring:raise_heard", args=[first.pk])).status_code == 422
    member = team.members.get()
    remove = reverse("mentoring:remove_member", args=[team.pk, member.pk])
    assert cadre.post(remove).status_code == 404
    assert officer.post(remove).status_code == 302 and cadre.get(note).status_code == 404
    end = reverse("mentoring:end_team", args=[team.pk])
    assert officer.post(end, {"key": str(uuid4()), "reason": ""}).status_code == 422
    assert officer.post(end, {"key": str(uuid4()), "reason": "并掉了"}).status_code == 302
    assert "并掉了" in body(officer, "team", team.pk)


def test_no_more_queries_for_more_rows(town: Town, team: Team) -> None:
    def asked() -> list[int]:
        browser, counts = town.browser(town.officer), []
        for name, args in (("teams", ()), ("team", (team.pk,)), ("outing", (outing.pk,))):
            address = reverse(f"mentoring:{name}", args=args)
            browser.get(address)
            with CaptureQueriesContext(connection) as seen:
                assert browser.get(address).status_code == 200
            counts.append(len(seen))
        return counts

    outing = went_out(town, team)
    actions.raise_heard(outing.heard.get(order=0), actor=town.cadres_self)
    few = asked()
    for n in range(3):
        build_team(town, name=f"第{n}队")
        went_out(town, team)
    outing = went_out(town, team, opinions=("一。", "二。", "三。"))
    for one in outing.heard.filter(kind="opinion"):
        actions.raise_heard(one, actor=town.cadres_self)
    assert asked() == few
