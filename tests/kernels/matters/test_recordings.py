"""Said aloud: kept as the words are, written down by the post, read and put right by its author; and photos."""

import struct
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.commons.files.conftest import send
from tests.commons.files.samples import exif, picture, played, wav
from tests.kernels.matters.conftest import MORNING, WORDS, Village, receipt_of, steps, told
from tests.support.cast import as_account
from xianglin.base import clock
from xianglin.base.actor import NOBODY
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.access.models import Account
from xianglin.commons.files import contents
from xianglin.commons.files.models import File, Kind, Upload
from xianglin.commons.keys.sealing import destroy
from xianglin.commons.trail.models import Entry
from xianglin.kernels.matters import actions, jobs, queries, rules
from xianglin.kernels.matters.models import AnswerPhoto, Enclosure, Matter, Source, State

pytestmark = pytest.mark.usefixtures("morning", "stored")
HEARD = "桥头第二盏灯，半个月没亮了。"
Trailed = Callable[..., list[tuple[str, str]]]


def voice(seconds: float = 2.0) -> Upload:
    return send(wav(seconds), Kind.AUDIO)


def photo(**more: Any) -> Upload:
    return send(picture(**more), Kind.PICTURE)


def spoken(here: Village, *more: Upload, words: str = "", **said: Any) -> Matter:
    return here.say(words=words, uploads=(voice(), *more), **said)


def browser(here: Village, who: str) -> Client:
    return as_account(Account.objects.get(pk=getattr(here, who).account_id))


def heard(here: Village, matter: Matter, text: str = HEARD) -> Matter:
    return actions.transcribe_words(matter, actor=here.cadre, text=text)


# --- said


def test_a_voice_alone_is_a_matter(here: Village, trailed: Trailed, tmp_path: Path) -> None:
    matter = Matter.objects.get(pk=spoken(here).pk)
    assert (matter.state, matter.voice_seconds, matter.called) == (State.RECEIVED, 2, "语音（2 秒）")
    assert queries.words_of(matter) == "", "nothing is written down yet, which is not the same as destroyed"
    (enclosure,) = queries.enclosures_of(matter)
    content = contents.read(enclosure.file)
    assert content is not None and played(content, tmp_path)[0] == pytest.approx(2.0, abs=0.1)
    assert trailed(enclosure) == [("matters.raise", "nobody")]
    assert trailed(enclosure.file)[0] == ("matters.raise", "nobody")
    listed = browser(here, "cadre").get("/matters/").content.decode()
    assert "语音（2 秒）" in listed and f"/said/{enclosure.pk}/" in listed


def test_neither_written_nor_spoken_is_nothing(here: Village) -> None:
    for uploads in ((), (photo(),)):
        with pytest.raises(Refused) as refusal:
            here.say(words=" ", uploads=uploads)
        assert refusal.value.code == "matters.no_words"
    with pytest.raises(Refused) as refusal:
        here.say(uploads=(voice(), voice()))
    assert refusal.value.code == "files.too_many"
    with pytest.raises(Refused) as refusal:
        here.say(uploads=tuple(photo() for _n in range(4)))
    assert refusal.value.code == "files.too_many"
    assert not File.objects.exists() and not Matter.objects.exists()


def test_sent_twice_it_is_said_once(here: Village) -> None:
    key, said = uuid.uuid4(), actions.Said(words="", uploads=(voice(),))
    first = actions.raise_matter(here.place, actor=NOBODY, said=said, key=key)
    assert actions.raise_matter(here.place, actor=NOBODY, said=said, key=key).pk == first.pk
    assert (Enclosure.objects.count(), File.objects.count()) == (1, 1)


def test_it_is_sealed_as_the_words_are(here: Village, stored: Callable[[], list[Path]]) -> None:
    matter = spoken(here, photo(exif=exif("2026:03:01 08:00:00")))
    files = [enclosure.file for enclosure in queries.enclosures_of(matter)]
    assert len(stored()) == 3
    assert not [path for path in stored() if b"ftyp" in path.read_bytes() or b"JFIF" in path.read_bytes()]
    written = "".join(before + after for before, after in Entry.objects.values_list("before", "after"))
    assert not [f for f in files if f.open_secret]
    assert "open_secret" not in written.replace('"open_secret":""', ""), "the trail has no key in the clear"
    destroy(matter.author.key)
    assert [contents.read(file) for file in files] == [None, None]


