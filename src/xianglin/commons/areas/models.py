"""Areas, and the columns by which rows of other rooms are listed by area."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

CODE_LENGTH = 20
NAME_LENGTH = 60
LEVEL_COLUMNS = ("province_id", "city_id", "county_id", "town_id", "village_id", "grid_id")


class Level(models.IntegerChoices):
    PROVINCE = 1, _("省")
    CITY = 2, _("市")
    COUNTY = 3, _("县")
    TOWN = 4, _("镇")
    VILLAGE = 5, _("村")
    GRID = 6, _("网格")

    @property
    def column(self) -> str:
        return LEVEL_COLUMNS[self - 1]


class SixLevels(models.Model):
    """The ids of the areas that this row lies in, so that a subtree is equality on one column.

    No foreign keys and no indexes here: partitioned tables hold them too, and each table knows its own lists.
    """

    province_id = models.BigIntegerField(null=True, editable=False)
    city_id = models.BigIntegerField(null=True, editable=False)
    county_id = models.BigIntegerField(null=True, editable=False)
    town_id = models.BigIntegerField(null=True, editable=False)
    village_id = models.BigIntegerField(null=True, editable=False)
    grid_id = models.BigIntegerField(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def ancestor_ids(self) -> tuple[int | None, ...]:
        """From province to grid; None below the row's own level."""
        return tuple(getattr(self, column) for column in LEVEL_COLUMNS)

    def take_ancestors_of(self, other: SixLevels) -> None:
        for column in LEVEL_COLUMNS:
            setattr(self, column, getattr(other, column))


class AreaSet(models.QuerySet["Area"]):
    def current(self) -> AreaSet:
        return self.filter(valid_to=None)

    def valid_on(self, on: dt.date) -> AreaSet:
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gt=on))


class Area(SixLevels):
    """A province, city, county, town, village or grid (省市县镇村网格), with its official code."""

    Level = Level

    code = models.CharField(_("代码"), max_length=CODE_LENGTH, db_index=True)
    name = models.CharField(_("名称"), max_length=NAME_LENGTH, db_index=True)
    official_name = models.CharField(_("登记名称"), max_length=NAME_LENGTH)
    level = models.PositiveSmallIntegerField(_("级别"), choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", db_index=False, verbose_name=_("上级")
    )
    initials = models.CharField(max_length=NAME_LENGTH, db_index=True, editable=False)
    pinyin = models.CharField(max_length=6 * NAME_LENGTH, db_index=True, editable=False)
    valid_from = models.DateField(_("启用日期"), null=True)  # None: longer than we know
    valid_to = models.DateField(_("停用日期"), null=True)  # the first day on which it is no more
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="predecessors", verbose_name=_("并入")
    )

    objects = AreaSet.as_manager()

    class Meta:
        verbose_name = _("区划")
        ordering = ("code",)
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(valid_to__isnull=True), name="area_code_once_now"),
            models.CheckConstraint(condition=Q(level__range=(1, 6)), name="area_level"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                name="area_valid_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["parent", "code"], name="area_children"),
            *(
                models.Index(fields=[column, "level", "code"], name=f"area_in_{column[:-3]}")
                for column in LEVEL_COLUMNS[:-1]
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_current(self) -> bool:
        return self.valid_to is None

    @property
    def column(self) -> str:
        """The column that holds this area's id in every row that lies in it."""
        return Level(self.level).column


class InArea(SixLevels):
    """Mixin for rows that are listed by area. ``place_in`` before the first save."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, verbose_name=_("所在区划"))

    class Meta:
        abstract = True

    def place_in(self, area: Area) -> None:
        self.area = area
        self.take_ancestors_of(area)


class ProgrammeOn(models.Model):
    """From when to when a programme is on in a county; ``to_on`` is the first day on which it is off."""

    county = models.ForeignKey(Area, models.PROTECT, related_name="programmes", verbose_name=_("县"))
    programme = models.CharField(_("项目"), max_length=30)
    from_on = models.DateField(_("开通日期"))
    to_on = models.DateField(_("停用日期"), null=True)

    class Meta:
        verbose_name = _("项目开通")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "programme"], condition=Q(to_on__isnull=True), name="programme_on_once"
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=models.F("from_on")),
                name="programme_on_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.programme


class AreaImport(models.Model):
    """One import of a list of areas: what came of it, and the list's hash, so that the trail can prove it."""

    within = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    warned = models.PositiveIntegerField(default=0)
    warnings: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("区划导入")

    def __str__(self) -> str:
        return self.source


@dataclass(frozen=True)
class InKind:
    """Where one of a kind is made: access asks for its place and its kind, as of a row."""

    area: Area
    kind: str

    @property
    def county_id(self) -> int | None:
        return self.area.county_id

    @property
    def pk(self) -> int:
        return self.area.pk
