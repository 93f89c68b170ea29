from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from xianglin.base.pages import seen_by

from . import context, health, samples
from . import size as sizes

YEAR_SECONDS = 365 * 24 * 3600


# Without a token: a forged request can change no more than how a page looks, and public pages stay free of a
# token's cookie.
@seen_by("everyone")
@csrf_exempt
@require_POST
def size(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("size", "")
    return _remember(request, sizes.COOKIE, sizes.COOKIE_VALUES.get(chosen, sizes.COOKIE_VALUES[""]))


@seen_by("everyone")
@csrf_exempt  # as above
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("language", "")
    known = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    return _remember(request, settings.LANGUAGE_COOKIE_NAME, known)


def _remember(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    back = request.POST.get("next", "")
    # A fresh GET of the page that showed the switch; never of another host.
    response = HttpResponseRedirect(back if back and context.is_ours(request, back) else "/")
    response.set_cookie(cookie, value, max_age=YEAR_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure())
    return response


@seen_by("everyone")
@require_GET
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/components.html", samples.everything(request))


@seen_by("everyone")
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    report = health.look()
    return JsonResponse(
        report,
        status=503 if report["problems"] else 200,
        headers={"Cache-Control": "no-store"},
        json_dumps_params={"ensure_ascii": False},
    )