def test_who_may_hear_it(here: Village) -> None:
    matter = spoken(here, photo(), by=here.villager)
    for enclosure in queries.enclosures_of(matter):
        page = reverse("matters:enclosure", args=[enclosure.pk])
        for who in ("cadre", "second", "clerk", "county", "inspector", "villager"):
            answer = browser(here, who).get(page)
            assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store"), who
            assert answer["X-Content-Type-Options"] == "nosniff"
        for who in ("beside", "officer", "outsider"):
            assert browser(here, who).get(page).status_code == 404, who
        assert Client().get(page).status_code == 404
    part = browser(here, "cadre").get(
        reverse("matters:enclosure", args=[queries.enclosures_of(matter)[0].pk]),
        headers={"Range": "bytes=0-1", "Accept-Encoding": "gzip"},
    )
    assert (part.status_code, len(part.content)) == (206, 2)
    actions.quarantine_matter(matter, actor=here.cadre)
    assert browser(here, "cadre").get(page).status_code == 404, "what may be about them"
    assert browser(here, "inspector").get(page).status_code == 200


def test_the_holder_of_its_receipt_hears_it(here: Village) -> None:
    key = uuid.uuid4()
    matter = actions.raise_matter(here.place, actor=NOBODY, said=actions.Said(words="", uploads=(voice(),)), key=key)
    page = reverse("matters:enclosure", args=[queries.enclosures_of(matter)[0].pk])
    holder = Client()
    assert holder.get(page).status_code == 404
    holder.post(reverse("matters:receipt"), {"code": rules.code_of(key)})
    assert holder.get(page).status_code == 200
    assert page in holder.get(reverse("matters:own", args=[matter.pk])).content.decode()


# --- written down, and confirmed


def test_the_post_writes_it_down_and_its_author_confirms(here: Village, trailed: Trailed) -> None:
    matter = heard(here, spoken(here, phone="13800000077"))
    assert (queries.words_of(matter), matter.unconfirmed) == (HEARD, True)
    assert queries.first_title_of(matter)
    assert trailed(matter)[-1] == ("matters.transcribe", here.cadre.ref)
    assert told("matters.transcribed") == [(None, "sms")]
    assert "转写未确认" in browser(here, "cadre").get(f"/matters/{matter.pk}/").content.decode()
    matter = actions.confirm_words(matter, actor=receipt_of(matter), text=HEARD)
    assert (queries.words_of(matter), matter.unconfirmed) == (HEARD, False)
    assert steps(matter) == ["raised", "transcribed", "confirmed"]
    shown = browser(here, "cadre").get(f"/matters/{matter.pk}/").content.decode()
    assert "提的人看过，是这样说的" in shown and "转写未确认" not in shown


def test_its_author_puts_it_right(here: Village) -> None:
    matter = actions.assign_matter(heard(here, spoken(here)), actor=here.cadre, account_id=here.second.account_id)
    matter = actions.confirm_words(matter, actor=receipt_of(matter), text="桥尾第三盏灯。")
    assert queries.words_of(Matter.objects.get(pk=matter.pk)) == "桥尾第三盏灯。"
    assert steps(matter)[-1] == "put_right"
    assert told("matters.put_right") == [(here.second.account_id, "in_app")]
    for deed in (
        lambda: heard(here, matter),
        lambda: actions.confirm_words(matter, actor=receipt_of(matter), text="又改"),
    ):
        with pytest.raises(Refused) as refusal:
            deed()
        assert refusal.value.code == "matters.confirmed_already"


def test_until_then_the_post_may_write_it_anew(here: Village) -> None:
    matter = heard(here, heard(here, spoken(here), text="听不清"))
    assert queries.words_of(matter) == HEARD


def test_what_its_author_wrote_stays_beside_what_was_heard(here: Village) -> None:
    matter = heard(here, spoken(here, words="见录音。"))
    assert (queries.words_of(matter), queries.heard_beside(matter)) == ("见录音。", HEARD)
    matter = actions.confirm_words(matter, actor=receipt_of(matter), text="桥尾第三盏灯。")
    assert (queries.words_of(matter), queries.heard_beside(matter)) == ("见录音。", "桥尾第三盏灯。")
    shown = browser(here, "cadre").get(f"/matters/{matter.pk}/").content.decode()
    assert "见录音。" in shown and "桥尾第三盏灯。" in shown


