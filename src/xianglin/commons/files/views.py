"""Where a page's script sends files to. Each upload is the sending browser's alone: 404 for anybody else."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused

from . import contents, rules, serving, uploads
from .models import Upload

View = Callable[..., HttpResponse]


def _told(view: View) -> View:
    """Refusals as the script reads them: the code, the sentence, and for a piece out of step where to go on."""

    @wraps(view)
    def show(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except uploads.OutOfStep as refused:
            told = {"code": refused.code, "state": Upload.State.RECEIVING, "next": refused.data["next"]}
            response = JsonResponse({**told, "piece": rules.PIECE_MOST}, status=409)
        except Refused as refused:
            response = JsonResponse({"code": refused.code, "message": str(refused.message)}, status=422)
        response.setdefault("Cache-Control", "no-store")
        return response

    return show


def _state(upload: Upload) -> JsonResponse:
    told: dict[str, Any] = {
        "token": upload.token,
        "state": upload.state,
        "next": upload.received,
        "piece": rules.PIECE_MOST,
    }
    if upload.state == Upload.State.READY:
        told["seconds"] = upload.seconds
    return JsonResponse(told)


@seen_by("everyone")
@require_POST
@_told
def begin(request: Request) -> HttpResponse:
    """``{"id": a fresh UUID, "kind": "picture", "size": bytes, "sha256": if known}``; the same again is no harm."""
    try:
        said = json.loads(request.body)
        pk, kind, size = UUID(said["id"]), str(said["kind"]), int(said["size"])
        sha256 = str(said.get("sha256", ""))[:64]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise rules.unreadable() from None
    owner = uploads.owner_of(request, begin=True)
    return _state(uploads.begin(pk, owner=owner, actor=request.actor, kind=kind, size=size, sha256=sha256))


def _found(request: Request, pk: UUID) -> Upload | None:
    owner = uploads.owner_of(request)
    return Upload.objects.filter(pk=pk, owner=owner).first() if owner else None


def _own(request: Request, pk: UUID) -> Upload:
    upload = _found(request, pk)
    if upload is None:
        raise Http404
    return upload


@seen_by("receipt")
@require_http_methods(["GET", "PUT", "DELETE"])
@_told
def one(request: Request, pk: UUID) -> HttpResponse:
    """GET: how far it has come. PUT ``?offset=``: the next piece. DELETE: not wanted after all."""
    if request.method == "DELETE":
        unwanted = _found(request, pk)
        if unwanted is not None:
            uploads.discard(unwanted)
        return HttpResponse(status=204)  # it is not there, however often this is said
    upload = _own(request, pk)
    if request.method == "PUT":
        offset = request.GET.get("offset", "")
        if not offset.isdecimal():
            raise rules.unreadable()
        if not hooks.within_limit(*rules.PIECES, request.actor.origin or "none"):
            raise rules.too_often()
        upload = uploads.receive(upload, int(offset), request.body)
    return _state(upload)


@seen_by("receipt")
@require_POST
@_told
def finish(request: Request, pk: UUID) -> HttpResponse:
    return _state(uploads.finish(_own(request, pk)))


@seen_by("receipt")
@require_safe
def content(request: Request, pk: UUID) -> HttpResponse:
    """What was sent, as it would be kept, for whoever sent it: a picture's small copy, or the recording."""
    upload = _own(request, pk)
    name = upload.facts.get("small_as") or upload.facts.get("stored_as")
    if upload.state != Upload.State.READY or not name:
        raise Http404
    kept = contents.read_stored(name, upload.secret)
    return serving.answer(request, kept, upload.facts["media_type"], serving.FOR_ONE)
