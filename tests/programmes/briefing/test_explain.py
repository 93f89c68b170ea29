"""What is amiss is said in words, and the village is asked to explain it; only who asked says that it did."""

import uuid

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.kernels.bulletins.conftest import Desk
from tests.kernels.bulletins.test_publish import corrected
from tests.support.cast import as_account
from xianglin.base import clock
from xianglin.commons.access.models import Account
from xianglin.kernels.matters import actions, queries
from xianglin.kernels.matters.models import Matter, Source, State
from xianglin.programmes.briefing.kinds import EXPLANATION
from xianglin.programmes.briefing.models import Explanation


def browser(desk: Desk, who: str) -> Client:
    return as_account(Account.objects.get(pk=getattr(desk.here, who).account_id))


def explain(desk: Desk) -> str:
    return reverse("briefing:explain", args=[desk.place.code, f"{clock.today():%Y-%m}"])


def test_a_changed_figure_is_asked_about_and_answered(desk: Desk) -> None:
    corrected(desk, desk.published())
    inspector, cadre = browser(desk, "inspector"), browser(desk, "cadre")
    shown = inspector.get(reverse("briefing:reports")).content.decode()
    assert "要看一看的" in shown and "公布 12盏" in shown and "改为 9盏" in shown
    assert "改为 9盏" in inspector.get(explain(desk)).content.decode(), "the words are begun"
    words = "3月的发布稿：12盏改为9盏。请说明原因。"
    assert inspector.post(explain(desk), {"words": words, "key": str(uuid.uuid4())}).status_code == 302
    matter = Matter.objects.get(kind=EXPLANATION)
    assert (matter.source, matter.rule_code, matter.public) == (Source.ABOVE, "briefing.explain", False)
    assert matter.due_on is not None and (matter.due_on - clock.today()).days == 3, "three working days from a Tuesday"
    assert matter.slip in cadre.get(reverse("portal:today")).content.decode()
    assert queries.words_of(matter) == words
    matter = actions.assign_matter(matter, actor=desk.here.cadre, account_id=desk.here.second.account_id)
    matter = actions.answer_matter(matter, actor=desk.here.second, text="清单数错了，附清单。")
    answered = inspector.get(reverse("briefing:reports")).content.decode()
    assert f"村里答复了（{matter.slip}）" in answered
    matter = actions.settle_matter(matter, actor=desk.here.inspector, settled=True)
    assert matter.state == State.SETTLED
    explained = inspector.get(reverse("briefing:reports")).content.decode()
    assert "要看一看的" not in explained and "更正过（已说明）" in explained and "改为 9盏" in explained


def test_what_was_asked_is_not_asked_again(desk: Desk) -> None:
    corrected(desk, desk.published())
    inspector = browser(desk, "inspector")
    inspector.post(explain(desk), {"words": "请说明。", "key": str(uuid.uuid4())})
    one = Explanation.objects.get()
    assert (one.about, one.period, one.area) == (["corrected"], f"{clock.today():%Y-%m}", desk.place)
    shown = inspector.get(reverse("briefing:reports")).content.decode()
    assert f"请村里说明了（{one.matter.slip}）" in shown and explain(desk) not in shown


def test_it_looks_through_one_village_only(desk: Desk) -> None:
    """Not through the whole town, and not only through the ten that its first screen shows."""
    corrected(desk, desk.published())
    inspector = browser(desk, "inspector")
    inspector.get(explain(desk))
    with CaptureQueriesContext(connection) as asked:
        inspector.get(explain(desk))
    grid = [one["sql"] for one in asked if "bulletins_bulletin" in one["sql"]]
    assert grid and all('"village_id" =' in sql for sql in grid)


def test_an_english_reader_sees_the_same(desk: Desk) -> None:
    corrected(desk, desk.published())
    inspector = browser(desk, "inspector")
    inspector.cookies["django_language"] = "en"
    assert "To look into" in inspector.get(reverse("briefing:reports")).content.decode()
    assert inspector.get(explain(desk)).status_code == 200


def test_asked_twice_by_a_double_click_it_is_asked_once(desk: Desk) -> None:
    corrected(desk, desk.published())
    inspector, key = browser(desk, "inspector"), str(uuid.uuid4())
    for _press in range(2):
        inspector.post(explain(desk), {"words": "请说明。", "key": key})
    assert Matter.objects.filter(kind=EXPLANATION).count() == 1


def test_where_nothing_is_amiss_nothing_is_asked(desk: Desk) -> None:
    desk.published()
    assert browser(desk, "inspector").get(explain(desk)).status_code == 404


def test_nobody_of_the_village_asks_itself(desk: Desk) -> None:
    corrected(desk, desk.published())
    assert browser(desk, "cadre").get(explain(desk)).status_code == 404
