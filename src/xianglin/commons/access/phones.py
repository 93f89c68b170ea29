"""Mobile numbers: one written form, a keyed index to find an account by, a mask to show."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xianglin.commons.keys.sealing import blind_index

_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9][0-9]{9})")


def parse(text: str) -> str:
    """The eleven digits of a mainland mobile number, however it was typed; ValidationError otherwise."""
    bare = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", text))
    found = _MOBILE.fullmatch(bare)
    if found is None:
        raise ValidationError(_("手机号应是 11 位数字，以 1 开头。请核对一下。"), code="access.phone")
    return found[1]


def index_of(phone: str) -> str:
    return blind_index("phone", phone)


def mask(phone: str) -> str:
    return f"{phone[:3]}****{phone[-4:]}"


def digits(text: str) -> str:
    """A typed code without spaces and in half width, as Chinese keyboards may write it."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
