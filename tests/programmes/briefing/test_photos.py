"""照片重复: the inspector sees it, opens both pictures, asks; mended it goes, explained it says so."""

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.kernels.bulletins.conftest import Desk
from tests.kernels.matters.conftest import at
from tests.kernels.matters.test_photos_used_twice import LAMP, answer, browser, photo, titled
from xianglin.base import clock
from xianglin.kernels.matters import actions
from xianglin.kernels.matters.models import AnswerPhoto, Matter
from xianglin.programmes.briefing import amiss, months
from xianglin.programmes.briefing.kinds import REPORT
from xianglin.programmes.briefing.models import Explanation

pytestmark = pytest.mark.usefixtures("stored")
WORDS = "照片用了两次：3 月 10 日“桥头灯不亮”和 3 月 10 日“坡上灯不亮”"


@pytest.fixture
def inspector(desk: Desk) -> Client:
    return browser(desk.here.inspector)


def reused(desk: Desk, title: str = "坡上灯不亮", seed: int = LAMP) -> Matter:
    here = desk.here
    answer(titled(here, "桥头灯不亮"), here.second, photo(seed))
    return answer(titled(here, title), here.second, photo(seed, 50), again="没来得及拍。")


def grid(inspector: Client) -> str:
    return inspector.get(reverse("briefing:reports")).content.decode()


def pair(desk: Desk) -> str:
    return reverse("briefing:photos", args=[desk.place.code, "2026-03"])


def ask(desk: Desk, inspector: Client) -> Matter:
    page = reverse("briefing:explain", args=[desk.place.code, "2026-03"])
    begun = inspector.get(page).content.decode()
    assert WORDS in begun
    assert inspector.post(page, {"words": "请说明。", "key": str(uuid.uuid4())}).status_code == 302
    return Explanation.objects.latest("pk").matter


def explained(desk: Desk, matter: Matter) -> None:
    here = desk.here
    matter = actions.assign_matter(matter, actor=here.cadre, account_id=here.second.account_id)
    matter = actions.answer_matter(matter, actor=here.second, text="两盏灯在同一根杆上。")
    actions.settle_matter(matter, actor=here.inspector, settled=True)


def test_it_stands_in_the_grid_and_opens_both(desk: Desk, inspector: Client) -> None:
    matter = reused(desk)
    shown = grid(inspector)
    assert "照片重复 1 张" in shown and WORDS in shown and pair(desk) in shown
    page = inspector.get(pair(desk)).content.decode()
    for one in AnswerPhoto.objects.all():
        address = reverse("matters:answer_photo", args=[one.pk])
        assert f'src="{address}"' in page and inspector.get(address).status_code == 200
    assert page.count("拍摄时间不详") == 2 and page.count("换好了。") == 2 and "没来得及拍。" in page
    assert reverse("matters:matter", args=[matter.pk]) in page and "请村里说明" in page


def test_what_no_text_proves_opens_to_be_asked_about(desk: Desk, inspector: Client) -> None:
    with clock.living_at(at("2026-05-06")):
        shown = grid(inspector)
    address = reverse("briefing:explain", args=[desk.place.code, "2026-04"])
    assert f'<a href="{address}" aria-label="{desk.place.name}　2026-04　没有发"' in shown


def test_more_than_ten_are_said_to_be_more(desk: Desk, inspector: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(amiss, "SHOWN", 1)
    with clock.living_at(at("2026-05-06")):
        shown = grid(inspector)
    assert shown.count('class="also"') == 1 and "点表里的格子看" in shown


def test_asked_and_explained_it_says_so(desk: Desk, inspector: Client) -> None:
    reused(desk)
    asked = ask(desk, inspector)
    assert Explanation.objects.get().about == ["photos"], "the month is not over: nothing else is amiss"
    assert f"请村里说明了（{asked.slip}）" in grid(inspector)
    explained(desk, asked)
    shown = grid(inspector)
    assert "要看一看的" not in shown and f"{WORDS}（已说明）" in shown and "已经说明的 1 件" in shown


def test_another_after_that_is_not_explained_by_it(desk: Desk, inspector: Client) -> None:
    reused(desk)
    explained(desk, ask(desk, inspector))
    with clock.living_at(at("2026-03-11")):
        reused(desk, "路面坑洼", seed=5)
        assert "要看一看的" in grid(inspector) and "照片重复 2 张" in grid(inspector)


def test_mended_it_goes(desk: Desk, inspector: Client) -> None:
    matter = reused(desk)
    old = AnswerPhoto.objects.get(answer__matter=matter)
    told = {"text": "换好了。", "reason": "照片拿错了", "replace": [old.pk], "photos": [photo(9)]}
    actions.correct_answer(matter, actor=desk.here.second, **told)
    assert "照片用了两次" not in grid(inspector)
    assert inspector.get(pair(desk)).status_code == 404


def test_before_the_programme_was_on_it_shows_too(desk: Desk, inspector: Client) -> None:
    with clock.living_at(at("2025-12-10")):
        reused(desk)
    assert "照片用了两次" in grid(inspector)


def test_of_a_village_elsewhere_in_the_county_only_what_is_public(desk: Desk, inspector: Client) -> None:
    here = desk.here
    place = here.cast.places.beside_town
    far = actions.raise_matter(place, actor=here.county, said=actions.Said(words="灯坏了", source="phone"))
    far = actions.assign_matter(far, actor=here.county, account_id=here.county.account_id)
    answer(far, here.county, photo(LAMP))
    answer(titled(here, "坡上灯不亮"), here.second, photo(LAMP), again="一样的灯。")
    assert "另一个镇的答复和 3 月 10 日“坡上灯不亮”" in grid(inspector)
    page = inspector.get(pair(desk))
    assert page.status_code == 200 and "这里看不到" in page.content.decode()


def test_a_village_does_not_look_at_itself_and_another_town_not_at_it(desk: Desk, inspector: Client) -> None:
    reused(desk)
    for who in (desk.here.cadre, desk.here.beside, desk.here.outsider):
        assert browser(who).get(pair(desk)).status_code == 404
    assert browser(desk.here.clerk).get(pair(desk)).status_code == 200


def test_the_grid_asks_the_same_number_of_queries(
    desk: Desk, inspector: Client, stored: Callable[[], list[Path]]
) -> None:
    def asked() -> int:
        grid(inspector)
        with CaptureQueriesContext(connection) as queries:
            grid(inspector)
        return len(queries)

    reused(desk)
    one = asked()
    for seed in range(20, 24):
        reused(desk, f"路灯 {seed}", seed)
    ask(desk, inspector)
    assert asked() == one
    cell = amiss.of_month(desk.place, REPORT, "2026-03", clock.today())
    assert cell is not None and len(cell.cell.reuses) == 5 and cell.cell.shown[0][0] == months.REPEATED
