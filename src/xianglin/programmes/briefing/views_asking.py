"""What is amiss in a village's month: looked at closely, and put to the village."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianglin.base import clock, hooks
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.commons.access.queries import working_grant
from xianglin.commons.areas.models import Area, Level
from xianglin.commons.areas.queries import in_area

from . import actions, amiss, forms, pairs
from .kinds import REPORT
from .permissions import ASKING


@seen_by(*ASKING)
def explain(request: Request, code: str, month: str) -> HttpResponse:
    """请村里说明: what is amiss in a village's month, put to the village in words that can be changed."""
    village = _village(request, code)
    one = amiss.of_month(village, REPORT, month, clock.today())
    if one is None:
        raise Http404
    told = _("%(year)d 年 %(month)d 月：%(what)s。请说明原因。")
    first = one.cell.month.first
    text, *more = one.sentences
    report = [_("村情发布稿：%(what)s") % {"what": text}] if text else []
    said = "；".join([*report, *more])  # zh: a list
    words = told % {"year": first.year, "month": first.month, "what": said}
    form = forms.ExplainForm(request.POST if request.method == "POST" else None, initial={"words": words})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        said_once = {"words": data["words"], "period": month, "about": one.about, "key": data["key"]}
        try:
            asked = actions.ask_village(village, actor=request.actor, **said_once)
        except Refused as refused:
            form.add_error("words", str(refused.message))
        else:
            sent = _("%(slip)s 交到村里了，三个工作日内答复") % {"slip": asked.slip}
            messages.success(request, sent, extra_tags=f"explain:{code}:{month}")
            return redirect("briefing:reports")
    context = {"village": village, "form": form, "one": one, "month": month}
    return render(request, "briefing/explain.html", context, status=422 if form.is_bound else 200)


@seen_by(*ASKING)
@require_safe
def photos(request: Request, code: str, month: str) -> HttpResponse:
    """照片重复: both pictures side by side, each with its answer."""
    village = _village(request, code)
    one = amiss.of_month(village, REPORT, month, clock.today())
    if one is None or not one.cell.reuses:
        raise Http404
    shown = [pairs.pair_of(reuse, request.actor) for reuse in one.cell.reuses]
    context = {"village": village, "month": one.cell.month, "pairs": shown, "one": one}
    return render(request, "briefing/photos.html", context)


def _village(request: Request, code: str) -> Area:
    grant = working_grant(request)
    assert grant is not None
    here = in_area(Area.objects.current().filter(level=Level.VILLAGE), grant.area)
    village: Area | None = here.filter(code=code).first()
    if village is None or not hooks.may(request.actor, "briefing.ask_village", village):
        raise Http404
    return village