@pytest.mark.parametrize("who", ["villager", "beside", "inspector", "officer", "outsider"])
def test_not_theirs_to_write_down(here: Village, who: str) -> None:
    with pytest.raises(Forbidden):
        actions.transcribe_words(spoken(here), actor=getattr(here, who), text=HEARD)


@pytest.mark.parametrize("who", ["cadre", "second", "clerk", "inspector", "beside", "villager"])
def test_not_theirs_to_confirm(here: Village, who: str) -> None:
    with pytest.raises(Forbidden):
        actions.confirm_words(heard(here, spoken(here)), actor=getattr(here, who), text=HEARD)


def test_where_nothing_was_spoken_there_is_nothing_to_write_down(here: Village) -> None:
    with pytest.raises(Refused) as refusal:
        heard(here, here.say())
    assert refusal.value.code == "matters.nothing_to_transcribe"
    with pytest.raises(Refused) as refusal:
        actions.confirm_words(here.say(by=here.villager), actor=here.villager, text=WORDS)
    assert refusal.value.code == "matters.nothing_to_confirm"


def test_what_was_noted_at_the_door_is_confirmed_by_whom_it_was_said(here: Village) -> None:
    matter = here.say(by=here.cadre, source=Source.VISIT)
    assert matter.unconfirmed
    assert "替他记的，他还没看过" in browser(here, "second").get(f"/matters/{matter.pk}/").content.decode()
    matter = actions.confirm_words(matter, actor=receipt_of(matter), text="路灯坏了一个月。")
    assert (queries.words_of(matter), matter.unconfirmed) == ("路灯坏了一个月。", False)
    assert not here.say(by=here.cadre, source=Source.PLATFORM).unconfirmed, "copied as its author wrote it"


def test_the_authors_page_asks_and_takes_the_answer(here: Village) -> None:
    key = uuid.uuid4()
    matter = actions.raise_matter(here.place, actor=NOBODY, said=actions.Said(words="", uploads=(voice(),)), key=key)
    holder = Client()
    holder.post(reverse("matters:receipt"), {"code": rules.code_of(key)})
    page, confirm = reverse("matters:own", args=[matter.pk]), reverse("matters:own_confirm", args=[matter.pk])
    assert "待您确认" not in holder.get(page).content.decode()
    heard(here, matter)
    shown = holder.get(page).content.decode()
    assert "待您确认" in shown and f">\n{HEARD}</textarea>" in shown
    empty = holder.post(confirm, {"text": " ", "key": uuid.uuid4()})
    assert empty.status_code == 422 and "空着不行" in empty.content.decode()
    done = holder.post(confirm, {"text": "桥尾第三盏灯。", "key": uuid.uuid4()}, follow=True).content.decode()
    assert "记下的话就按这个" in done and "桥尾第三盏灯。" in done and "待您确认" not in done
    assert Client().post(confirm, {"text": "别的", "key": uuid.uuid4()}).status_code == 404


def test_who_wrote_it_down_confirms_nothing_with_the_receipt_they_wrote(here: Village) -> None:
    cadre = browser(here, "cadre")
    key = uuid.uuid4()
    cadre.post(reverse("matters:note"), {"words": WORDS, "source": "visit", "key": key})
    matter = Matter.objects.get()
    cadre.post(reverse("matters:receipt"), {"code": rules.code_of(key)})
    assert "待您确认" not in cadre.get(reverse("matters:own", args=[matter.pk])).content.decode()
    answer = cadre.post(reverse("matters:own_confirm", args=[matter.pk]), {"text": WORDS, "key": uuid.uuid4()})
    assert answer.status_code == 422 and "要由提的人自己看过再确认" in answer.content.decode()
    assert Matter.objects.get().confirmed_at is None


# --- split, purged


def test_the_parts_of_a_question_keep_the_recording_each(here: Village) -> None:
    matter = actions.split_matter(spoken(here), actor=here.cadre, titles=["灯", "路"])
    part = matter.parts.get()
    assert [e.file_id for e in queries.enclosures_of(part)] == [e.file_id for e in queries.enclosures_of(matter)]


def purged(here: Village, matter: Matter) -> None:
    actions.quarantine_matter(matter, actor=here.cadre)
    actions.hand_over_matter(matter, actor=here.inspector, to="县纪委监委信访室")
    with clock.living_at(MORNING.replace(month=4, day=20)):
        assert jobs.purge.func() == 1


