"""The index is in step with the rooms' rows: at once, in the same transaction, and after every accident."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse

from tests.commons.search.conftest import Write, found, on_board
from tests.kernels.bulletins.conftest import Desk, desk  # noqa: F401 - a fixture
from tests.kernels.matters.conftest import ANSWER, Village, receipt_of
from tests.support.cast import build_places
from xianglin.base.refused import Refused
from xianglin.commons.search import declare, documents, index
from xianglin.commons.search.models import Document, Rebuilding
from xianglin.commons.trail import guards
from xianglin.kernels.bulletins import actions as bulletins
from xianglin.kernels.matters import actions
from xianglin.kernels.matters.models import Matter

MATTERS = "matters.matter"
sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'")


def test_a_matter_is_found_once_it_is_on_the_board(here: Village) -> None:
    matter = here.say()
    assert not Document.objects.exists()
    matter = actions.triage_matter(matter, actor=here.cadre, title="桥头灯不亮", category="", public=True)
    document = Document.objects.get()
    assert (document.ref, document.kind, document.area_id) == (f"matters.Matter:{matter.pk}", MATTERS, matter.area_id)
    assert document.url == reverse("matters:public", args=[matter.area.code, matter.serial])
    assert found("桥头") == ["桥头灯不亮"]
    assert found("半个月") == [], "the author's own words are nobody's to find"


def test_its_answer_is_found_and_a_correction_takes_the_place(here: Village) -> None:
    matter = actions.assign_matter(on_board(here, "桥头灯不亮"), actor=here.cadre, account_id=here.second.account_id)
    actions.answer_matter(matter, actor=here.second, text=ANSWER)
    assert found("换了灯头") == ["桥头灯不亮"]
    actions.correct_answer(matter, actor=here.second, text="只换了电线。", reason="写错了")
    assert found("换了灯头") == [] and found("换了电线") == ["桥头灯不亮"]


def test_what_was_never_public_is_not_in_the_index(here: Village) -> None:
    actions.triage_matter(here.say(), actor=here.cadre, title="桥头灯不亮", category="", public=False)
    assert not Document.objects.exists()


def test_taken_down_it_is_gone_at_once(here: Village) -> None:
    matter = on_board(here, "桥头灯不亮")
    actions.publish_matter(matter, actor=here.cadre, title="桥头灯不亮", public=False, reason="提的人不愿公开")
    assert found("桥头") == [] and not Document.objects.exists()
    actions.publish_matter(matter, actor=here.cadre, title="桥头灯不亮", public=True)
    assert found("桥头") == ["桥头灯不亮"]


def test_withdrawn_it_is_gone_at_once(here: Village) -> None:
    matter = on_board(here, "桥头灯不亮")
    actions.withdraw_matter(matter, actor=receipt_of(matter))
    assert found("桥头") == [] and not Document.objects.exists()


def test_quarantined_it_is_gone_at_once(here: Village) -> None:
    matter = on_board(here, "桥头灯不亮")
    actions.quarantine_matter(matter, actor=here.cadre)
    assert found("桥头") == [] and not Document.objects.exists()


def test_a_duplicate_leaves_and_comes_back(here: Village) -> None:
    first, second = on_board(here, "桥头灯不亮"), on_board(here, "桥边没灯")
    actions.link_duplicate(second, actor=here.cadre, parent_id=first.pk)
    assert found("桥边") == []
    actions.unlink_duplicate(second, actor=here.cadre)
    assert found("桥边") == ["桥边没灯"]
    actions.link_duplicate(second, actor=here.cadre, parent_id=first.pk)
    actions.reject_matter(first, actor=here.cadre, reason="不归村里管")
    assert found("桥边") == ["桥边没灯"] and found("桥头") == []


def _change_and_fail(here: Village, matter: Matter) -> None:
    with transaction.atomic():
        actions.publish_matter(matter, actor=here.cadre, title="竹林着火", public=True, reason="改一改")
        assert found("竹林")
        raise Refused("tests.no", "no")


def test_an_action_that_fails_leaves_no_trace(here: Village) -> None:
    matter = on_board(here, "桥头灯不亮")
    with pytest.raises(Refused):
        _change_and_fail(here, matter)
    assert found("竹林") == [] and found("桥头") == ["桥头灯不亮"]


def test_a_change_that_nobody_can_find_writes_nothing(here: Village) -> None:
    matter = on_board(here, "桥头灯不亮")
    before = Document.objects.get()
    actions.assign_matter(matter, actor=here.cadre, account_id=here.second.account_id)
    after = Document.objects.get()
    assert after.pk == before.pk and after.terms == before.terms


def test_a_report_is_found_when_it_is_published(desk: Desk) -> None:  # noqa: F811
    bulletin = desk.reviewed()
    assert not Document.objects.filter(kind="bulletins.bulletin").exists()
    bulletin = bulletins.publish_bulletin(bulletin, actor=desk.here.cadre)
    assert found("新装路灯12盏", area=desk.place) == [bulletin.title]
    origin = bulletin.blocks.exclude(asks="").first().origin  # type: ignore[union-attr]
    bulletins.correct_bulletin(bulletin, actor=desk.here.cadre, texts={origin: "本月新修竹林步道。"}, reason="写错了")
    assert found("竹林步道") == [bulletin.title]


# --- all anew


@pytest.fixture
def spoilt(here: Village) -> Iterator[list[Matter]]:
    """Three on the board: one is missing from the index, one says something else there, one stands that has no row."""
    rows = [on_board(here, title) for title in ("路灯一", "路灯二", "路灯三")]
    Document.objects.filter(title="路灯一").delete()
    Document.objects.filter(title="路灯二").update(title="竹林", terms="竹林")
    Document.objects.filter(title="路灯三").update(ref="matters.Matter:999999")
    yield rows


def test_rebuilding_puts_everything_right(spoilt: list[Matter]) -> None:
    assert sum(documents.rebuild(declare.REGISTRY[MATTERS])) > 0
    assert sorted(found("路灯")) == ["路灯一", "路灯三", "路灯二"]
    assert found("竹林") == []
    assert set(Document.objects.values_list("ref", flat=True)) == {f"matters.Matter:{row.pk}" for row in spoilt}
    assert not Rebuilding.objects.exists()


@pytest.mark.parametrize("stopped_after", [1, 2, 3, 4, 5])
def test_rebuilding_goes_on_where_it_was_stopped(spoilt: list[Matter], stopped_after: int) -> None:
    kind = declare.REGISTRY[MATTERS]
    steps = documents.rebuild(kind, batch=1)
    for _nth in range(stopped_after):
        next(steps, None)
    steps.close()
    list(documents.rebuild(kind, batch=1))
    assert sorted(found("路灯")) == ["路灯一", "路灯三", "路灯二"]
    assert Document.objects.count() == 3


def test_rebuilding_leaves_other_kinds_alone(spoilt: list[Matter], here: Village, write: Write) -> None:
    write(here.place, "别的路灯")
    list(documents.rebuild(declare.REGISTRY[MATTERS]))
    assert "别的路灯" in found("路灯")


# --- the index and its table


@pytest.mark.django_db(transaction=True)
def test_emptying_the_table_empties_the_index(write: Write) -> None:
    village = build_places().village
    write(village, "路灯不亮")
    assert found("路灯") and index.missing() == []
    guards.remove()  # the trail does not let itself be emptied; what follows a migration puts them back
    call_command("flush", verbosity=0, interactive=False)
    assert not Document.objects.exists() and found("路灯") == [] and index.missing() == []
    write(build_places().village, "竹林着火")
    assert found("路灯") == [] and found("竹林") == ["竹林着火"]


@sqlite
def test_triggers_that_are_gone_are_noticed_and_what_was_missed_is_taken_in(here: Village, write: Write) -> None:
    write(here.place, "路灯不亮")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER search_document_taken")
        cursor.execute("DROP TRIGGER search_document_forgotten")
    Document.objects.all().delete()
    write(here.place, "竹林着火")
    assert index.missing() == ["search_document_forgotten", "search_document_taken"]
    index.reinstall()
    assert index.missing() == [] and found("路灯") == [] and found("竹林") == ["竹林着火"]


def test_nobody_writes_the_index_by_another_way(here: Village, write: Write) -> None:
    """A change of the terms, an insert and a delete by SQL: the index follows all of them."""
    document = write(here.place, "路灯不亮")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE search_document SET terms = %s WHERE id = %s", [document.terms.replace("路灯", "竹林"), document.pk]
        )
    assert [row.pk for row in Document.objects.all()] == [document.pk]
    assert found("竹林") and not found("路灯")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_document")
    assert not found("竹林")
