from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from xianglin.base.actor import Actor
from xianglin.base.pages import seen_by
from xianglin.ui.marks import Mark

from . import actions, queries

UNREAD = Mark("s-new", _("没看过"))
_LONGEST = 18  # digits that any database takes as a key


@seen_by("account")
@require_GET
def list_notices(request: HttpRequest) -> HttpResponse:
    before = _number(request.GET.get("before", ""))
    notices = queries.notices_of(_account(request), before)
    unread = queries.unread(_account(request))
    more = f"?before={notices[-1].pk}" if len(notices) == queries.PAGE else ""
    return render(
        request,
        "notices/list.html",
        {
            "base": "ui/staff.html" if request.who.audience == "staff" else "ui/villager.html",  # type: ignore[attr-defined]
            "notices": notices,
            "newest": notices[0].pk if notices and not before else 0,
            "unread": "99+" if unread > 99 else unread,
            "more_url": more,
            "unread_mark": UNREAD,
        },
    )


@seen_by("account")
@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    up_to = _number(request.POST.get("up_to", ""))
    if up_to is not None:
        actions.mark_read(_account(request), up_to)
    return HttpResponseRedirect(reverse("notices:list"))


@seen_by("demo")
@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    return render(request, "notices/outbox.html", {"messages_sent": queries.sandbox()})


def _number(said: str) -> int | None:
    return int(said) if said.isdecimal() and len(said) <= _LONGEST else None


def _account(request: HttpRequest) -> int:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    account_id = actor.account_id
    assert account_id is not None  # seen_by("account")
    return account_id
