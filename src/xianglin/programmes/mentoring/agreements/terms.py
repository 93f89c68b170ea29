"""Lines of an agreement in three parts. The kernel keeps them flat: each line says whose it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused
from xianglin.commons.areas.models import SixLevels

from . import defaults
from .models import StandardTerms

PARTS = {"mentor": "导师职责", "cadre": "青年干部职责", "neither": "负面清单"}  # zh: as the paper says them
MOST_LINES = 12  # of one part: the kernel takes forty in all
LONGEST = 180  # with the part's name before it


@dataclass(frozen=True)
class Terms:
    mentor: tuple[str, ...]
    cadre: tuple[str, ...]
    neither: tuple[str, ...]
    source: str = ""

    def part(self, name: str) -> tuple[str, ...]:
        lines: tuple[str, ...] = getattr(self, name)
        return lines

    @property
    def flat(self) -> list[str]:
        """As the kernel keeps them: 导师职责：……"""
        return [f"{label}：{line}" for name, label in PARTS.items() for line in self.part(name)]  # zh: the paper

    @property
    def parts(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(label, self.part(name)) for name, label in PARTS.items()]


def of_parts(lines: Mapping[str, Iterable[str]]) -> Terms:
    return Terms(tuple(lines["mentor"]), tuple(lines["cadre"]), tuple(lines["neither"]))


def standard(place: SixLevels) -> Terms:
    """The county's newest lines; those that the platform comes with, where it has none."""
    row = StandardTerms.objects.filter(county_id=place.county_id).order_by("-pk").first()
    if row is None:
        return Terms(defaults.MENTOR, defaults.CADRE, defaults.NEITHER, defaults.SOURCE)
    return Terms(tuple(row.mentor), tuple(row.cadre), tuple(row.neither), row.source)


def read(lines: Iterable[str]) -> tuple[Terms, list[str]]:
    """Flat lines by part again, and those that belong to none."""
    found: dict[str, list[str]] = {name: [] for name in PARTS}
    others = []
    for line in lines:
        label, colon, said = line.partition("：")  # zh: between part and line
        name = next((name for name, known in PARTS.items() if known == label), None)
        if colon and name is not None:
            found[name].append(said)
        else:
            others.append(line)
    return of_parts(found), others


def require_terms(terms: Terms) -> Terms:
    """Without empty lines; each part says something, and none says too much."""
    kept = of_parts({name: [one.strip() for one in terms.part(name) if one.strip()] for name in PARTS})
    for name, label in PARTS.items():
        lines = kept.part(name)
        if not lines or len(lines) > MOST_LINES or max(map(len, lines)) > LONGEST:
            told = _("“%(part)s”请写 1 到 %(most)d 条，一行一条，每条最多 %(length)d 个字。")
            raise Refused(f"mentoring.terms_{name}", told % {"part": label, "most": MOST_LINES, "length": LONGEST})
    return kept
