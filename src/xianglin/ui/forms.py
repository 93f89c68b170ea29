"""What forms of all rooms share: words as they are typed, and a key with which pressing twice does it once."""

import uuid
from typing import Any

from django import forms


class Typed(forms.CharField):
    """Words as a person types them: too long is refused in words, as a `maxlength` in the page would cut off silently
    what was pasted; a line's end counts once, though browsers send two characters."""

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        return typed.replace("\r\n", "\n") if isinstance(typed, str) else typed

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs: dict[str, Any] = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class OnceForm(forms.Form):
    """A form that carries its own key: pressing twice does it once."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4
