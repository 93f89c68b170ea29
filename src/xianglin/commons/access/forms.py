"""What people type to log in."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import phones
from .models import Account


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label=_("手机号"),
        max_length=24,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": _("请填手机号。")},
    )

    def clean_phone(self) -> str:
        return phones.parse(self.cleaned_data["phone"])


class CodeForm(forms.Form):
    phone = forms.CharField(widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("验证码"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("请填短信里的 6 位数字。")},
    )

    def clean_phone(self) -> str:
        return phones.parse(self.cleaned_data["phone"])

    def clean_code(self) -> str:
        return phones.digits(self.cleaned_data["code"])


class PasswordForm(forms.Form):
    username = forms.CharField(
        label=_("用户名"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        error_messages={"required": _("请填用户名。")},
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("请填密码。")},
    )


class FactorForm(forms.Form):
    code = forms.CharField(
        label=_("验证器上的 6 位数字"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none"}),
        error_messages={"required": _("请填验证器上的数字，或一个恢复码。")},
    )


class InvitationForm(forms.Form):
    password = forms.CharField(
        label=_("新密码"),
        help_text=_("至少 10 位，不要全是数字，不要用您的姓名。"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("请填新密码。")},
    )
    again = forms.CharField(
        label=_("再填一次"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("请把新密码再填一次。")},
    )

    def __init__(self, account: Account, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict, as every form takes
        self.account = account

    def clean_again(self) -> str:
        if self.cleaned_data["again"] != self.cleaned_data.get("password"):
            raise ValidationError(_("两次填的不一样。请再填一次。"))
        return str(self.cleaned_data["again"])

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.account)
        return str(self.cleaned_data["password"])
