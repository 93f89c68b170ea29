"""Tags that draw the parts. Built in everywhere; each takes plain values and asks nothing."""

import datetime as dt
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from xianglin.base import clock
from xianglin.ui import due as due_dates
from xianglin.ui.due import DueView
from xianglin.ui.marks import Mark
from xianglin.ui.parts import Cell

register = template.Library()

WEEKDAYS_ZH = "一二三四五六日"  # zh: dates are put together by hand, for Django knows no Chinese spacing
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


@register.simple_tag
def shape(name: str, tone: str = "") -> SafeString:
    """The shape alone; its word must stand beside it."""
    return format_html(
        '<svg class="shape {}" aria-hidden="true"><use href="{}#{}"/></svg>',
        tone,
        static("ui/shapes.svg"),
        name,
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    return format_html('<svg class="ico" aria-hidden="true"><use href="{}#{}"/></svg>', static("ui/shapes.svg"), name)


@register.simple_tag
def mark(value: Mark) -> SafeString:
    return format_html('<span class="state {}">{}{}</span>', value.tone, shape(value.shape), value.word)


@register.inclusion_tag("ui/_field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Label, hint, control and error, tied together for those who listen to the page."""
    kind = getattr(bound.field.widget, "input_type", "")
    several = kind in ("radio", "checkbox") and hasattr(bound.field, "choices")
    name = bound.auto_id or bound.html_name
    described = [f"{name}_hint"] if bound.help_text else []
    described += [f"{name}_error"] if bound.errors else []
    attrs: dict[str, Any] = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "field": bound,
        "control": bound.as_widget(attrs=attrs),
        "name": name,
        "several": several,
        "single_check": kind == "checkbox" and not several,
        "described": attrs.get("aria-describedby", ""),
        # one of two may be left empty, but not both: the form says so, not the label
        "free": not bound.field.required
        and not getattr(bound.field, "one_of_two", False)
        and kind in ("text", "tel", "number", "email", ""),
    }


@register.simple_tag
def in_place(url: str = "") -> SafeString:
    """On a form: with scripts a refusal is swapped into the page, so that no answered POST stays in the history.

    What succeeds redirects, which the middleware turns into a plain visit (``HX-Redirect``).
    """
    return format_html(
        'hx-post="{}" hx-target="#main" hx-select="#main" hx-swap="outerHTML show:none" hx-disinherit="*"', url
    )


@register.inclusion_tag("ui/_fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    return {"form": form}


def day_words(value: dt.date, weekday: bool = True, today: dt.date | None = None) -> str:
    """7 月 21 日 星期二; in English 21 July, Tuesday. The year is said when it is not the present one."""
    other_year = value.year != (today or clock.today()).year
    if translation.get_language() == "en":
        words = f"{value.day} {MONTHS_EN[value.month - 1]}" + (f" {value.year}" if other_year else "")
        return f"{words}, {WEEKDAYS_EN[value.weekday()]}" if weekday else words
    words = f"{value.month} 月 {value.day} 日"  # zh: as above
    if other_year:
        words = f"{value.year} 年 {words}"  # zh: as above
    return f"{words} 星期{WEEKDAYS_ZH[value.weekday()]}" if weekday else words  # zh: as above


@register.simple_tag
def day(value: dt.date, weekday: bool = True) -> SafeString:
    if isinstance(value, dt.datetime):
        value = localtime(value).date()
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), day_words(value, weekday))


@register.simple_tag
def moment(value: dt.datetime) -> SafeString:
    here = localtime(value)
    words = f"{day_words(here.date(), weekday=False)} {here:%H:%M}"
    return format_html('<time datetime="{}">{}</time>', here.isoformat(timespec="minutes"), words)


@register.inclusion_tag("ui/_crumb.html")
def crumb(items: Any, here: bool = True, label: str = "") -> dict[str, Any]:
    return {"items": list(items), "here": here, "label": label}


@register.inclusion_tag("ui/_due.html")
def due(view: DueView, open: bool = False) -> dict[str, Any]:
    return {
        "due": view,
        "tone": due_dates.tone(view),
        "days": abs(view.days_left),
        "unit": due_dates.unit(view),
        "summary": due_dates.summary(view),
        "line": due_dates.line(view),
        "told": due_dates.told(view),
        "open": open,
    }


@register.inclusion_tag("ui/_timeline.html")
def timeline(rows: Any) -> dict[str, Any]:
    return {"rows": rows}


@register.filter
def capped(count: int) -> str:
    """A count that was stopped at a hundred."""
    return "99+" if count > 99 else str(count)


@register.filter
def beside(one: Any, other: Any) -> list[tuple[Any, Any]]:
    """Two lists of one length, pair by pair."""
    return list(zip(one, other, strict=True))


@register.filter
def with_columns(row: Any, head: Any) -> list[tuple[Cell, bool]]:
    """Each cell beside whether its column holds numbers."""
    cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in row]
    return [(cell, column.number) for cell, column in zip(cells, head, strict=True)]
