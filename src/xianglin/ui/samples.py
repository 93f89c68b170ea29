"""Made-up content for /components/: every part, with a case that strains it."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from xianglin.base.clock import SHANGHAI

from . import marks
from .due import DueView
from .parts import Cell, Column, Crumb, Step, TimelineRow, spark

# The look's own story day, so that the page reads the same on any day.
TODAY = dt.date(2026, 7, 21)


class SampleForm(forms.Form):
    """One field of each kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tel = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
        self.fields["phone"] = forms.RegexField(
            r"^1\d{10}$",
            label=_("联系电话"),
            help_text=_("只有经办的人看得到"),
            required=False,
            widget=tel,
            error_messages={"invalid": _("少一位，手机号是 11 位。补上或留空都能交。")},
        )
        self.fields["words"] = forms.CharField(
            label=_("您想说的"),
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": _("还没有写。写一句就行，也可以录一段。")},
        )
        self.fields["kind"] = forms.ChoiceField(
            label=_("哪一类"),
            choices=[("", _("说不清")), ("water", _("水利")), ("light", _("路灯"))],
            required=False,
        )
        self.fields["name"] = forms.ChoiceField(
            label=_("留不留名字"),
            choices=[("open", _("留名字")), ("village", _("只给村里看")), ("none", _("不留名字"))],
            widget=forms.RadioSelect,
            initial="none",
        )
        self.fields["agree"] = forms.BooleanField(label=_("办好了打电话告诉我"), required=False)


def everything(request: HttpRequest) -> dict[str, Any]:
    # Two of each: one beside the other, normal and 大字, and no address of the page may be used twice.
    return {
        "sides": [_side(""), _side("elder")],
        "colours": COLOURS,
        "states": [
            marks.NEW,
            marks.days_mark(15),
            marks.days_mark(2),
            marks.days_mark(0),
            marks.days_mark(-1),
            marks.WAITING,
            marks.AGAIN,
            marks.done_mark(9),
            marks.CORRECTED,
            marks.NOT_SENT,
        ],
        "soon": marks.days_mark(2),
        "done": marks.done_mark(9),
        "dues": _dues(),
        "rows": _rows(),
        "steps": [Step(_("选人"), "done"), Step(_("审看"), "now"), Step(_("批准"), "next")],
        "crumbs": [Crumb(_("安吉县"), "#"), Crumb(_("鄣吴镇"), "#"), Crumb(_("玉华村"))],
        "head": [Column(_("村")), Column(_("提了"), number=True), Column(_("办好"), number=True)],
        "body": [[Cell(_("玉华村"), "#"), 10, 4], [Cell(_("石桥村"), "#"), 7, 7]],
        "line": spark([3, 5, 4, 6, 9, 8, 10, 10]),
        "heard": [],
        "seen": [("sample", _PICTURE, None)],
        "places": [
            {"id": 1, "name": _("玉华村"), "path": _("安吉县　鄣吴镇")},
            {"id": 2, "name": _("玉磬村"), "path": _("安吉县　孝丰镇")},
        ],
    }


def _side(size: str) -> dict[str, Any]:
    name = size or "normal"
    form = SampleForm({"phone": "1380000123", "words": ""}, auto_id=f"{name}_%s", prefix=name)
    form.data = {f"{name}-phone": "1380000123", f"{name}-words": "", f"{name}-name": "none"}
    return {"size": size, "name": name, "form": form}


def _dues() -> list[DueView]:
    started = dt.date(2026, 7, 5)
    month = [_("发布会上提的事，一个月内办结。"), _("8 月 5 日是周三，上班，不用顺延。")]
    basis = _("镇村情发布会制度，第 6 条")
    return [
        DueView(2, dt.date(2026, 7, 23), started, TODAY, month, basis),
        DueView(15, dt.date(2026, 8, 5), started, TODAY, month, basis),
        DueView(-1, dt.date(2026, 7, 20), started, TODAY, month, basis, provisional=True),
        DueView(4, dt.date(2026, 7, 25), started, TODAY, month, basis, stopped=True),
    ]


def _rows() -> list[TimelineRow]:
    def at(day: int, hour: int, minute: int) -> dt.datetime:
        return dt.datetime(2026, 7, day, hour, minute, tzinfo=SHANGHAI)

    return [
        TimelineRow(at(6, 8, 10), "s-ok", "ok", _("按分工派给章小满")),
        TimelineRow(at(9, 15, 30), "s-again", "", _("转镇水利站，退回一次："), quote=_("村内管网归村里")),
        TimelineRow(at(20, 18, 20), "s-wait", "", _("换了增压泵，三楼出水正常"), who=_("章小满答复")),
    ]


_PICTURE = "data:image/gif;base64,R0lGODdhAQABAIAAAMzMzAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="  # a grey dot
COLOURS = (
    ("--paper", "#ffffff"),
    ("--wash", "#f6f5f2"),
    ("--line", "#e2dfd8"),
    ("--edge", "#858076"),
    ("--ink", "#1d1b18"),
    ("--ink-2", "#55514a"),
    ("--ink-3", "#6b665d"),
    ("--zhu", "#be2d1a"),
    ("--bamboo", "#2a6a4a"),
    ("--amber", "#80530a"),
    ("--amber-mark", "#bd7d0a"),
    ("--zhu-wash", "#fbefec"),
)
