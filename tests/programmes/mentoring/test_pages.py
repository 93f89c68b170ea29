"""The pages: who opens which, what they show, and that a refused form keeps what was typed."""

import io
from typing import Any
from uuid import uuid4

import docx
import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.commons.documents.conftest import text_of
from tests.programmes.mentoring.conftest import Town
from xianglin.programmes.mentoring.abilities import actions as abilities
from xianglin.programmes.mentoring.levels.models import Reading, Standing
from xianglin.programmes.mentoring.registers import actions
from xianglin.programmes.mentoring.registers.models import Avoidance, Mentor, YoungCadre


@pytest.fixture(autouse=True)
def _hosts(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]


def body(client: Client, name: str, *args: Any, query: str = "") -> str:
    told = client.get(reverse(name, args=args) + query)
    assert told.status_code == 200, (name, told.status_code)
    return told.content.decode()


def test_whose_file_opens_to_whom(town: Town) -> None:
    opens = {
        "mentoring:mentor": (town.mentor.pk, {"officer", "county", "mentors_self"}),
        "mentoring:cadre": (town.cadre.pk, {"officer", "county", "cadres_self"}),
        "mentoring:heard": (town.cadre.pk, {"officer", "county", "cadres_self"}),
        "mentoring:levels_sheet": (town.cadre.pk, {"officer", "county", "cadres_self"}),
        "mentoring:note_levels": (town.cadre.pk, {"officer", "county", "cadres_self"}),
        "mentoring:avoid": (town.cadre.pk, {"officer", "county"}),
        "mentoring:end_cadre": (town.cadre.pk, {"officer", "county"}),
        "mentoring:amend_mentor": (town.mentor.pk, {"officer", "county", "mentors_self"}),
        "mentoring:end_mentor": (town.mentor.pk, {"officer", "county"}),
    }
    for name, (pk, wanted) in opens.items():
        found = set()
        for who in ("officer", "county", "beside", "outsider", "mentors_self", "cadres_self"):
            if town.browser(getattr(town, who)).get(reverse(name, args=[pk])).status_code == 200:
                found.add(who)
        assert found == wanted, name


def test_ones_own_pages(town: Town) -> None:
    growth = body(town.browser(town.cadres_self), "mentoring:growth")
    assert "给自己评一评" in growth and "文字综合　2 → 4" in growth and "<svg" in growth and "回避" not in growth
    assert "139****0011" in growth
    assert "我当导师" in body(town.browser(town.mentors_self), "mentoring:own_mentor")
    assert town.browser(town.mentors_self).get(reverse("mentoring:growth")).status_code == 404


def test_a_village_cadre_who_learns_keeps_the_tabs_that_he_works_with(town: Town) -> None:
    known = town.here.cast.village_cadre
    before = body(town.browser(town.here.cadre), "portal:today")
    town.enrol_cadre(known.display_name, "13800000002")
    after = body(town.browser(town.here.cadre), "portal:today")
    tabs = [page[page.index('class="tabs"') :] for page in (before, after)]
    assert tabs[0].count("<a ") == tabs[1].count("<a ") == 4 and reverse("portal:me") in tabs[1]
    assert reverse("mentoring:growth") in after


def test_today_asks_a_new_cadre_to_judge_himself_once(town: Town) -> None:
    client, page = town.browser(town.cadres_self), reverse("mentoring:note_levels", args=[town.cadre.pk])
    assert page in body(client, "portal:today")
    assert page not in body(town.browser(town.mentors_self), "portal:today")
    typed = {"key": str(uuid4()), "on": "2026-03-10", f"level_{town.ability('文字综合').pk}": "3"}
    assert client.post(page, typed).status_code == 302
    assert page not in body(client, "portal:today")


