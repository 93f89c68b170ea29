"""Logging in and out, one's devices, and which of several posts one works under."""

from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xianglin.base.actor import system
from xianglin.base.pages import seen_by
from xianglin.base.refused import Refused

from . import actions, browsers, codes, doors, factors, limits, pages, phones, queries, rules, sessions, signals
from .forms import CodeForm, FactorForm, InvitationForm, PasswordForm, PhoneForm
from .models import Account, DemoDoor

_form_page = require_http_methods(["GET", "POST"])


def _shown(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    form = context.get("form")
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, f"access/{template}", {"next": pages.safe_next(request), **context}, status=status)


# --- by phone


@seen_by("everyone")
@never_cache
@_form_page
def log_in(request: HttpRequest) -> HttpResponse:
    """Ask for the phone; send it a code. The answer is the same for a known phone and an unknown one."""
    if request.method == "GET" and isinstance(request.user, Account):
        return pages.first_page(request, request.user)
    form = PhoneForm(request.POST or None)
    if not form.is_valid():
        return _shown(request, "log_in.html", form=form)
    phone = form.cleaned_data["phone"]
    try:
        own = browsers.known_to(request, phone_index=phones.index_of(phone))
        sessions.add_challenge(request, codes.send(phone, rules.actor_of(request).origin, own))
    except Refused as refusal:
        form.add_error("phone", str(refusal))
        return _shown(request, "log_in.html", form=form)
    return _shown(request, "code.html", form=CodeForm(initial={"phone": phone}), phone=phone, mask=phones.mask(phone))


@seen_by("everyone")
@never_cache
@_form_page
@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return redirect("access:login")
    form = CodeForm(request.POST)
    if form.is_valid():
        phone = form.cleaned_data["phone"]
        try:
            codes.check(sessions.challenges_of(request), phone, form.cleaned_data["code"])
            account = _account_of(phone)
        except Refused as refusal:
            if refusal.code == "access.code_wrong":  # the others can be had without end, and would flood the trail
                known = Account.objects.filter(phone_index=phones.index_of(phone)).first()
                signals.failed(request, "phone", known)
            form.add_error("code", str(refusal))
        else:
            sessions.enter(request, account, by="phone")
            return browsers.remember(request, pages.first_page(request, account), account)
    phone = form.cleaned_data.get("phone", "")
    return _shown(request, "code.html", form=form, phone=phone, mask=phones.mask(phone) if phone else "")


def _account_of(phone: str) -> Account:
    """The account of a proven phone; a villager who comes for the first time gets one."""
    account = Account.objects.select_related("home").filter(phone_index=phones.index_of(phone)).first()
    if account is None:
        return actions.open_phone_account(None, actor=system("access", "web"), phone=phone)
    if not account.is_active:
        raise Refused("access.account_closed", _("这个账号已经停用。请联系村里的工作人员。"))
    return account


# --- by password and authenticator


@seen_by("everyone")
@never_cache
@_form_page
@sensitive_post_parameters("password")
def password(request: HttpRequest) -> HttpResponse:
    if request.method == "GET" and isinstance(request.user, Account):
        return pages.first_page(request, request.user)
    form = PasswordForm(request.POST or None)
    if not form.is_valid():
        return _shown(request, "password.html", form=form)
    account = _by_password(request, form)
    if account is None:
        return _shown(request, "password.html", form=form)
    sessions.begin_pending(request, account)
    return _onward(request, "access:factor" if factors.ready(account) else "access:enrol")


def _by_password(request: HttpRequest, form: PasswordForm) -> Account | None:
    """Counted before it is tried; the lock shows the same for names that exist and names that do not."""
    name, origin = form.cleaned_data["username"], rules.actor_of(request).origin
    own = browsers.known_to(request, username=name)
    tried = f"{name}:{_password_of(name)}"
    counted = (
        (limits.ADDRESS, origin),
        (limits.NAME_FROM_ADDRESS, f"{tried}@{origin}"),
        (limits.NAME, f"{tried}@{own}" if own else tried),
    )
    for limit, value in counted:
        if not limits.count(limit, value):
            form.add_error(None, _locked(limit, value))
            return None
    account = authenticate(request, username=name, password=form.cleaned_data["password"])
    if not isinstance(account, Account):
        form.add_error(None, _("用户名或密码不对。请核对后再填。"))
        return None
    for limit, value in counted:
        limits.give_back(limit, value)
    return account


def _password_of(name: str) -> str:
    """The stored hash is part of what is counted: with a new password the count begins anew, and the lock is gone."""
    stored = Account.objects.filter(username=name, phone_index=None).values_list("password", flat=True)
    return stored.first() or ""


def _locked(limit: limits.Limit, value: str) -> str:
    said = {"wait": limits.wait(limit, value)}
    if limit in (limits.NAME, limits.NAME_FROM_ADDRESS):
        return _("输错的次数太多，先锁住了。请过 %(wait)s再试，或请县系统管理员重新给您开通。") % said
    return _("填错的次数太多，先锁住了。请过 %(wait)s再试。") % said


