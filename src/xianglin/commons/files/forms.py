"""Fields that take pictures, recordings and papers: chosen without a script, or sent before and carried as tokens."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from xianglin.base.actor import NOBODY, Actor
from xianglin.base.refused import Refused

from . import rules, uploads
from .models import Kind, Upload

Form = TypeVar("Form", bound=forms.BaseForm)
_TEMPLATES = {Kind.PICTURE: "ui/_photos.html", Kind.AUDIO: "ui/_voice.html", Kind.PAPER: "ui/_papers.html"}


@dataclass
class Gathered:
    """What a form brought for one field."""

    uploads: list[Upload] = field(default_factory=list)
    refusals: list[Refused] = field(default_factory=list)


class Desk:
    """Takes what comes with one request, once, however often a form asks."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self._taken: dict[str, Gathered] = {}

    def gather(self, name: str, kind: str, tokens: Sequence[str], files: Sequence[UploadedFile[Any]]) -> Gathered:
        if name not in self._taken:
            self._taken[name] = self._gather(kind, tokens, files)
        return self._taken[name]

    def _gather(self, kind: str, tokens: Sequence[str], files: Sequence[UploadedFile[Any]]) -> Gathered:
        actor: Actor = getattr(self.request, "actor", NOBODY)
        owner = uploads.owner_of(self.request, begin=bool(files))
        here = [u for u in uploads.of_owner(owner, tokens) if u.kind == kind]
        found = Gathered(here, [rules.gone()] if len(here) < len(set(tokens)) else [])
        for file in files:
            try:
                found.uploads.append(uploads.take(file, owner=owner, actor=actor, kind=kind))
            except Refused as refused:
                found.refusals.append(refused)
        return found


class CaptureWidget(forms.Widget):
    needs_multipart_form = True
    desk: Desk | None = None

    def __init__(self, kind: str, most: int) -> None:
        super().__init__()
        self.kind, self.most = kind, most

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Gathered:
        told = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        tokens = [token for token in told if token]  # where no file was chosen a browser sends an empty field
        sent = files.getlist(name) if hasattr(files, "getlist") else []
        if self.desk is None or not (tokens or sent):
            return Gathered()
        return self.desk.gather(name, self.kind, tokens, sent)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        shown = value.uploads if isinstance(value, Gathered) else []
        context = {
            "name": name,
            "id": (attrs or {}).get("id", f"id_{name}"),
            "described": (attrs or {}).get("aria-describedby", ""),
            "invalid": (attrs or {}).get("aria-invalid", ""),
            "kind": self.kind,
            "most": self.most,
            "seconds": rules.MOST_SECONDS,
            "url": reverse("files:begin"),
            "items": [(u.token, reverse("files:content", args=[u.pk]), u.seconds) for u in shown],
        }
        return mark_safe(render_to_string(_TEMPLATES[Kind(self.kind)], context))  # noqa: S308 - a template of ours


class UploadsField(forms.Field):
    """Up to ``most`` pictures, recordings or papers; cleans to a list of uploads that ``actions.keep_upload`` takes."""

    widget: CaptureWidget

    def __init__(self, *, kind: str, most: int, **more: Any) -> None:
        self.kind, self.most = kind, most
        super().__init__(required=False, widget=CaptureWidget(kind, most), **more)

    def clean(self, value: Gathered) -> list[Upload]:
        if value.refusals:
            raise forms.ValidationError([str(refused) for refused in value.refusals])
        try:
            rules.require_most(len(value.uploads), self.most, self.kind)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None
        return value.uploads


def with_uploads(form: Form, request: HttpRequest) -> Form:
    """The same form, able to take what came with this request. Call it before the form is asked anything."""
    desk = Desk(request)
    if form.is_bound:
        form.files = request.FILES
    for one in form.fields.values():
        if isinstance(one, UploadsField):
            one.widget.desk = desk
    return form