def test_the_rolls_show_their_place_and_narrow(town: Town) -> None:
    for who, shows in (("officer", True), ("county", True), ("beside", False), ("outsider", False)):
        client = town.browser(getattr(town, who))
        assert ("周小禾" in body(client, "mentoring:cadres")) is shows
        assert ("王根水" in body(client, "mentoring:mentors")) is shows
    client = town.browser(town.officer)
    writing, projects = town.ability("文字综合").pk, town.ability("项目推进").pk
    assert "周小禾" in body(client, "mentoring:cadres", query=f"?ability={writing}&name=小禾")
    assert "周小禾" not in body(client, "mentoring:cadres", query=f"?ability={projects}")
    assert "王根水" in body(client, "mentoring:mentors", query=f"?ability={town.ability('矛盾调解').pk}&kind=comrade")
    assert "王根水" not in body(client, "mentoring:mentors", query="?kind=old_hand")
    for odd in ("?ability=x&kind=y&after=abc", "?after=99999999999999999999", "?name=" + "长" * 80):
        assert client.get(reverse("mentoring:mentors") + odd).status_code == 200
    actions.end_mentor(town.mentor, actor=town.officer, reason="搬走了")
    assert "王根水" not in body(client, "mentoring:mentors")
    assert "王根水" in body(client, "mentoring:mentors", query="?list=gone")


def test_the_rolls_as_sheets_mask_telephones(town: Town) -> None:
    client = town.browser(town.officer)
    for name, said in (("mentoring:mentors_sheet", "矛盾调解"), ("mentoring:cadres_sheet", "文字综合　2 → 4")):
        content = b"".join(client.get(reverse(name)).streaming_content)
        cells = [c for row in openpyxl.load_workbook(io.BytesIO(content)).active.values for c in row]
        assert any(said in str(cell) for cell in cells) and not any("139000" in str(cell) for cell in cells)
        assert any(str(cell).startswith("139****") for cell in cells)


def test_taken_in_by_hand_and_refused_with_all_that_was_typed(town: Town) -> None:
    client, page = town.browser(town.officer), reverse("mentoring:enrol_cadre")
    typed = {
        "key": str(uuid4()),
        "name": "方小满",
        "phone": "139 0000 0201",
        "place": "玉华村",
        "post": "村文书",
        "since": "2021-06",
        "levels": "文字综合4→2",
    }
    told = client.post(page, typed)
    assert told.status_code == 422
    assert "是不是写反了" in told.content.decode() and "139 0000 0201" in told.content.decode()
    told = client.post(page, {**typed, "levels": "文字综合2→4", "place": "没有这个村"})
    assert told.status_code == 422 and "没有找到" in told.content.decode()
    assert client.post(page, {**typed, "levels": "文字综合2→4"}).status_code == 302
    made = YoungCadre.objects.get(account__display_name="方小满")
    assert (made.area_id, str(made.since)) == (town.village.pk, "2021-06-01")
    mentor = {"key": str(uuid4()), "name": "方根土", "phone": "13900000202", "place": "鄣吴镇", "kind": "comrade"}
    page = reverse("mentoring:enrol_mentor")
    assert client.post(page, {**mentor, "least": "3", "most": "2"}).status_code == 422
    held = "党总支书记，玉华村，1998.3，2011\n会计，玉华村"
    chosen = {"abilities": [str(town.ability("矛盾调解").pk)], "slots": ["6am"], "held": held}
    assert client.post(page, {**mentor, "least": "1", "most": "2", **chosen}).status_code == 302
    made_mentor = Mentor.objects.get(account__display_name="方根土")
    assert list(made_mentor.held_posts.order_by("order").values_list("post", "from_month", "to_month")) == [
        ("党总支书记", "1998-03", "2011"),
        ("会计", "", ""),
    ]


