"""What forms of all rooms share: words as they are typed, and a key with which pressing twice does it once."""

import uuid
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused


class Typed(forms.CharField):
    """Words as a person types them: too long is refused in words, as a `maxlength` in the page would cut off silently
    what was pasted; a line's end counts once, though browsers send two characters."""

    default_error_messages: ClassVar = {
        "max_length": _("太长了（%(show_value)d 字），最多 %(limit_value)d 字，请删短一些。")
    }

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        return typed.replace("\r\n", "\n") if isinstance(typed, str) else typed

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs: dict[str, Any] = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class DayInput(forms.DateInput):
    """A day as a browser's date field takes it, whatever the language: written as the language does it stays empty."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class OnceForm(forms.Form):
    """A form that carries its own key: pressing twice does it once."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4


class Keys:
    """For a page of many one-button forms: each asks for ``key`` and gets a hidden field of its own."""

    @property
    def key(self) -> BoundField:
        return OnceForm(auto_id=False)["key"]


def sent(request: HttpRequest) -> Any:
    """What a form is bound to: what was sent, or nothing yet."""
    return request.POST if request.method == "POST" else None


def taken(form: forms.Form, do: Callable[[dict[str, Any]], Any], fields: dict[str, str] | None = None) -> bool:
    """Whether a form was sent and done; a refusal stands in it, at the field that its code names."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        do(form.cleaned_data)
    except Refused as refused:
        field = (fields or {}).get(refused.code)
        form.add_error(field if field in form.fields else None, str(refused.message))
        return False
    return True


def status(form: forms.Form) -> int:
    return 422 if form.is_bound else 200
