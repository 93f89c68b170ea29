"""What every request passes: its id and access line, its language, and refusals turned into pages."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers

from xianglin.base.refused import Forbidden, Refused

from . import context, errors

GetResponse = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger("xianglin.request")
_SANE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestLog:
    """One id per request, in every log line and in the answer, and one access line without personal data."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request.request_id = given if _SANE_ID.fullmatch(given) else uuid.uuid4().hex  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.request_id)  # type: ignore[attr-defined]
        began = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        if not request.path.startswith(settings.STATIC_URL):
            log.info(
                "request",
                method=request.method,
                path=_loggable_path(request),
                status=response.status_code,
                ms=round((time.perf_counter() - began) * 1000, 1),
            )
        return response


def _loggable_path(request: HttpRequest) -> str:
    """The path; where a receipt opens the page only its pattern, because the path holds the code."""
    match = request.resolver_match
    if match is not None and "receipt" in getattr(match.func, "seen_by", ()):
        return f"/{match.route}"
    return request.path


class Language:
    """Chinese unless the reader chose otherwise here; what a browser happens to accept is no choice."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response


class Compressed(GZipMiddleware):
    """Not what is compressed already: a packed part of a recording would not be the part that was asked for."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.get("Content-Type", "").startswith(("image/jpeg", "audio/", "application/pdf")):
            return response
        return super().process_response(request, response)


class Refusals:
    """A refusal is an answer, not a fault: its sentence, its code, and the way back. And redirects for htmx."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "htmx", False) and response.status_code in (302, 303):
            # htmx would follow it by itself and put a whole page where a part belongs.
            response.status_code, response["HX-Redirect"] = 204, response["Location"]
            del response["Location"]
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        status = 403 if isinstance(exception, Forbidden) else 422
        if getattr(request, "htmx", False):
            return errors.strip(exception.message, exception.code, status)
        shown = {"message": exception.message, "code": exception.code, "status": status}
        page = render_to_string("ui/refused.html", {**shown, **context.plain(request)})
        return HttpResponse(page, status=status)
