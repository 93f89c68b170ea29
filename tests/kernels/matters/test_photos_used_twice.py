"""照片重复: a picture that showed another matter's answer is noticed before it is sent, told of, and replaced."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.commons.files.conftest import send
from tests.commons.files.samples import jpeg, scene
from tests.kernels.matters.conftest import Village, at, steps
from tests.support.cast import as_account
from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.access.models import Account
from xianglin.commons.files.models import Kind, Upload
from xianglin.commons.trail.models import Entry
from xianglin.kernels.matters import actions, queries
from xianglin.kernels.matters.models import AnswerPhoto, Matter, Reuse, State

pytestmark = pytest.mark.usefixtures("morning", "stored")
LAMP, ROAD = 1, 2  # pictures
WHY = "两盏灯在同一根杆上。"


def photo(which: int, quality: int = 88) -> Upload:
    return send(jpeg(scene(which), quality), Kind.PICTURE, owner=str(uuid.uuid4()))


def titled(here: Village, title: str, **said: Any) -> Matter:
    return actions.triage_matter(here.given(**said), actor=here.cadre, title=title, category="", public=True)


def answer(matter: Matter, by: Actor, *photos: Upload, again: str = "") -> Matter:
    return actions.answer_matter(matter, actor=by, text="换好了。", photos=photos, again=again)


@pytest.fixture
def lamp(here: Village) -> Matter:
    """Answered with the lamp's picture."""
    return answer(titled(here, "桥头灯不亮"), here.second, photo(LAMP))


def refused(deed: Any) -> Refused:
    with pytest.raises(Refused) as refusal:
        deed()
    return refusal.value


def browser(actor: Actor) -> Client:
    return as_account(Account.objects.get(pk=actor.account_id))


def test_used_for_another_matter_it_is_said_where_and_asked_why(here: Village, lamp: Matter) -> None:
    other = titled(here, "坡上灯不亮")
    refusal = refused(lambda: answer(other, here.second, photo(ROAD), photo(LAMP, 40)))
    assert refusal.code == "matters.photo_used_before"
    assert "第 2 张照片，3 月 10 日答复“桥头灯不亮”时用过" in str(refusal.message)
    assert AnswerPhoto.objects.count() == 1 and not Reuse.objects.exists()
    answer(other, here.second, photo(ROAD), photo(LAMP, 40), again=WHY)
    reuse = Reuse.objects.get()
    assert (reuse.photo.order, reuse.earlier.answer.matter, reuse.why) == (1, lamp, WHY)
    assert (reuse.area, reuse.town_id, reuse.at) == (here.place, other.town_id, clock.now())
    assert Entry.objects.filter(subject=f"matters.Reuse:{reuse.pk}", action="matters.answer").exists()


def test_everybody_reads_it_under_the_picture(here: Village, lamp: Matter) -> None:
    other = answer(titled(here, "坡上灯不亮"), here.second, photo(LAMP), again=WHY)
    shown = Client().get(reverse("matters:public", args=[here.place.code, other.serial])).content.decode()
    assert f"3 月 10 日答复“桥头灯不亮”时也用过：{WHY}" in shown
    actions.publish_matter(lamp, actor=here.cadre, title="桥头灯不亮", public=False, reason="提的人不愿公开")
    shown = Client().get(reverse("matters:public", args=[here.place.code, other.serial])).content.decode()
    assert "桥头灯不亮" not in shown and "3 月 10 日答复另一件事时也用过" in shown


def test_the_word_is_public_so_nothing_personal_stands_in_it(here: Village, lamp: Matter) -> None:
    other = titled(here, "坡上灯不亮")
    assert refused(lambda: answer(other, here.second, photo(LAMP), again="问 13812345678")).code == "matters.leak"


def test_in_the_village_beside_it_is_noticed_too(here: Village, lamp: Matter) -> None:
    place = here.cast.places.beside_village
    matter = here.say(place=place)
    matter = actions.assign_matter(matter, actor=here.beside, account_id=here.beside.account_id)
    refusal = refused(lambda: answer(matter, here.beside, photo(LAMP)))
    assert f"{here.place.name}答复“桥头灯不亮”" in str(refusal.message)


def test_one_case_is_one_case(here: Village, lamp: Matter) -> None:
    """A later round, the duplicates under one parent, and the parts of one question."""
    again = actions.settle_matter(lamp, actor=Actor("receipt", str(lamp.pk)), settled=False)
    answer(again, here.second, photo(LAMP))
    parent = titled(here, "路面坑洼")
    child = actions.link_duplicate(here.say(), actor=here.cadre, parent_id=parent.pk)
    answer(parent, here.second, photo(ROAD))
    child.refresh_from_db()
    assert child.state == State.ANSWERED
    child = actions.settle_matter(child, actor=Actor("receipt", str(child.pk)), settled=False)
    answer(child, here.second, photo(ROAD))
    whole = actions.split_matter(here.say(), actor=here.cadre, titles=["渠堵了", "闸坏了"])
    for part in (whole, whole.parts.get()):
        answer(actions.assign_matter(part, actor=here.cadre, account_id=here.second.account_id), here.second, photo(3))
    assert not Reuse.objects.exists()


def test_for_duplicates_it_counts_once(here: Village, lamp: Matter) -> None:
    parent = titled(here, "坡上灯不亮")
    actions.link_duplicate(here.say(), actor=here.cadre, parent_id=parent.pk)
    answer(parent, here.second, photo(LAMP), again=WHY)
    assert Reuse.objects.count() == 1