def test_a_cadre_judges_himself_and_says_what_he_wants(town: Town) -> None:
    client, writing = town.browser(town.cadres_self), town.ability("文字综合").pk
    page = reverse("mentoring:note_levels", args=[town.cadre.pk])
    typed = {"key": str(uuid4()), "on": "2026-03-10", "remark": "写过三篇简报"}
    assert client.post(page, typed).status_code == 422  # nothing chosen
    assert client.post(page, {**typed, f"level_{writing}": "3"}).status_code == 302
    assert Reading.objects.get(view="self").remark == "写过三篇简报"
    page = reverse("mentoring:set_wanted", args=[town.cadre.pk])
    kept = {f"level_{s.ability_id}": str(s.wanted) for s in Standing.objects.all()}
    assert client.post(page, {**kept, "key": str(uuid4()), f"level_{writing}": "1"}).status_code == 422
    wish = {f"level_{writing}": "5", f"wish_{writing}": "写总结"}
    assert client.post(page, {**kept, **wish, "key": str(uuid4())}).status_code == 302
    assert Standing.objects.get(ability_id=writing).wish == "写总结"


def test_forms_that_change_and_end(town: Town) -> None:
    client = town.browser(town.officer)
    page = reverse("mentoring:amend_cadre", args=[town.cadre.pk])
    assert client.post(page, {"key": str(uuid4()), "post": "", "since": "乱写"}).status_code == 422
    assert client.post(page, {"key": str(uuid4()), "post": "党委秘书", "since": "乱写"}).status_code == 422
    assert client.post(page, {"key": str(uuid4()), "post": "党委秘书", "since": "2022年3月"}).status_code == 302
    own = town.browser(town.mentors_self)
    page = reverse("mentoring:amend_mentor", args=[town.mentor.pk])
    shown = own.get(page).context["form"]
    assert shown.initial["held"] == "党总支书记，玉华村，1998-03，2011"
    sent = {"key": str(uuid4()), "kind": "comrade", "least": "1", "most": "2", "held": shown.initial["held"]}
    assert own.post(page, sent).status_code == 302
    page = reverse("mentoring:avoid", args=[town.cadre.pk])
    assert client.post(page, {"key": str(uuid4()), "other": "谁", "why": "relative"}).status_code == 422
    assert client.post(page, {"key": str(uuid4()), "other": "王根水", "why": "superior"}).status_code == 302
    row = Avoidance.objects.get()
    assert "直接领导" in body(client, "mentoring:cadre", town.cadre.pk)
    lift = reverse("mentoring:lift", args=[town.cadre.pk, row.pk])
    assert town.browser(town.beside).post(lift).status_code == 404
    assert client.post(lift).status_code == 302
    page = reverse("mentoring:end_cadre", args=[town.cadre.pk])
    assert client.post(page, {"key": str(uuid4()), "reason": "调走了"}).status_code == 302
    assert town.browser(town.cadres_self).get(reverse("mentoring:growth")).status_code == 404


def test_the_catalogue_is_changed_by_the_county_alone(town: Town) -> None:
    county, officer = town.browser(town.county), town.browser(town.officer)
    page = reverse("mentoring:abilities")
    assert "加一项" in body(county, "mentoring:abilities") and "加一项" not in body(officer, "mentoring:abilities")
    assert county.post(page, {"key": str(uuid4()), "name": "文字综合"}).status_code == 422
    assert county.post(page, {"key": str(uuid4()), "name": "应急处置", "also": "抢险"}).status_code == 302
    made = town.ability("应急处置")
    change = reverse("mentoring:ability", args=[made.pk])
    assert officer.get(change).status_code == 404
    typed = {"key": str(uuid4()), "name": "应急", "order": "5"}
    assert county.post(change, typed).status_code == 302
    assert county.post(reverse("mentoring:end_ability", args=[made.pk])).status_code == 302
    assert "停用的" in body(county, "mentoring:abilities")
    far = town.browser(town.outsider)
    assert "就用这一份" in body(far, "mentoring:abilities")
    assert far.post(reverse("mentoring:begin_catalogue")).status_code == 302
    assert "矛盾调解" in body(far, "mentoring:abilities")


