"""和孚镇's mentoring begins in July 2021: who keeps the registers, who teaches and who learns. All persons are invented.

The registers come in as the organisation department's two sheets; levels are read again as the year goes on.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext_noop as _

from xianglin.base import clock
from xianglin.base.actor import system
from xianglin.commons.access import actions as access
from xianglin.commons.access.doors import put_door
from xianglin.commons.access.models import Account
from xianglin.commons.areas.actions import import_list, switch_programme
from xianglin.commons.areas.lists import AreaRow
from xianglin.commons.areas.models import Area
from xianglin.commons.exchange import staging
from xianglin.commons.exchange.tables import table_named
from xianglin.programmes.mentoring.kinds import OFFICER, PROGRAMME

from . import hefu_asking, hefu_club, hefu_growth, hefu_pairs, hefu_records, hefu_teams
from .deeds import as_
from .hefu_pairs import at
from .hefu_people import AREAS, CADRES, COUNTY, MENTORS, TOWN
from .hefu_teams import CLERK, HANDLER

STAGE = system("demo", via="demo")
BEGINS = "2021-06-10 09:00"
ORGANISER = "郑文澜"


@dataclass(frozen=True)
class Door:
    key: str
    name: str
    label: str
    blurb: str


DOORS = (
    Door("organiser", ORGANISER, _("组织委员　郑文澜"), _("和孚镇。管导师和青年干部的名册，看谁缺什么")),
    Door("mentor", "丁桂松", _("导师　丁桂松"), _("荻港村老书记，38 年。带年轻人写材料、调矛盾")),
    Door("young_cadre", "茅雨晴", _("青年干部　茅雨晴"), _("荻港村文书。看自己缺什么，给自己评一评")),
)


def begin() -> None:
    """Before anything else is told: these are the first days of the demonstration."""
    with clock.living_at(at(BEGINS)):
        import_list(None, [AreaRow(*row) for row in AREAS], actor=STAGE, source="demo")
        town = Area.objects.get(code=TOWN)
        switch_programme(Area.objects.get(code=COUNTY), PROGRAMME, actor=STAGE, on=True)
        officer = access.open_account(town, actor=STAGE, username="organiser", display_name=ORGANISER)
        access.grant(town, actor=STAGE, account=officer, role=OFFICER)
        for username, name in (("hefu-clerk", CLERK), ("hefu-handler", HANDLER)):
            clerk = access.open_account(town, actor=STAGE, username=username, display_name=name)
            access.grant(town, actor=STAGE, account=clerk, role="town_clerk")
        _bring_in(town, officer, "mentors", MENTORS)
        _bring_in(town, officer, "young_cadres", CADRES)
        for order, one in enumerate(DOORS, 50):
            account = Account.objects.get(display_name=one.name)
            put_door(one.key, label=one.label, blurb=one.blurb, order=order, account=account)


def tell_the_year() -> None:
    """After everything that 玉华村 tells: another county's, and the numbers in the first story's addresses stay."""
    town, officer = Area.objects.get(code=TOWN), Account.objects.get(display_name=ORGANISER)
    hefu_pairs.bring_together(town, officer)
    hefu_pairs.sign_all(officer)
    hefu_pairs.look_after_all(officer)
    scenes = [
        *hefu_growth.scenes(officer),
        *hefu_records.scenes(),
        *hefu_club.scenes(town, officer),
        *hefu_teams.scenes(town, officer),
        *hefu_asking.scenes(officer),
    ]
    for when, scene in sorted(scenes, key=lambda one: one[0]):
        with clock.living_at(at(when)):
            scene()


def _bring_in(town: Area, officer: Account, table: str, lines: Iterable[tuple[str, ...]]) -> None:
    with TemporaryDirectory() as folder:
        sheet = Path(folder) / f"{table}.csv"
        with sheet.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
        batch = staging.stage_file(sheet, table_named(table), town, as_(officer))
        staging.apply_batch(batch, as_(officer), strict=True)