def test_the_form_asks_why_and_keeps_the_picture(here: Village, lamp: Matter) -> None:
    other = titled(here, "坡上灯不亮")
    page, cadre = f"/matters/{other.pk}/answer/", browser(here.second)
    assert "为什么又用这张照片" not in cadre.get(page).content.decode(), "nobody is asked for nothing"
    sent = {"text": "换好了。", "outcome": "done", "key": str(uuid.uuid4())}
    file = SimpleUploadedFile("x", jpeg(scene(LAMP)))
    back = cadre.post(page, {**sent, "photos": [file], "again": ""})
    shown = back.content.decode()
    assert back.status_code == 422 and "为什么又用这张照片" in shown and "桥头灯不亮" in shown
    assert "可以不填" not in shown[shown.index("为什么又用这张照片") :]
    token = str(Upload.objects.exclude(state="kept").get().pk)
    assert f'value="{token}" checked' in shown
    assert cadre.post(page, {**sent, "photos": [token], "again": WHY}).status_code == 302
    assert Reuse.objects.get().why == WHY


# --- replaced by a correction


@pytest.fixture
def reused(here: Village, lamp: Matter) -> Matter:
    return answer(titled(here, "坡上灯不亮"), here.second, photo(LAMP), again="没来得及拍。")


def test_replaced_the_old_one_is_seen_by_staff_alone(here: Village, reused: Matter) -> None:
    old = AnswerPhoto.objects.get(answer__matter=reused)
    page, cadre = f"/matters/{reused.pk}/correct/", browser(here.second)
    with clock.living_at(at("2026-03-12")):
        new = SimpleUploadedFile("x", jpeg(scene(ROAD)))
        told = {"text": "换好了。", "reason": "照片拿错了", "off": [old.pk], "destroy": "no", "photos": [new]}
        assert cadre.post(page, {**told, "again": "", "key": uuid.uuid4()}).status_code == 302
    public = Client().get(reverse("matters:public", args=[here.place.code, reused.serial])).content.decode()
    first, second = AnswerPhoto.objects.filter(answer__matter=reused).order_by("order")
    assert f"/answers/{second.pk}/" in public and f"/answers/{first.pk}/" not in public and "照片拿错了" in public
    address = reverse("matters:answer_photo", args=[first.pk])
    assert Client().get(address).status_code == 404
    inspector = browser(here.inspector)
    assert inspector.get(address)["Cache-Control"] == "private, no-store"
    desk = inspector.get(f"/matters/{reused.pk}/").content.decode()
    assert "换下的照片" in desk and "3 月 12 日换下" in desk
    assert Reuse.objects.get().is_mended
    assert steps(reused)[-1] == "corrected"


def test_what_was_replaced_can_be_used_elsewhere(here: Village, lamp: Matter, reused: Matter) -> None:
    """The picture was the village's own lamp: taken from where it did not belong, it may show what it shows."""
    first = AnswerPhoto.objects.get(answer__matter=lamp)
    actions.correct_answer(lamp, actor=here.second, text="换好了。", reason="拿错了", replace=[first.pk])
    assert Reuse.objects.get().is_mended
    page = Client().get(reverse("matters:public", args=[here.place.code, reused.serial])).content.decode()
    assert "也用过" not in page


def test_a_new_one_is_looked_for_too(here: Village, reused: Matter) -> None:
    old = AnswerPhoto.objects.get(answer__matter=reused)
    told: dict[str, Any] = {"actor": here.second, "text": "换好了。", "reason": "拿错了", "replace": [old.pk]}
    assert refused(lambda: actions.correct_answer(reused, **told, photos=[photo(LAMP)])).code == (
        "matters.photo_used_before"
    )
    old.refresh_from_db()
    assert old.replaced_at is None


def test_at_most_six_are_shown(here: Village, reused: Matter) -> None:
    told: dict[str, Any] = {"actor": here.second, "text": "换好了。", "reason": "补几张"}
    more = [photo(seed) for seed in range(10, 16)]
    assert refused(lambda: actions.correct_answer(reused, **told, photos=more)).code == "files.too_many"
    assert actions.correct_answer(reused, **told, photos=more[:5])
    assert len(queries.answers_of(reused)[0].photos.all()) == 6


def test_duplicates_show_the_new_one_too(here: Village) -> None:
    parent = titled(here, "路面坑洼")
    child = actions.link_duplicate(here.say(), actor=here.cadre, parent_id=parent.pk)
    answer(parent, here.second, photo(ROAD))
    old = AnswerPhoto.objects.filter(answer__matter=parent).get()
    told: dict[str, Any] = {"actor": here.second, "text": "补好了。", "reason": "拿错了", "replace": [old.pk]}
    actions.correct_answer(parent, **told, photos=[photo(LAMP)])
    new = [queries.answers_of(m)[0].photos.all() for m in (parent, child)]
    assert [len(photos) for photos in new] == [1, 1] and new[0][0].file == new[1][0].file


def test_destroyed_nobody_sees_it_and_nothing_is_left_to_tell(here: Village, reused: Matter) -> None:
    old = AnswerPhoto.objects.get(answer__matter=reused)
    actions.correct_answer(reused, actor=here.second, text="换好了。", reason="拍到了人脸", drop=[old.pk])
    assert browser(here.inspector).get(reverse("matters:answer_photo", args=[old.pk])).status_code == 404
    assert not Reuse.objects.exists()