@seen_by("everyone")
@never_cache
@_form_page
@sensitive_post_parameters("code")
def factor(request: HttpRequest) -> HttpResponse:
    account = sessions.pending_account(request)
    if account is None or not factors.ready(account):
        return _onward(request, "access:password")
    form = FactorForm(request.POST or None)
    if not form.is_valid():
        return _shown(request, "factor.html", form=form)
    tried = f"{account.pk}:{account.password}"
    if not limits.count(limits.FACTOR, tried):
        form.add_error("code", _locked(limits.FACTOR, tried))
    elif not factors.use(account, form.cleaned_data["code"]):
        signals.failed(request, "factor", account)
        form.add_error("code", _("这组数字不对，或者用过了。请等验证器换下一组再填。"))
    else:
        limits.forget(limits.FACTOR, tried)
        sessions.enter(request, account, by="password")
        return browsers.remember(request, pages.first_page(request, account), account)
    return _shown(request, "factor.html", form=form)


@seen_by("everyone")
@never_cache
@_form_page
@sensitive_post_parameters("code")
def enrol(request: HttpRequest) -> HttpResponse:
    """The first log-in of staff: tie an authenticator to the account before anything else opens."""
    account = sessions.pending_account(request)
    if account is None or factors.ready(account):
        return _onward(request, "access:password")
    form = FactorForm(request.POST or None)
    if form.is_valid():
        tried = f"{account.pk}:{account.password}"
        if not limits.count(limits.FACTOR, tried):
            form.add_error("code", _locked(limits.FACTOR, tried))
        else:
            fresh = factors.confirm(account, phones.digits(form.cleaned_data["code"]))
            if fresh is not None:
                limits.forget(limits.FACTOR, tried)
                sessions.enter(request, account, by="password")
                onward = pages.first_page(request, account)["Location"]
                shown = _shown(request, "recovery_codes.html", codes=fresh, onward=onward)
                return browsers.remember(request, shown, account)
            form.add_error("code", _("这组数字不对。请看验证器上现在的 6 位数字。"))
    secret = factors.enrol(account)
    code = segno.make(factors.address(account, secret), error="m")
    picture = code.svg_data_uri(scale=4, dark="#000", light="#fff")
    spaced = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return _shown(request, "enrol.html", form=form, picture=picture, secret=spaced)


@seen_by("receipt")
@never_cache
@_form_page
@sensitive_post_parameters("password", "again")
def invitation(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Choose a password by the link an administrator handed over; the address itself is the key."""
    account = queries.invited(uid, token)
    if account is None:
        return render(request, "access/invitation_spent.html", status=404)
    form = InvitationForm(account, request.POST or None)
    if not form.is_valid():
        return _shown(request, "invitation.html", form=form, account=account)
    actions.accept_invitation(account, actor=system("access", "web"), password=form.cleaned_data["password"])
    messages.success(request, _("密码设好了。请用它登录。"))
    return redirect("access:password")


def _onward(request: HttpRequest, name: str) -> HttpResponse:
    """The next step of logging in, with the page asked for kept."""
    wanted = pages.safe_next(request)
    return redirect(reverse(name, query={"next": wanted} if wanted else None))


# --- once inside


@seen_by("everyone")
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    sessions.leave(request)
    messages.success(request, _("您已退出登录。"))
    return HttpResponseRedirect("/")


@seen_by("account")
@never_cache
@require_GET
def devices(request: HttpRequest) -> HttpResponse:
    rows = queries.devices_of(_me(request))
    here = request.session.session_key
    shown = {"devices": rows, "here": here, "base": _frame(request), "posts": queries.posts(request)}
    return render(request, "access/devices.html", {**shown, "next": request.path})


@seen_by("account")
@require_POST
def end_device(request: HttpRequest, pk: int) -> HttpResponse:
    if not sessions.end_device(_me(request), pk):
        raise Http404
    assert isinstance(request.user, Account)
    signals.ended_elsewhere(request, request.user)
    messages.success(request, _("那台设备已退出登录。"))
    return redirect("access:devices")


@seen_by("staff")
@require_POST
def working(request: HttpRequest) -> HttpResponse:
    """Work under another of one's posts; lists and the first page follow it."""
    chosen = request.POST.get("grant", "")
    if chosen not in {str(grant.pk) for grant in queries.reach(rules.actor_of(request))}:
        raise Http404
    request.session[queries.WORKING] = int(chosen)
    return HttpResponseRedirect(pages.safe_next(request) or "/")


@seen_by("demo")
@require_POST
def demo_enter(request: HttpRequest, persona: str) -> HttpResponse:
    return doors.enter(request, get_object_or_404(DemoDoor.objects.select_related("account__home"), persona=persona))


def _me(request: HttpRequest) -> int:
    account_id = rules.actor_of(request).account_id
    assert account_id is not None, "the page is marked for accounts only"
    return account_id


def _frame(request: HttpRequest) -> str:
    return "ui/staff.html" if queries.reach(rules.actor_of(request)) else "ui/villager.html"
