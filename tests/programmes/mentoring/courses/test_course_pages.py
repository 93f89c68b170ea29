"""和青社 on pages: what is coming, one press, the officer's forms; without JavaScript."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.programmes.mentoring.conftest import Town
from xianglin.base import clock
from xianglin.kernels.gatherings import actions as gatherings
from xianglin.kernels.gatherings.models import Gathering, Series
from xianglin.programmes.mentoring.courses import queries

from .conftest import at, attended, course, day

HOME = "mentoring:courses"


def post(client: Client, address: str, **data: Any) -> Any:
    return client.post(address, {"key": uuid.uuid4(), **data})


def shown(client: Client, name: str = HOME, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_officer_opens_a_series_and_plans(town: Town) -> None:
    client = town.browser(town.officer)
    assert "还没有安排课" in shown(client)
    writes, mediates = town.ability("文字综合").pk, town.ability("矛盾调解").pk
    answer = post(client, reverse("mentoring:open_course_series"), title="文字功夫六讲", abilities=[writes])
    series = Series.objects.get()
    assert answer["Location"] == f"/mentoring/courses/new/?series={series.pk}"
    form = shown(client, "mentoring:plan_course", query=f"?series={series.pk}")
    assert form.index(f"hours_{writes}") < form.index(f"hours_{mediates}"), "a series' own abilities stand first"
    said: dict[str, Any] = {"title": "公文怎么写", "series": series.pk, "teacher": "王根水", "on": day(2).isoformat()}
    said |= {"at": "19:00", "ends_at": "21:00", "venue": "镇文化站二楼", "seats": "30", f"hours_{writes}": "2"}
    refused = post(client, reverse("mentoring:plan_course"), **said | {f"hours_{writes}": ""})
    assert refused.status_code == 422
    assert "各几个课时" in refused.content.decode() and "镇文化站二楼" in refused.content.decode()
    assert post(client, reverse("mentoring:plan_course"), **said).status_code == 302
    session = Gathering.objects.get()
    assert (session.series, session.seats, session.hours) == (series, 30, 2)
    page = shown(client, "gatherings:session", session.pk)
    assert "王根水讲" in page and "文字综合 2 课时" in page and "改讲课的人和能力" in page
    assert "还有 30 个座，共 30 个" in shown(client) and "文字功夫六讲" in shown(client)
    assert f"{series.feed}.ics" in shown(client, "mentoring:course_series", series.pk)


def test_a_cadre_sees_what_fills_a_gap_and_signs_up_by_one_press(town: Town) -> None:
    session, client = course(town, seats=1), town.browser(town.cadres_self)
    page = shown(client)
    assert "您的文字综合还差 2 级，这一课补这一项" in page and "还有 1 个座，共 1 个" in page
    assert reverse("gatherings:sign_up", args=[session.pk]) in page
    assert post(client, reverse("gatherings:sign_up", args=[session.pk])).status_code == 302
    page = shown(client)
    assert "报名了" in page and "还差" not in page and "还没有课时" in page


def test_my_hours(town: Town) -> None:
    session, client = course(town), town.browser(town.cadres_self)
    attended(town, session, gatherings.sign_up(session, actor=town.cadres_self))
    with clock.living_at(at(3, 9)):
        assert "一共 2 课时" in shown(client) and "1.5 课时，1 次" in shown(client)
        assert "记 2 课时" in shown(client, query="?list=over")
        assert "一共 2 课时" in shown(client, "mentoring:growth")
        officer = town.browser(town.officer)
        assert "一共 2 课时" in shown(officer, "mentoring:cadre", town.cadre.pk)
        assert "公文怎么写" in shown(officer, query="?list=over")


def test_a_mentor_may_come_too(town: Town) -> None:
    session, client = course(town), town.browser(town.mentors_self)
    assert "公文怎么写" in shown(client)
    assert post(client, reverse("gatherings:sign_up", args=[session.pk])).status_code == 302
    assert session.registrations.count() == 1


def test_the_officer_changes_who_teaches(town: Town) -> None:
    session, client = course(town), town.browser(town.officer)
    address = reverse("mentoring:amend_course", args=[session.pk])
    assert 'value="1.5"' in client.get(address).content.decode()
    post(client, address, teacher="方老师", **{f"hours_{town.ability('文字综合').pk}": "1"})
    assert queries.course_of(session)[0].teacher == "方老师"
    attended(town, session)
    assert client.get(address)["Location"] == f"/gatherings/sessions/{session.pk}/"


@pytest.mark.parametrize("name", ["mentoring:plan_course", "mentoring:open_course_series"])
def test_what_is_the_officers(town: Town, name: str) -> None:
    assert town.browser(town.cadres_self).get(reverse(name)).status_code == 404
    assert town.browser(town.officer).get(reverse(name)).status_code == 200


def test_a_series_ends_from_its_page(town: Town) -> None:
    client = town.browser(town.officer)
    post(client, reverse("mentoring:open_course_series"), title="文字功夫六讲")
    series = Series.objects.get()
    assert town.browser(town.cadres_self).get(reverse("mentoring:course_series", args=[series.pk])).status_code == 200
    assert town.browser(town.outsider).get(reverse("mentoring:course_series", args=[series.pk])).status_code == 404
    post(client, reverse("mentoring:end_course_series", args=[series.pk]))
    assert "办完了" in shown(client, "mentoring:course_series", series.pk)


def test_the_next_county_sees_nothing(town: Town) -> None:
    session = course(town)
    assert town.browser(town.outsider).get(reverse("gatherings:session", args=[session.pk])).status_code == 404
    assert "公文怎么写" not in shown(town.browser(town.outsider))


def test_no_more_is_asked_for_more_courses(town: Town) -> None:
    clients = [town.browser(who) for who in (town.cadres_self, town.officer)]

    def asked() -> list[int]:
        counts = []
        for client in clients:
            for query in ("", "?list=over"):
                shown(client, query=query)
                with CaptureQueriesContext(connection) as captured:
                    shown(client, query=query)
                counts.append(len(captured))
        return counts

    def grow(*titles: str) -> None:
        for title in titles:
            session = course(town, title=title)
            gatherings.sign_up(course(town, title=title), actor=town.cadres_self)
            attended(town, session, gatherings.sign_up(session, actor=town.cadres_self))
            course(town, title=title)

    grow("写通知", "写总结")
    few = asked()
    grow("写方案", "写讲话", "写简报")
    assert asked() == few
    assert max(few) <= 24, few


def test_in_english(town: Town) -> None:
    course(town)
    client = town.browser(town.cadres_self)
    client.cookies["django_language"] = "en"
    shown(client)
