from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from tools import translations

PYTHON = '''
"""文档 is not a text."""
from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy

TITLE = _("村里的话")
DOOR = pgettext_lazy("地名", "门")

def left(days):
    """还剩几天."""
    return ngettext("还剩 %(days)s 天", "还剩 %(days)s 天", days) % {"days": days}
'''
TEMPLATE = """{% extends "base.html" %}{% load i18n %}
{# 说明，不给人看 #}
    <h1 title="{% translate "村里的话" %}">{% translate "门" context "地名" %}</h1>
  <p>{% blocktranslate trimmed with n=count %}
       还有 {{ n }} 件，办好了
     {% endblocktranslate %}</p>
{% include "x.html" with label=_("名字") %}
"""
SCRIPT = "export const word = gettext('放开就发')"

ENGLISH = {
    "村里的话": "The village's words",
    "门": "Gate",
    "还有 %(n)s 件，办好了": "%(n)s more, done",
    "名字": "Name",
    "放开就发": "Let go to send",
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    for name, text in {
        "room/views.py": PYTHON,
        "room/templates/room/page.html": TEMPLATE,
        "room/static/room/say.js": SCRIPT,
        "room/migrations/0001_first.py": 'LABEL = "迁移里的字"',
        "demo/stories.py": 'WORDS = "路灯不亮"',
        "engine/text.py": 'import re\nPLACES = ("村", "社区")\nASKED = re.compile("请问")',
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def translate(source: Path, **changed: str) -> None:
    """Fill the catalogue by hand, as a translator does."""
    translations.update(source)
    path = source / translations.CATALOGUE
    lines, current = [], ""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith('msgid "'):
            current = line[7:-1]
        if line == 'msgstr ""' and current:
            line = f'msgstr "{changed.get(current, ENGLISH[current])}"'
        if line == 'msgstr[0] ""':
            line = 'msgstr[0] "one day left"'
        if line == 'msgstr[1] ""':
            line = 'msgstr[1] "%(days)s days left"'
        lines.append(line)
    path.write_text("\n".join(lines), encoding="utf-8")


def test_marked_strings_are_found_in_python_templates_and_scripts(source: Path) -> None:
    found = {(string.key, string.place) for string in translations.marked(source)}
    assert (("村里的话", ""), "room/views.py:5") in found
    assert (("村里的话", ""), "room/templates/room/page.html:3") in found
    assert (("门", "地名"), "room/templates/room/page.html:3") in found
    assert (("名字", ""), "room/templates/room/page.html:7") in found
    assert (("放开就发", ""), "room/static/room/say.js:1") in found
    assert len(translations.wanted(source)) == 6


def test_update_adds_removes_and_changes_nothing_twice(source: Path) -> None:
    assert translations.update(source) == (6, 0, 6)
    translate(source)
    written = (source / translations.CATALOGUE).read_text(encoding="utf-8")
    assert translations.update(source) == (0, 0, 0)
    assert (source / translations.CATALOGUE).read_text(encoding="utf-8") == written
    assert "POT-Creation-Date" not in written
    assert "views.py" not in written
    (source / "room/static/room/say.js").unlink()
    assert translations.update(source) == (0, 1, 0)


def test_a_complete_catalogue_passes_and_compiles(source: Path) -> None:
    translate(source)
    assert translations.check(source) == []
    [made] = translations.compile_all(source)
    with made.open("rb") as file:
        english = gettext.GNUTranslations(file)
    assert english.gettext("村里的话") == "The village's words"
    assert english.pgettext("地名", "门") == "Gate"
    assert english.ngettext("还剩 %(days)s 天", "还剩 %(days)s 天", 1) == "one day left"
    assert english.ngettext("还剩 %(days)s 天", "还剩 %(days)s 天", 3) == "%(days)s days left"


def test_missing_and_untranslated_are_told(source: Path) -> None:
    assert any("“名字” is not in the catalogue" in problem for problem in translations.check(source))
    translations.update(source)
    assert any("“名字” has no English yet" in problem for problem in translations.check(source))


@pytest.mark.parametrize(
    ("english", "fault"),
    [
        ("%(m)s more", "other placeholders"),
        ("more", "other placeholders"),
        ("%(n)s 件 more", "has Chinese in its English"),
        ("%(n)s more，done", "has Chinese in its English"),
        ("%(n)s more under 《信访工作条例》", ""),
    ],
)
def test_wrong_english_is_told(source: Path, english: str, fault: str) -> None:
    translate(source, **{"还有 %(n)s 件，办好了": english})
    problems = translations.check(source)
    assert len(problems) == bool(fault)
    assert all(fault in problem for problem in problems)


def test_a_block_broken_inside_its_chinese_is_told(source: Path) -> None:
    page = source / "room/templates/room/page.html"
    page.write_text("{% blocktranslate trimmed %}还有，\n  没有{% endblocktranslate %}", encoding="utf-8")
    assert any("“还有， 没有” has a hole" in problem for problem in translations.check(source))


def test_the_full_width_space_between_two_facts_is_no_hole(source: Path) -> None:
    page = source / "room/templates/room/page.html"
    page.write_text("{% blocktranslate trimmed %}8 组\u3000周阿福{% endblocktranslate %}", encoding="utf-8")
    assert not any("has a hole" in problem for problem in translations.check(source))


def test_fuzzy_obsolete_and_excused_entries(source: Path) -> None:
    translate(source)
    path = source / translations.CATALOGUE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgid "名字"', '#, fuzzy\nmsgid "名字"'), encoding="utf-8")
    assert [problem for problem in translations.check(source) if "fuzzy" in problem]
    path.write_text(text + '\nmsgid "旧话"\nmsgstr "Old words"\n', encoding="utf-8")
    assert translations.check(source) == [
        "locale/en/LC_MESSAGES/django.po: “旧话” is used no more. Run `python tools/translations.py update`."
    ]
    excused = text.replace('msgid "名字"\nmsgstr "Name"', '# zh: the word itself\nmsgid "名字"\nmsgstr "名字"')
    path.write_text(excused, encoding="utf-8")
    assert translations.check(source) == []
    translations.update(source)
    assert path.read_text(encoding="utf-8") == excused


@pytest.mark.parametrize(
    "template",
    [
        "<p>中文</p>",
        '<img alt="路灯">',
        "{{ a }}，{{ b }}",
        '{% include "x.html" with label="名字" %}',
        '{{ name|default:"没有" }}',
        "{% blocktranslate %}好{% endblocktranslate %}不好",
    ],
)
def test_bare_text_in_a_template_is_told(template: str) -> None:
    assert [line for line, _ in translations.bare_in_template(f"\n{template}\n")] == [2]
    assert list(translations.bare_in_template(f"\n{template} {{# zh: a name #}}\n")) == []


@pytest.mark.parametrize(
    "template",
    [
        "{# 中文 #}",
        "<!-- 中文\n中文 -->",
        "{% comment %}\n中文{% endcomment %}",
        '{{ a|default:_("没有") }}',
        "a, b",
    ],
)
def test_text_that_is_marked_or_not_shown_passes_in_a_template(template: str) -> None:
    assert list(translations.bare_in_template(template)) == []


@pytest.mark.parametrize(
    "code",
    [
        'a = "中文"',
        'f(x, "中文")',
        'a = f"中文{x}"',
        'a = "、".join(b)',
        'a = _("中文" + x)',
        'a = _(f"中文{x}")',
    ],
)
def test_bare_text_in_python_is_told(code: str) -> None:
    assert [line for line, _ in translations.bare_in_python(f"\n{code}\n")] == [2]
    assert list(translations.bare_in_python(f"\n{code}  # zh: data\n")) == []
    assert list(translations.bare_in_python(f"\n# zh: data\n{code}\n")) == []


@pytest.mark.parametrize(
    "code",
    [
        '"""中文"""',
        'a = _("中文")',
        'if a == "中文": pass',
        'a.endswith("村")',
        'import re\nA = re.compile("村")',
        "a = 1  # 中文",
    ],
)
def test_text_that_is_marked_or_not_shown_passes_in_python(code: str) -> None:
    assert list(translations.bare_in_python(code)) == []


def test_the_engine_computes_with_chinese_but_speaks_no_sentences() -> None:
    assert list(translations.bare_in_python('A = {"村": "cun"}\nb = "某" * 2', engine=True)) == []
    assert len(list(translations.bare_in_python('def why():\n    return "就近，能去"', engine=True))) == 1


def test_bare_text_in_a_script_is_told() -> None:
    script = 'a = gettext("放开就发");\nb = "没有网";\nc = `没有${a}`;\nd = "村";  // zh: data\n'
    assert [line for line, _ in translations.bare_in_script(script)] == [2, 3]


def test_the_command_answers_with_its_exit_code(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert translations.main(["check"], source) == 1
    assert translations.main(["update"], source) == 0
    translate(source)
    assert translations.main(["check"], source) == 0
    assert translations.main(["compile"], source) == 0
    assert translations.main(["extract"], source) == 0
    assert "room/static/room/say.js:1\t放开就发" in capsys.readouterr().out
    assert translations.main([], source) == 2
