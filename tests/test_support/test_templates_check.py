from __future__ import annotations

from pathlib import Path

import pytest

from tools import templates_check


@pytest.mark.parametrize(
    "template",
    [
        '<p style="color: red">',
        '<p\n class="a" style = "{{ colour }}">',
        "<style>p {}</style>",
        "<script>go()</script>",
        '<script type="module">go()</script>',
        '<script src="a.js">go()</script>',
        '<button onclick="go()">',
        '<div hx-on:click="go()">',
        '<div hx-on::after-request="go()">',
        "<div hx-vals='js:{a: b}'>",
        '<a href="javascript:go()">',
        '{% trans "话" %}',
        "{% blocktrans trimmed %}话{% endblocktrans %}",
        '<p class="{% if a > b %}x{% endif %}" onload="go()">',
    ],
)
def test_faults_are_told(template: str) -> None:
    assert len(list(templates_check.faults(template))) == 1


@pytest.mark.parametrize(
    "template",
    [
        "<script src=\"{% static 'a.js' %}\" defer></script>",
        '<link rel="stylesheet" href="a.css">',
        '{# <p style="x"> #}',
        "{% comment %}<script>\ngo()</script>{% endcomment %}",
        '<p class="style" data-on="x" hx-get="/a/" hx-vals=\'{"a": 1}\'>on = off, style = plain</p>',
        '{% translate "话" %}{% blocktranslate trimmed %}话{% endblocktranslate %}',
        "{% if a < b %}x{% endif %} on = {{ c }} >",
    ],
)
def test_good_templates_pass(template: str) -> None:
    assert list(templates_check.faults(template)) == []


def test_the_place_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "room" / "templates" / "room" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text("<p>\n  <a onclick='x'>", encoding="utf-8")
    assert templates_check.main(tmp_path) == 1
    assert capsys.readouterr().out.startswith("room/templates/room/page.html:2: An on… attribute")
    page.write_text("<p>", encoding="utf-8")
    assert templates_check.main(tmp_path) == 0
