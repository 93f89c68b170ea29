"""The papers stay true where a machine can tell: links lead somewhere, rooms have their page, names exist."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.utils.module_loading import autodiscover_modules

from xianglin.base.action import REGISTRY

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "xianglin"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *SOURCE.rglob("*.md")])
MOST_PICTURE_BYTES = 150 * 1024
TESTS_OWN = {"XIANGLIN_TEST_DB"}

_LINK = re.compile(r'\]\(([^)\s]+)\)|<img[^>]* src="([^"]+)"')
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def _links(document: Path) -> list[str]:
    prose = _FENCE.sub("", document.read_text(encoding="utf-8"))
    return [markdown or picture for markdown, picture in _LINK.findall(prose)]


def _anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    for link in _links(document):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        target, _hash, anchor = link.partition("#")
        place = (document.parent / target).resolve() if target else document
        assert place.exists(), f"{link} leads nowhere"
        assert not anchor or anchor in _anchors(place), f"{link} names no heading"


def test_every_room_has_its_page() -> None:
    rooms = [Path(config.path) for config in apps.get_app_configs() if config.name.startswith("xianglin.")]
    assert {path.parent for path in SOURCE.rglob("apps.py")} == set(rooms), "a room that is not installed"
    assert [str(room.relative_to(SOURCE)) for room in rooms if not (room / "README.md").exists()] == []


def test_every_variable_is_in_the_operators_table() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    read = set(re.findall(r'environ(?:\.get\(|\[)"((?:XIANGLIN_|DATABASE_|PORT)\w*)"', code)) - TESTS_OWN
    table = (ROOT / "docs" / "operator.md").read_text(encoding="utf-8")
    assert len(read) > 10
    assert sorted(name for name in read if f"`{name}`" not in table) == []


def test_the_actions_of_the_glossary_exist() -> None:
    autodiscover_modules("actions")
    named = set(re.findall(r"`((?:matters|access|areas)\.\w+)`", (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")))
    assert sorted(named - set(REGISTRY)) == []
    # and none of a matter's verbs goes without its Chinese word
    verbs = {name for name in REGISTRY if name.startswith("matters.")}
    assert sorted(verbs - named) == []


def test_every_decision_is_listed_and_pictures_are_small() -> None:
    decisions = ROOT / "docs" / "decisions"
    listed = set(_links(decisions / "README.md"))
    assert {path.name for path in decisions.glob("*.md")} - {"README.md"} == listed
    pictures = list((ROOT / "docs" / "pictures").glob("*.png"))
    assert pictures
    assert [path.name for path in pictures if path.stat().st_size > MOST_PICTURE_BYTES] == []
