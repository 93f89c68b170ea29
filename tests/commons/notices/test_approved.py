"""Approved templates: which id, which variables, in which order; and what doctor says of the file."""

import json
from pathlib import Path

import pytest
from django.conf import LazySettings

from xianglin.commons.notices import NoticeTemplate, declare
from xianglin.commons.notices.approved import approved, complaints

TWO = NoticeTemplate("tests.two", "%(slip)s“%(title)s”有答复了：%(answer)s", sms=True)


@pytest.fixture
def table(tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(declare, "REGISTRY", {TWO.key: TWO})
    path = tmp_path / "templates.json"
    settings.SMS_TEMPLATES, settings.SMS_SIGN = str(path), "安吉县"
    return path


def write(path: Path, **line: object) -> None:
    path.write_text(json.dumps({"tests.two": line}), encoding="utf-8")


def test_all_variables_in_the_sentences_order(table: Path) -> None:
    write(table, id=2081234)
    found = approved("tests.two")
    assert found is not None
    assert (found.id, found.sign, found.variables) == ("2081234", "安吉县", ("slip", "title", "answer"))
    assert complaints() == []


def test_those_that_are_named_and_none_too_long(table: Path) -> None:
    write(table, id="7", sign="玉华村", variables=["title", "slip"], longest=6)
    found = approved("tests.two")
    assert found is not None
    assert found.sign == "玉华村"
    assert found.values({"title": "8 组桥头路灯不亮", "slip": "玉华012", "answer": "换了"}) == ["8 组桥头…", "玉华012"]


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("{", "读不了"),
        ("[]", "读不了"),
        ("{}", "还没有报备的模板，发不出去：tests.two"),
        ('{"tests.two": {"sign": "x"}}', "tests.two 写得不对：id"),
        ('{"tests.two": {"id": "1", "variables": ["titel"]}}', "tests.two 写得不对：titel"),
    ],
)
def test_doctor_names_what_is_to_be_mended(table: Path, said: str, heard: str) -> None:
    table.write_text(said)
    assert heard in "".join(complaints())
