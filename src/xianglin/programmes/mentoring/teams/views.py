"""队伍: an officer's teams and one's own; who is in them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.commons.access.queries import holds
from xianglin.commons.areas.queries import resolve
from xianglin.ui.forms import Keys, sent, status, taken

from ..desk import officers_grant
from ..kinds import MENTOR, OFFICER, YOUNG_CADRE
from ..registers.forms import EndForm
from ..registers.queries import page
from . import actions, forms, queries
from .models import Team

GOING = (OFFICER, MENTOR, YOUNG_CADRE)


def team_of(request: Request, pk: int, action: str = "mentoring.see_team") -> Team:
    """A team that the reader sees, and may do this to; a team that is no more is only read."""
    found = queries.team_for(request.actor, pk)
    changes = action != "mentoring.see_team"
    if found is None or (changes and not (found.open and hooks.may(request.actor, action, found))):
        raise Http404
    return found


@seen_by(*GOING)
@require_safe
def teams(request: Request) -> HttpResponse:
    context: dict[str, Any] = {"own": queries.own_teams(request.actor.account_id), "keeps": False}
    if holds(request.actor, OFFICER):
        area, ended = officers_grant(request).area, request.GET.get("list") == "ended"
        rows = page(queries.teams(area, ended=ended), request.GET.get("after", ""))
        more = f"?{'list=ended&' if ended else ''}after={rows.after}" if rows.after else ""
        context |= {"keeps": True, "area": area, "ended": ended, "rows": rows.rows, "more_url": more}
    return render(request, "mentoring/teams/teams.html", context)


@seen_by(*GOING)
@require_safe
def team(request: Request, team_pk: int) -> HttpResponse:
    found, actor = team_of(request, team_pk), request.actor
    outings = list(queries.of_team(found)[:200])
    context = {
        "team": found,
        "members": queries.members(found),
        "outings": outings,
        "keeps": found.open and hooks.may(actor, "mentoring.add_member", found),
        "writes": found.open and hooks.may(actor, "mentoring.note_outing", found),
        "mediates": found.open and hooks.may(actor, "mentoring.open_mediation", found),
        "once": Keys(),
    }
    return render(request, "mentoring/teams/team.html", context)


@seen_by(OFFICER)
def open_team(request: Request) -> HttpResponse:
    area = officers_grant(request).area
    form = forms.TeamForm(sent(request), initial={"place": area.name})
    made: list[Team] = []

    def make(data: dict[str, Any]) -> None:
        place = resolve(data["place"], area)
        said = {name: data[name] for name in ("kind", "name", "key")}
        made.append(actions.open_team(place, actor=request.actor, **said))

    fields = {"mentoring.team_name": "name", "mentoring.team_kind": "kind", "mentoring.team_seat": "place"}
    if taken(form, make, fields | dict.fromkeys(("areas.unknown", "areas.ambiguous"), "place")):
        messages.success(request, _("队伍建好了，把人加进来吧"), extra_tags="team")
        return redirect("mentoring:team", made[0].pk)
    return render(request, "mentoring/teams/team_form.html", {"form": form}, status=status(form))


@seen_by(OFFICER)
def add_member(request: Request, team_pk: int) -> HttpResponse:
    found = team_of(request, team_pk, "mentoring.add_member")
    form = forms.MemberForm(sent(request))

    def add(data: dict[str, Any]) -> None:
        actions.add_member(found, actor=request.actor, who=data["who"], key=data["key"])

    codes = ("several_listed", "not_listed", "member_already")
    if taken(form, add, {f"mentoring.{code}": "who" for code in codes}):
        messages.success(request, _("加进来了"))
        return redirect("mentoring:team", found.pk)
    return render(request, "mentoring/teams/member_form.html", {"team": found, "form": form}, status=status(form))


@seen_by(OFFICER)
@require_POST
def remove_member(request: Request, team_pk: int, member_pk: int) -> HttpResponse:
    found = team_of(request, team_pk, "mentoring.add_member")
    member = next((one for one in queries.members(found) if one.pk == member_pk), None)
    if member is None:
        raise Http404
    actions.remove_member(member, actor=request.actor)
    messages.success(request, _("%(name)s不在这支队伍里了") % {"name": member.account.display_name})
    return redirect("mentoring:team", found.pk)


@seen_by(OFFICER)
def end_team(request: Request, team_pk: int) -> HttpResponse:
    found = team_of(request, team_pk, "mentoring.end_team")
    form = EndForm(sent(request))

    def end(data: dict[str, Any]) -> None:
        actions.end_team(found, actor=request.actor, reason=data["reason"], key=data["key"])

    if taken(form, end, {"mentoring.no_reason": "reason"}):
        messages.success(request, _("这支队伍撤了，以前记的都留着"))
        return redirect("mentoring:teams")
    return render(request, "mentoring/teams/end.html", {"team": found, "form": form}, status=status(form))
