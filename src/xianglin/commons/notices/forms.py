"""What people type about how they are told."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MailForm(forms.Form):
    """Blank: no e-mail any more."""

    address = forms.EmailField(
        label=_("邮箱"),
        max_length=120,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("邮箱写得不对，要像 name@example.cn 这样。")},
    )
