"""What is said of a mentor or a young cadre, as one value: from a form, a sheet or the demonstration."""

import datetime as dt
from dataclasses import dataclass

from .models import MentorKind


@dataclass(frozen=True)
class Held:
    """A post that was held: months as "1998-03", years as "1998", or nothing."""

    post: str
    organisation: str = ""
    from_month: str = ""
    to_month: str = ""


@dataclass(frozen=True)
class MentorFacts:
    kind: str = MentorKind.OLD_HAND
    years: int | None = None
    held: tuple[Held, ...] = ()
    ability_ids: tuple[int, ...] = ()
    village_ids: tuple[int, ...] = ()
    least: int = 1
    most: int = 2
    free_when: str = ""
    slots: tuple[str, ...] = ()
    wishes: str = ""


@dataclass(frozen=True)
class CadreFacts:
    post: str
    since: dt.date | None = None
    birth_year: int | None = None
    wishes: str = ""