def test_purged_with_the_words(
    here: Village,
    stored: Callable[[], list[Path]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    matter = heard(here, spoken(here, photo(), by=here.villager))
    other = spoken(here, by=here.villager)
    pages = [reverse("matters:enclosure", args=[e.pk]) for e in queries.enclosures_of(matter)]
    with django_capture_on_commit_callbacks(execute=True):
        purged(here, matter)
    matter.refresh_from_db()
    assert (queries.words_of(matter), matter.transcript, matter.voice_seconds) == (None, None, 0)
    assert queries.enclosures_of(matter) == []
    gone = File.objects.exclude(gone_at=None)
    assert gone.count() == 2 and not [f for f in gone if f.secret or f.stored_as or f.look]
    assert len(stored()) == 1, "what else its author said is kept"
    assert contents.read(queries.enclosures_of(other)[0].file)
    assert {browser(here, "inspector").get(page).status_code for page in pages} == {404}


def test_a_voice_that_nobody_wrote_down_is_purged_too(here: Village) -> None:
    matter = spoken(here)
    purged(here, matter)
    assert not Enclosure.objects.exists() and File.objects.get().gone_at


def test_another_part_keeps_its_own(here: Village) -> None:
    whole = actions.split_matter(spoken(here), actor=here.cadre, titles=["灯", "路"])
    part = whole.parts.get()
    purged(here, part)
    assert queries.enclosures_of(whole) and not queries.enclosures_of(part)


# --- answered with photos


def answered(here: Village, *photos: Upload, **said: Any) -> Matter:
    matter = actions.triage_matter(here.given(**said), actor=here.cadre, title="路灯不亮", category="", public=True)
    return actions.answer_matter(matter, actor=here.second, text="换好了。", photos=photos)


def test_everybody_sees_what_was_done_and_when_it_was_taken(here: Village, trailed: Trailed) -> None:
    matter = answered(here, photo(exif=exif("2025:05:17 08:00:00")), photo())
    page = Client().get(reverse("matters:public", args=[matter.area.code, matter.serial])).content.decode()
    assert "5 月 17 日拍的" in page and "拍摄时间不详" in page
    first, second = AnswerPhoto.objects.order_by("order")
    shown = Client().get(reverse("matters:answer_photo", args=[first.pk]))
    assert (shown.status_code, shown["Cache-Control"]) == (200, "public, max-age=600")
    assert shown.content.startswith(b"\xff\xd8\xff") and b"Exif" not in shown.content
    small = Client().get(reverse("matters:answer_photo", args=[second.pk]) + "?small")
    assert len(small.content) < len(shown.content)
    assert trailed(first) == [("matters.answer", here.second.ref)]
    assert f"/answers/{first.pk}/" in browser(here, "cadre").get(f"/matters/{matter.pk}/").content.decode()


def test_at_most_six(here: Village) -> None:
    with pytest.raises(Refused) as refusal:
        answered(here, *(photo(size=(60, 40)) for _n in range(7)))
    assert refusal.value.code == "files.too_many"
    assert not AnswerPhoto.objects.exists()


def test_off_the_board_only_those_see_it_who_see_the_matter(here: Village) -> None:
    matter = answered(here, photo(), by=here.villager)
    page = reverse("matters:answer_photo", args=[AnswerPhoto.objects.get().pk])
    actions.publish_matter(matter, actor=here.cadre, title="路灯不亮", public=False, reason="提的人不愿公开")
    assert Client().get(page).status_code == browser(here, "beside").get(page).status_code == 404
    for who in ("cadre", "villager"):
        assert browser(here, who).get(page)["Cache-Control"] == "private, no-store"


def test_duplicates_show_the_same_photo(here: Village) -> None:
    parent = here.given()
    child = actions.link_duplicate(here.say(), actor=here.cadre, parent_id=parent.pk)
    actions.answer_matter(parent, actor=here.second, text="换好了。", photos=[photo()])
    assert File.objects.count() == 1
    assert [len(queries.answers_of(m)[0].photos.all()) for m in (parent, child)] == [1, 1]


def test_a_wrong_photo_is_taken_down_with_a_correction(
    here: Village,
    stored: Callable[[], list[Path]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    matter = answered(here, photo(), photo())
    wrong = AnswerPhoto.objects.order_by("order")[0]
    cadre = browser(here, "second")
    page = f"/matters/{matter.pk}/correct/"
    assert "第 1 张，拍摄时间不详" in cadre.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        sent = {"text": "换好了。", "reason": "照片里有人脸", "off": [wrong.pk], "destroy": "yes", "key": uuid.uuid4()}
        assert cadre.post(page, sent).status_code == 302
    assert Client().get(reverse("matters:answer_photo", args=[wrong.pk])).status_code == 404
    assert len(stored()) == 2
    shown = Client().get(reverse("matters:public", args=[matter.area.code, matter.serial])).content.decode()
    assert "照片里有人脸" in shown and f"/answers/{wrong.pk}/" not in shown


# --- the forms, without a script


def chosen(content: bytes, name: str = "x") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_the_form_takes_a_voice_alone(here: Village) -> None:
    page, visitor = reverse("matters:say", args=[here.place.code]), Client()
    sent = {"words": "", "voice": chosen(wav(2)), "key": uuid.uuid4()}
    assert visitor.post(page, sent)["Location"] == reverse("matters:slip")
    assert Matter.objects.get().voice_seconds == 2
    again = {"words": "", "voice": chosen(wav(3)), "key": uuid.uuid4()}
    visitor.post(page, again)
    assert Matter.objects.count() == 2, "another recording is another matter, though neither has words"


def test_the_form_as_a_browser_without_scripts_sends_it(here: Village) -> None:
    """Where no file was chosen it sends an empty field of that name, one for each way to choose."""
    told = {"words": "路灯不亮。", "name": "", "phone": "", "key": str(uuid.uuid4()), "voice": "", "photos": ["", ""]}
    answer = Client().post(reverse("matters:say", args=[here.place.code]), told)
    assert answer.status_code == 302, answer.content.decode()
    assert queries.words_of(Matter.objects.latest("pk")) == "路灯不亮。"


def test_refused_the_form_keeps_what_was_sent(here: Village) -> None:
    page, visitor = reverse("matters:say", args=[here.place.code]), Client()
    photos = [chosen(picture()), chosen(picture())]
    refused = visitor.post(page, {"words": "", "photos": photos, "phone": "139", "key": uuid.uuid4()})
    shown = refused.content.decode()
    assert refused.status_code == 422 and "还没写内容" in shown and "少 8 位" in shown
    tokens = [str(u.pk) for u in Upload.objects.all()]
    assert len(tokens) == 2 and all(f'value="{token}" checked' in shown for token in tokens)
    assert visitor.post(page, {"words": WORDS, "photos": tokens, "key": uuid.uuid4()}).status_code == 302
    assert len(queries.enclosures_of(Matter.objects.get())) == 2


def test_the_form_sent_again_from_the_way_back_says_nothing_twice(here: Village) -> None:
    page, visitor = reverse("matters:say", args=[here.place.code]), Client()
    visitor.post(page, {"words": "", "voice": chosen(wav(2)), "phone": "139", "key": uuid.uuid4()})
    token = str(Upload.objects.get().pk)
    for _twice in (1, 2):
        sent = visitor.post(page, {"words": "", "voice": token, "key": uuid.uuid4()}, follow=True)
        assert sent.status_code == 200
    assert "没有再记一遍" in sent.content.decode()
    assert Matter.objects.count() == 1


def test_noted_at_the_door_with_the_phone_held_out(here: Village) -> None:
    cadre = browser(here, "cadre")
    sent = {"words": "", "voice": chosen(wav(2)), "source": "visit", "key": uuid.uuid4()}
    assert cadre.post(reverse("matters:note"), sent).status_code == 302
    matter = Matter.objects.get()
    assert not matter.unconfirmed, "there is nothing yet to confirm"
    assert cadre.post(f"/matters/{matter.pk}/transcribe/", {"text": HEARD, "key": uuid.uuid4()}).status_code == 302
    assert Matter.objects.get().unconfirmed


def test_an_answers_form_takes_photos(here: Village) -> None:
    matter = here.given()
    page, cadre = f"/matters/{matter.pk}/answer/", browser(here, "second")
    bad = {"text": "", "outcome": "done", "photos": [chosen(b"MZ" + struct.pack("<I", 0) * 20), chosen(picture())]}
    refused = cadre.post(page, {**bad, "key": uuid.uuid4()})
    assert refused.status_code == 422 and "这不是照片" in refused.content.decode()
    token = str(Upload.objects.get().pk)
    sent = {"text": "换好了。", "outcome": "done", "photos": [token], "key": uuid.uuid4()}
    assert cadre.post(page, sent).status_code == 302
    assert AnswerPhoto.objects.count() == 1
