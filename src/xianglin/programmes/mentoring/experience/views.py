"""经验: the county's library, and one experience on its page with the words that may be said on it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.commons.access.queries import reach
from xianglin.ui.forms import Keys, sent, status, taken

from ..abilities.queries import catalogue
from ..desk import officers_grant
from ..kinds import OFFICER
from ..permissions import LISTED
from . import actions, forms, queries, rules
from .models import Experience, State

STILL_WRITTEN = (State.PROPOSED, State.AGREED, State.DECLINED, State.RETURNED)


@seen_by(*LISTED)
@require_safe
def library(request: Request) -> HttpResponse:
    """What is shared in the reader's county; for an officer also what waits to be published."""
    held = [one for one in reach(request.actor) if one.role in rules.READERS]
    form = forms.FindForm(request.GET or None, abilities=catalogue(held[0].area))
    asked: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {"q": "", "ability": None}
    officer = any(one.role == OFFICER for one in held)
    if officer and request.GET.get("list") == "waiting":
        waiting = queries.with_marks(queries.to_publish(officers_grant(request).area)[: queries.PAGE])
        return render(request, "mentoring/experience/waiting.html", {"rows": waiting})
    page = queries.library(request.actor, asked["q"], asked["ability"], request.GET.get("after", ""))
    query = request.GET.copy()
    query["after"] = page.after
    context = {
        "rows": page.rows,
        "form": form,
        "narrowed": bool(asked["q"] or asked["ability"]),
        "more_url": f"?{query.urlencode()}" if page.after else "",
        "officer": officer,
    }
    return render(request, "mentoring/experience/library.html", context)


def experience_of(request: Request, pk: int, action: str = "") -> Experience:
    found = queries.experience_for(request.actor, pk)
    if found is None or (action and not hooks.may(request.actor, action, found)):
        raise Http404
    return found


@seen_by(*LISTED)
@require_safe
def experience(request: Request, experience_pk: int) -> HttpResponse:
    return _page(request, experience_of(request, experience_pk))


def _page(request: Request, row: Experience, form: Any = None) -> HttpResponse:
    actor = request.actor
    asker = rules.is_asker(actor, row)
    initial = {"edition": row.edition}
    shown = form or (forms.AgreeForm(initial=initial) if asker else forms.ReadForm(initial=initial))
    published = row.state == State.PUBLISHED
    officer = hooks.may(actor, "mentoring.publish_experience", row)
    context = {
        "row": row,
        "mark": queries.MARKS[State(row.state)],
        "form": shown,
        "keys": Keys(),
        "concerned": queries.concerned(actor, row),
        "asker": asker,
        "agrees": asker and row.state == State.PROPOSED,
        "publishes": officer and row.state == State.AGREED,
        "amends": row.state in STILL_WRITTEN and hooks.may(actor, "mentoring.amend_experience", row),
        "marks": published and hooks.may(actor, "mentoring.mark_useful", row),
        "marked": published and queries.marked(actor, row),
    }
    return render(request, "mentoring/experience/experience.html", context, status=status(shown))


@seen_by(*LISTED)
@require_POST
def agree(request: Request, experience_pk: int) -> HttpResponse:
    row = experience_of(request, experience_pk, "mentoring.agree_experience")
    form = forms.AgreeForm(request.POST)

    def do(data: dict[str, Any]) -> None:
        said = {name: data[name] for name in ("edition", "agreed", "reason", "key")}
        actions.agree_experience(row, actor=request.actor, **said)

    if taken(form, do):
        told = _("同意了，组织干事看过就发布") if form.cleaned_data["agreed"] else _("好的，不分享")
        messages.success(request, told, extra_tags=f"agree:{row.pk}")
        return redirect("mentoring:experience", row.pk)
    return _again(request, experience_pk, form)


@seen_by(OFFICER)
@require_POST
def publish(request: Request, experience_pk: int) -> HttpResponse:
    row = experience_of(request, experience_pk, "mentoring.publish_experience")
    form = forms.ReadForm(request.POST)

    def do(data: dict[str, Any]) -> None:
        actions.publish_experience(row, actor=request.actor, edition=data["edition"], key=data["key"])

    if taken(form, do):
        messages.success(request, _("发布了，全县的导师和青年干部都看得到"))
        return redirect("mentoring:experience", row.pk)
    return _again(request, experience_pk, form)


def _again(request: Request, pk: int, form: Any) -> HttpResponse:
    """The page as it is now, with what was typed; what is sent next was said to the edition that it shows."""
    row = experience_of(request, pk)
    reading_anew(form, row)
    return _page(request, row, form)


def reading_anew(form: Any, row: Experience) -> None:
    form.data = form.data.copy()
    form.data["edition"] = row.edition


@seen_by(OFFICER)
def send_back(request: Request, experience_pk: int) -> HttpResponse:
    row = experience_of(request, experience_pk, "mentoring.return_experience")
    form = forms.ReasonForm(sent(request))

    def do(data: dict[str, Any]) -> None:
        actions.return_experience(row, actor=request.actor, reason=data["reason"], key=data["key"])

    if taken(form, do, forms.FIELDS):
        messages.success(request, _("请写的人再改了"), extra_tags=f"back:{row.pk}")
        return redirect("mentoring:experience", row.pk)
    return _reason(request, row, form, back=True)


@seen_by(*LISTED)
def withdraw(request: Request, experience_pk: int) -> HttpResponse:
    row = experience_of(request, experience_pk, "mentoring.withdraw_experience")
    form = forms.ReasonForm(sent(request))

    def do(data: dict[str, Any]) -> None:
        actions.withdraw_experience(row, actor=request.actor, reason=data["reason"], key=data["key"])

    if taken(form, do, forms.FIELDS):
        messages.success(request, _("收回了，别人看不到了"), extra_tags=f"take-back:{row.pk}")
        return redirect("mentoring:experience", row.pk)
    return _reason(request, row, form, back=False)


def _reason(request: Request, row: Experience, form: Any, *, back: bool) -> HttpResponse:
    context = {"row": row, "form": form, "back": back}
    return render(request, "mentoring/experience/reason.html", context, status=status(form))


@seen_by(*LISTED)
@require_POST
def mark_useful(request: Request, experience_pk: int) -> HttpResponse:
    row = experience_of(request, experience_pk, "mentoring.mark_useful")
    if row.state == State.PUBLISHED:
        actions.mark_useful(row, actor=request.actor)
        messages.success(request, _("记下了，有用"))
    return redirect("mentoring:experience", row.pk)
