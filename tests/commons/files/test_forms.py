"""A form's pictures: chosen without a script or carried as tokens; nothing sent is lost when it is refused."""

import re
from typing import Any

import pytest
from django import forms
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from tests.commons.files.samples import picture, wav
from xianglin.commons.files.forms import UploadsField, with_uploads
from xianglin.commons.files.models import Kind, Upload

pytestmark = pytest.mark.usefixtures("stored")


class Told(forms.Form):
    words = forms.CharField()
    photos = UploadsField(kind=Kind.PICTURE, most=2, label="照片")
    voice = UploadsField(kind=Kind.AUDIO, most=1, label="录音")


class Handed(forms.Form):
    words = forms.CharField()
    papers = UploadsField(kind=Kind.PAPER, most=1, label="文件")


@pytest.fixture
def session(db: None) -> SessionStore:
    return SessionStore()


def sent(session: SessionStore, **data: Any) -> HttpRequest:
    request = RequestFactory().post("/", data)
    request.session = session
    return request


def filled(session: SessionStore, **data: Any) -> Told:
    request = sent(session, **data)
    return with_uploads(Told(request.POST), request)


def chosen(content: bytes | None = None, name: str = "x.bin") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content)


def tokens(form: forms.Form, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([0-9a-f-]{{36}})" checked', str(form[name]))


def test_chosen_files_become_tokens_that_survive_a_refusal(session: SessionStore) -> None:
    form = filled(session, words="", photos=[chosen(), chosen()], voice=chosen(wav(1)))
    assert not form.is_valid() and list(form.errors) == ["words"]
    assert (len(tokens(form, "photos")), len(tokens(form, "voice"))) == (2, 1)
    assert "1.0 秒" in str(form["voice"])
    again = filled(session, words="灯坏了", photos=tokens(form, "photos"), voice=tokens(form, "voice"))
    assert again.is_valid()
    assert [u.token for u in again.cleaned_data["photos"]] == tokens(form, "photos")
    assert Upload.objects.count() == 3, "taken once, however often the form is asked"


def test_one_that_is_refused_takes_no_other_with_it(session: SessionStore) -> None:
    form = filled(session, words="灯坏了", photos=[chosen(), chosen(b"MZ" + bytes(90), "好看.jpg")])
    assert form.errors == {"photos": ["这不是照片，打不开。请选手机拍的照片，或者重新拍一张。"]}
    assert len(tokens(form, "photos")) == 1


def test_too_many_are_said_and_kept(session: SessionStore) -> None:
    form = filled(session, words="灯坏了", photos=[chosen() for _n in range(3)])
    assert form.errors == {"photos": ["照片最多交 2 张，请去掉几张。"]}
    assert len(tokens(form, "photos")) == 3


def test_anothers_token_or_another_kinds_is_worth_nothing(session: SessionStore) -> None:
    held = tokens(filled(session, words="", photos=[chosen()]), "photos")
    for form in (
        filled(SessionStore(), words="灯坏了", photos=held),
        filled(session, words="灯坏了", voice=held),
        filled(session, words="灯坏了", photos=["no token"]),
    ):
        assert not form.is_valid()
        assert "已经不在了" in str(form.errors)


def test_without_any_it_is_fine_and_nothing_is_remembered(session: SessionStore) -> None:
    form = filled(session, words="灯坏了")
    assert form.is_valid()
    assert form.cleaned_data["photos"] == form.cleaned_data["voice"] == []
    assert not session.keys(), "who only writes gets no session from it"
    assert form.is_multipart()


def test_what_it_says_to_those_who_listen(session: SessionStore) -> None:
    shown = str(with_uploads(Told(), sent(session))["photos"].as_widget(attrs={"aria-describedby": "x_error"}))
    assert 'id="id_photos"' in shown and 'aria-describedby="x_error"' in shown


def test_papers_are_kept_too_and_other_things_turned_away(session: SessionStore) -> None:
    request = sent(session, words="", papers=chosen(b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"))
    form = with_uploads(Handed(request.POST), request)
    assert not form.is_valid() and list(form.errors) == ["words"]
    assert len(tokens(form, "papers")) == 1 and 'accept="application/pdf"' in str(form["papers"])
    request = sent(session, words="通知", papers=chosen())
    refused = with_uploads(Handed(request.POST), request)
    assert not refused.is_valid() and "不是 PDF" in str(refused.errors["papers"])
