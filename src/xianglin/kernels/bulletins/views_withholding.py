"""停止公开: a published version with something personal in it is shown no more; and again where that was wrong."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused

from . import queries, withholding
from .forms import WithholdForm
from .models import Version
from .permissions import WITHHOLDING
from .views_writing import theirs

_WORDS = {
    "withhold": (
        _("停止公开"),
        _("选的几版，谁都不能再看里面写的，也不能打印、搜不到。公布过、版次和封签还在，公开栏上写明日期和原因。"),
        _("停止公开了"),
        withholding.withhold_versions,
    ),
    "release": (
        _("恢复公开"),
        _("没有个人信息、停错了的，恢复给大家看。"),
        _("恢复公开了"),
        withholding.release_versions,
    ),
}


@seen_by(*WITHHOLDING)
def withhold(request: Request, bulletin_pk: int) -> HttpResponse:
    return _page(request, bulletin_pk, "withhold")


@seen_by("town_inspector")
def release(request: Request, bulletin_pk: int) -> HttpResponse:
    return _page(request, bulletin_pk, "release")


def _page(request: Request, bulletin_pk: int, verb: str) -> HttpResponse:
    bulletin = theirs(request, bulletin_pk)
    if not bulletin.version or not hooks.may(request.actor, f"bulletins.{verb}", bulletin):
        raise Http404
    title, explained, done, act = _WORDS[verb]
    chosen = [v for v in queries.versions_of(bulletin) if bool(v.withheld_now) == (verb == "release")]
    form = _form_of(chosen, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            act(bulletin, actor=request.actor, numbers=given["numbers"], reason=given["reason"], key=given["key"])
        except Refused as refused:
            form.add_error("reason", str(refused.message))
        else:
            messages.success(request, done, extra_tags=f"{verb}:{bulletin_pk}")
            return redirect("bulletins:draft", bulletin_pk)
    context = {"bulletin": bulletin, "form": form, "title": title, "explained": explained, "verb": verb}
    return render(request, "bulletins/withhold.html", context, status=422 if form.is_bound else 200)


def _form_of(chosen: list[Version], data: Any) -> WithholdForm:
    """All are ticked: what leaked in one version mostly stands in those before it too."""
    form = WithholdForm(data, initial={"numbers": [version.number for version in chosen]})
    form.offer(chosen)
    return form
