"""Pages that only these tests have."""

from types import SimpleNamespace

from django.contrib import messages
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from xianglin.base.pages import seen_by
from xianglin.base.refused import Forbidden, Refused


@seen_by("everyone")
@csrf_exempt
def refuse(request: HttpRequest) -> HttpResponse:
    raise Refused("tests.too_short", "再写一句，说清办了什么。")


@seen_by("everyone")
def forbid(request: HttpRequest) -> HttpResponse:
    raise Forbidden("tests.not_yours", "这件事由经办的人来办。")


@seen_by("receipt")
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    return HttpResponse(code)


def denied(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def odd(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


def staff(request: HttpRequest) -> HttpResponse:
    request.who = SimpleNamespace(name="沈一禾", place="鄣吴镇", audience="staff")
    messages.success(request, "交给监委会了")
    return render(request, "ui/staff.html")


@csrf_protect
def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


SAYING = """{% extends "ui/public.html" %}{% block title %}说一句{% endblock %}
{% block name %}说一句{% endblock %}
{% block main %}{% if told %}<p data-kept="say">收到了</p>{% else %}<form method="post" data-keep="say">
<label for="words">您想说的</label><textarea id="words" name="words"></textarea>
<label for="code">口令</label><input id="code" type="password" name="code">
<button class="btn btn-main">交</button></form>{% endif %}
<button class="btn" hx-post="/refuse/" hx-target="#main">办</button>{% endblock %}"""


@seen_by("everyone")
@csrf_exempt
def say(request: HttpRequest) -> HttpResponse:
    page = engines["django"].from_string(SAYING)
    return HttpResponse(page.render({"told": request.method == "POST"}, request))


urlpatterns = [
    path("say/", say),
    path("", include("xianglin.ui.urls")),
    path("refuse/", refuse),
    path("forbid/", forbid),
    path("receipt/<str:code>/", receipt),
    path("denied/", denied),
    path("odd/", odd),
    path("broken/", broken),
    path("staff/", staff, name="tests-staff"),
    path("form/", form),
]

handler400 = "xianglin.ui.errors.bad_request"
handler403 = "xianglin.ui.errors.forbidden"
handler404 = "xianglin.ui.errors.not_found"
handler500 = "xianglin.ui.errors.broken"
