"""Contents too large for a column: encrypted with a key of their own, which is then sealed like any other value.

AES-256-GCM as in ``sealing``: what was altered does not open.
"""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused

_NONCE = 12


def new_secret() -> str:
    """A content's key, as text to be sealed or kept."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


def conceal(secret: str, content: bytes) -> bytes:
    """The content as it may lie anywhere."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(base64.b64decode(secret)).encrypt(nonce, content, None)


def reveal(secret: str, concealed: bytes) -> bytes:
    try:
        return AESGCM(base64.b64decode(secret)).decrypt(concealed[:_NONCE], concealed[_NONCE:], None)
    except (InvalidTag, ValueError):  # ValueError: shorter than a nonce
        raise Refused("keys.content_tampered", _("这个文件被改动过，打不开。请联系系统管理员核对。")) from None
