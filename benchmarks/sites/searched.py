"""A site whose public texts are searched: its page, and beside it the same table read with LIKE."""

import sys
import time
from dataclasses import dataclass
from typing import Any

from benchmarks.site_process import Page, client_for, serve, version_of_database
from benchmarks.sites.ours import TODAY

# What is typed, and what it stands for.
WORDS = {
    "very common": "路灯",
    "two characters": "水池",
    "rare": "竹林",
    "only in old texts": "旧桥",
    "nowhere": "龙舟",
    "a phrase": "桥头路灯",
    "two common words": "路灯 停车",
    "letters and digits": "LED灯",
    "a group": "8组",
    "one character": "灯",
}


@dataclass(frozen=True)
class Peer:
    """The newest twenty that LIKE finds, with the same filter, counted up to a hundred."""

    words: str
    where: dict[str, Any]

    def get(self) -> list[Any]:
        from django.db.models import Q

        from xianglin.commons.search.models import Document

        rows = Document.objects.filter(**self.where).select_related("area").defer("terms")
        for word in self.words.split():
            rows = rows.filter(Q(title__contains=word) | Q(text__contains=word))
        rows[:100].count()
        return list(rows.order_by("-pk")[:20])


def build() -> tuple[dict[str, Any], dict[str, Any]]:
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "xianglin.config.settings"
    import django

    django.setup()
    from xianglin.config import doctor, prepare

    prepare.database()
    from benchmarks import texts

    counted = texts.build(int(sys.argv[1]), TODAY)
    found = doctor.examine()
    assert not found, f"doctor says: {found}"
    return _pages(), {"database": version_of_database(), "doctor": "passes", **counted, "hits": _hits()}


def _pages() -> dict[str, Any]:
    from urllib.parse import quote

    from xianglin.commons.access.models import Account
    from xianglin.commons.access.sessions import BACKEND
    from xianglin.commons.areas.models import Area, Level

    villages = Area.objects.filter(level=Level.VILLAGE).order_by("pk")
    village = villages[villages.count() * 3 // 5]
    client = client_for(Account.objects.get(username__startswith="observer"), BACKEND)  # nobody else may ask so often
    scopes: dict[str, Area | None] = {"everywhere": None}
    for level in (Level.COUNTY, Level.TOWN, Level.VILLAGE):
        scopes[level.name.lower()] = Area.objects.get(pk=getattr(village, level.column))
    pages: dict[str, Any] = {"nothing typed": Page(client, ("/search/",))}
    for said, word in WORDS.items():
        for name, area in scopes.items():
            place = f"&area={area.code}" if area else ""
            pages[f"{said}, {name}"] = Page(client, (f"/search/?q={quote(word)}{place}",))
            if name in ("everywhere", "village"):
                pages[f"LIKE: {said}, {name}"] = Peer(word, {area.column: area.pk} if area else {})
    pages["very common, one kind"] = Page(client, (f"/search/?q={quote('路灯')}&kind=bulletins.bulletin",))
    pages["very common, far back"] = Page(client, (f"/search/?q={quote('路灯')}&after={_middle()}",))
    return pages


def _middle() -> int:
    from xianglin.commons.search.models import Document

    return int(Document.objects.order_by("pk").values_list("pk", flat=True)[Document.objects.count() // 2])


def _hits() -> dict[str, int]:
    """How many there are in all; not timed, and asked for without any limit."""
    from xianglin.commons.search.queries import newest
    from xianglin.engine.text import sought_words

    begun = time.perf_counter()
    hits = {said: len(newest(sought_words(word), limit=10**9)) for said, word in WORDS.items()}
    print(f"counted in {time.perf_counter() - begun:.1f} s", file=sys.stderr)
    return hits


if __name__ == "__main__":
    from xianglin.base import clock

    with clock.living_at(TODAY):
        serve(build)
