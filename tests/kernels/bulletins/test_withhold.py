"""A leak that was published: nobody reads that version any more, its hash stays, and a clean one follows."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from tests.kernels.bulletins.conftest import Desk
from tests.kernels.bulletins.test_draft import public
from tests.kernels.matters.conftest import MORNING
from tests.support.cast import as_account
from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.access.models import Account
from xianglin.commons.notices.models import Notice
from xianglin.commons.trail.models import Entry
from xianglin.kernels.bulletins import actions, chain, drafts, queries, tables, telling, withholding
from xianglin.kernels.bulletins.models import Block, Bulletin, Version
from xianglin.kernels.indicators import queries as counting
from xianglin.programmes.briefing.measures import MEASURES

SECRET = "住在桥头第三家的老潘"  # personal, though no scanner knows it
REASON = "写了一户人家"


def leaked(desk: Desk) -> Bulletin:
    bulletin = desk.written()
    block = bulletin.blocks.get(origin="gap:decisions")
    drafts.write_block(block, f"定了给{SECRET}补助。", edition=block.edition)
    actions.hand_in(bulletin, actor=desk.here.cadre)
    actions.review_bulletin(bulletin, actor=desk.supervisor, agreed=True)
    return actions.publish_bulletin(bulletin, actor=desk.here.cadre)


def corrected(desk: Desk, bulletin: Bulletin) -> Version:
    with clock.living_at(MORNING + dt.timedelta(days=12)):
        texts = {"gap:decisions": "定了给一户人家补助。"}
        return actions.correct_bulletin(bulletin, actor=desk.here.cadre, texts=texts, reason="去掉个人信息")


def withheld(desk: Desk, bulletin: Bulletin, *numbers: int) -> Bulletin:
    return withholding.withhold_versions(bulletin, actor=desk.here.inspector, numbers=numbers, reason=REASON)


def browser(actor: Actor) -> Client:
    return as_account(Account.objects.get(pk=actor.account_id))


def pages(bulletin: Bulletin) -> list[str]:
    """All that everybody may open of a bulletin, and what search answers."""
    public = reverse("bulletins:public", args=[bulletin.area.code, bulletin.pk])
    seals = [reverse("bulletins:check") + f"?seal={version.hash}" for version in bulletin.versions.all()]
    return [public, f"{public}?version=1", "/search/?q=老潘", "/search/?q=补助", *seals]


def test_nobody_reads_it_and_everybody_reads_that_it_was_there(desk: Desk) -> None:
    bulletin = leaked(desk)
    reader = Client()
    assert any(SECRET in reader.get(page).content.decode() for page in pages(bulletin))
    withheld(desk, bulletin, 1)
    for page in pages(bulletin):
        assert SECRET not in reader.get(page).content.decode(), page
    page = reader.get(pages(bulletin)[0]).content.decode()
    version = bulletin.versions.get()
    assert "第 1 版因含个人信息，已停止公开" in page and REASON in page and queries.seal(version) in page
    checked = reader.get(reverse("bulletins:check"), {"seal": version.hash}).content.decode()
    assert "对得上" in checked and "已停止公开" in checked
    sheet = reader.get(reverse("bulletins:sheet", args=[bulletin.area.code, bulletin.pk]))
    assert sheet.status_code == 422 and "不能打印" in sheet.content.decode()
    figure = reader.get(reverse("bulletins:figure", args=[bulletin.area.code, bulletin.pk, 1]))
    assert figure.status_code == 422
    assert list(chain.verify()) == [] and SECRET in version.body


def test_the_trail_and_who_wrote_it_hear_of_it(desk: Desk) -> None:
    bulletin = withheld(desk, leaked(desk), 1)
    entries = Entry.objects.filter(action="bulletins.withhold")
    assert {entry.subject.partition(":")[0] for entry in entries} == {"bulletins.Bulletin", "bulletins.Withheld"}
    assert {entry.chain for entry in entries} == {bulletin.county_id}
    assert Notice.objects.filter(template="bulletins.withheld", account_id=bulletin.opened_by_id).exists()


def test_a_clean_version_follows_and_its_difference_does_not_repeat_the_leak(desk: Desk) -> None:
    bulletin = withheld(desk, leaked(desk), 1)
    version = corrected(desk, bulletin)
    versions = queries.versions_of(bulletin)
    (told,) = telling.words_of(versions[1], versions)
    assert "公布的一版有个人信息" in told and "换了新的一版" in told
    assert telling.corrected_texts([bulletin.pk])[bulletin.pk] == [told]
    reader = Client()
    for page in pages(bulletin):
        assert SECRET not in reader.get(page).content.decode(), page
    assert "一户人家补助" in reader.get(pages(bulletin)[0]).content.decode()
    sheet = reader.get(reverse("bulletins:sheet", args=[bulletin.area.code, bulletin.pk]))
    assert sheet.status_code == 200 and list(chain.verify()) == []
    assert bulletin.title in reader.get("/search/?q=补助").content.decode() and version.number == 2  # noqa: PLR2004


def test_corrected_first_and_withheld_afterwards(desk: Desk) -> None:
    """The correction quoted what it took out: it is told in other words from then on."""
    bulletin = leaked(desk)
    corrected(desk, bulletin)
    assert any(SECRET in Client().get(page).content.decode() for page in pages(bulletin))
    withheld(desk, bulletin, 1)
    for page in pages(bulletin):
        assert SECRET not in Client().get(page).content.decode(), page


def test_released_where_it_was_a_mistake(desk: Desk) -> None:
    bulletin = withheld(desk, leaked(desk), 1)
    with pytest.raises(Forbidden):
        withholding.release_versions(bulletin, actor=desk.here.clerk, numbers=[1], reason="没有个人信息")
    withholding.release_versions(bulletin, actor=desk.here.inspector, numbers=[1], reason="没有个人信息")
    assert SECRET in Client().get(pages(bulletin)[0]).content.decode()
    assert bulletin.title in Client().get("/search/?q=补助").content.decode()
    with pytest.raises(Refused) as refusal:
        withholding.release_versions(bulletin, actor=desk.here.inspector, numbers=[1], reason="再来")
    assert refusal.value.code == "bulletins.not_withheld"
    withheld(desk, bulletin, 1)
    assert Version.objects.get().withholdings.count() == 2  # noqa: PLR2004


@pytest.mark.parametrize("who", ["villager", "cadre", "beside", "officer", "county", "outsider"])
def test_not_theirs_to_withhold(desk: Desk, who: str) -> None:
    bulletin = leaked(desk)
    with pytest.raises(Forbidden):
        withholding.withhold_versions(bulletin, actor=getattr(desk.here, who), numbers=[1], reason=REASON)


def test_said_twice_is_done_once(desk: Desk) -> None:
    bulletin, key = leaked(desk), uuid.uuid4()
    for _again in range(2):
        withholding.withhold_versions(bulletin, actor=desk.here.clerk, numbers=[1], reason=REASON, key=key)
    assert Version.objects.get().withholdings.count() == 1
    with pytest.raises(Refused) as refusal:
        withheld(desk, bulletin, 1)
    assert refusal.value.code == "bulletins.already_withheld"


@pytest.mark.parametrize(
    ("numbers", "reason", "code"),
    [
        ([1], " ", "bulletins.no_reason"),
        ([1], "写了 13912345678", "bulletins.leak"),
        ([], REASON, "bulletins.no_version"),
        ([7], REASON, "bulletins.no_version"),
    ],
)
def test_what_is_refused(desk: Desk, numbers: list[int], reason: str, code: str) -> None:
    bulletin = leaked(desk)
    with pytest.raises(Refused) as refusal:
        withholding.withhold_versions(bulletin, actor=desk.here.inspector, numbers=numbers, reason=reason)
    assert refusal.value.code == code


def test_who_still_reads_it_at_their_desk(desk: Desk) -> None:
    bulletin = withheld(desk, leaked(desk), 1)
    page = reverse("bulletins:draft", args=[bulletin.pk])
    reads = {name: SECRET in browser(actor).get(page).content.decode() for name, actor in at_their_desks(desk).items()}
    assert reads == {"cadre": True, "clerk": True, "inspector": True, "supervisor": False, "county": False}
    docx = reverse("bulletins:sheet_to_write", args=[bulletin.pk])
    assert browser(desk.here.clerk).get(docx).status_code == 422  # noqa: PLR2004


def at_their_desks(desk: Desk) -> dict[str, Actor]:
    names = ("cadre", "clerk", "inspector", "county")
    return {**{name: getattr(desk.here, name) for name in names}, "supervisor": desk.supervisor}


def test_its_pages(desk: Desk) -> None:
    bulletin = leaked(desk)
    corrected(desk, bulletin)
    inspector, key = browser(desk.here.inspector), str(uuid.uuid4())
    page = reverse("bulletins:withhold", args=[bulletin.pk])
    shown = inspector.get(page).content.decode()
    assert "第 1 版" in shown and "第 2 版" in shown
    assert inspector.post(page, {"numbers": ["1"], "reason": "", "key": key}).status_code == 422
    assert inspector.post(page, {"numbers": ["1"], "reason": REASON, "key": key}).status_code == 302
    assert "第 1 版" not in inspector.get(page).content.decode().split("<form")[-1]
    page = reverse("bulletins:release", args=[bulletin.pk])
    released = inspector.post(page, {"numbers": ["1"], "reason": "没有", "key": str(uuid.uuid4())})
    assert released.status_code == 302 and Version.objects.get(number=1).withheld_now is None


def test_all_that_leaks_is_corrected_in_one_go(desk: Desk) -> None:
    """What a name given later makes personal stands in two sentences and a table: one form holds all."""
    bulletin = desk.written()
    Block.objects.filter(bulletin=bulletin, origin="gap:decisions").update(text="请问徐阿珍。")
    Block.objects.filter(bulletin=bulletin, origin="gap:money").update(text="付给徐阿珍 200 元。")
    paid = tables.read("补助", "户,元\n徐阿珍,200")
    Block.objects.filter(bulletin=bulletin, origin="table:money").update(
        text=paid.title, content=paid.content, by_hand=True
    )
    actions.hand_in(bulletin, actor=desk.here.cadre)
    actions.review_bulletin(bulletin, actor=desk.supervisor, agreed=True)
    bulletin = actions.publish_bulletin(bulletin, actor=desk.here.cadre)
    public(desk, name="徐阿珍")
    origins = [block["origin"] for block in queries.standing_blocks(bulletin)]
    first, other, third = (1 + origins.index(o) for o in ("gap:decisions", "gap:money", "table:money"))
    page = reverse("bulletins:correct", args=[bulletin.pk, first])
    cadre = browser(desk.here.cadre)
    assert "这一段也有个人信息" in cadre.get(page).content.decode()
    said = {"text": "请问村委会。", f"also_{other}": "付了 200 元。", f"also_{third}": "户,元\n一户,200"}
    said |= {"reason": "去掉名字", "key": str(uuid.uuid4())}
    assert cadre.post(page, said).status_code == 302
    bulletin.refresh_from_db()
    assert "徐阿珍" not in str(queries.standing_blocks(bulletin))


def test_the_reason_of_a_withheld_correction_is_not_listed_with_the_figure(desk: Desk) -> None:
    bulletin = leaked(desk)
    version = corrected(desk, bulletin)
    (measure,) = [m for m in MEASURES if m.code == "briefing.reports_corrected"]
    (row,) = measure.rows()
    assert version.reason in str(measure.record(row).label)
    withheld(desk, bulletin, 2)
    (row,) = measure.rows()
    assert version.reason not in str(measure.record(row).label)
    month = (MORNING + dt.timedelta(days=12)).date().replace(day=1)
    assert counting.total(measure, bulletin.area, month) == counting.series(measure, bulletin.area, [month])[0] == 1