def file_of(town: Town, name: str, pk: int, kind: str) -> bytes:
    told = town.browser(town.officer).get(reverse(name, args=[pk, kind]))
    assert told.status_code == 200
    return told.content


def test_one_file_a_person(town: Town) -> None:
    actions.note_avoidance(town.cadre, actor=town.officer, other="王根水", why="relative")
    opened = docx.Document(io.BytesIO(file_of(town, "mentoring:cadre_paper", town.cadre.pk, "docx")))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    lines = [line.text for line in opened.paragraphs]
    pdf = text_of(file_of(town, "mentoring:cadre_paper", town.cadre.pk, "pdf"))
    for words in ("".join("".join([*lines, *cells]).split()), "".join(pdf.split())):
        for said in ("周小禾青年干部成长档案", "安吉县鄣吴镇玉华村", "村文书", "1996年"):
            assert said in words, said
        assert "缺什么补什么" in words and "矛盾调解1→3" in words and "组织评" in words
        assert "139000" not in words and "回避" not in words and "亲属" not in words
    assert {"文字综合", "2026-03-10"} <= set(cells) and len(opened.inline_shapes) == 2  # the radar and the lines
    mentor = "".join(text_of(file_of(town, "mentoring:mentor_paper", town.mentor.pk, "pdf")).split())
    for said in ("王根水帮带导师档案", "老党员、老同志", "38年", "党总支书记", "1998-03", "周六上午", "1至3人"):
        assert said in mentor, said
    assert (
        town.browser(town.officer).get(reverse("mentoring:mentor_paper", args=[town.mentor.pk, "exe"])).status_code
        == 404
    )
    assert (
        town.browser(town.beside).get(reverse("mentoring:cadre_paper", args=[town.cadre.pk, "pdf"])).status_code == 404
    )


def test_the_levels_as_a_sheet(town: Town) -> None:
    client = town.browser(town.cadres_self)
    content = b"".join(client.get(reverse("mentoring:levels_sheet", args=[town.cadre.pk])).streaming_content)
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
    assert {row[1] for row in rows[1:]} == {"文字综合", "矛盾调解", "服务群众"} and len(rows) == 4


def test_what_villagers_said_shows_no_words_of_theirs(town: Town) -> None:
    cadre = town.enrol_cadre("徐守正", "13800000011")
    town.here.answered(words="我家的低保被人顶了。")
    told = body(town.browser(town.officer), "mentoring:heard", cadre.pk)
    assert "玉华" in told and "低保" not in told
    assert "答复过 1 件" in body(town.browser(town.officer), "mentoring:cadre", cadre.pk)


def test_no_roll_and_no_file_asks_more_for_more_rows(town: Town) -> None:
    pages = {
        "mentoring:mentors": [],
        "mentoring:cadres": [],
        "mentoring:mentors_sheet": [],
        "mentoring:cadres_sheet": [],
        "mentoring:cadre": [town.cadre.pk],
    }
    client = town.browser(town.officer)

    def counts() -> dict[str, int]:
        asked = {}
        for name, args in pages.items():
            client.get(reverse(name, args=args))
            with CaptureQueriesContext(connection) as queries:
                told = client.get(reverse(name, args=args))
                assert told.status_code == 200 and (told.content if not told.streaming else [*told.streaming_content])
            asked[name] = len(queries)
        return asked

    few = counts()
    county = town.here.cast.places.county
    for n in range(12):
        town.enrol_mentor(f"导师{n}", f"1390001{n:04d}", ability_ids=(town.ability("矛盾调解").pk,))
        town.enrol_cadre(f"干部{n}", f"1390002{n:04d}", "文字综合2→4；矛盾调解1→3")
    for n in range(4):
        abilities.add_ability(county, actor=town.county, name=f"能力{n}")
    assert counts() == few
    assert max(few.values()) <= 20, few
