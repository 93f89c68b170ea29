"""A column that only ever holds ciphertext."""

from typing import TYPE_CHECKING, Any

from django.db import models

from .sealing import Sealed

if TYPE_CHECKING:
    _Text = models.TextField[Sealed | None, Any]
else:
    _Text = models.TextField


class SealedField(_Text):
    """Text sealed with a person's key. Assign what ``sealing.seal`` gives; plain text is a programming error."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Sealed | None:
        return Sealed(value) if value else None

    def to_python(self, value: Any) -> Sealed | None:
        if value is None or isinstance(value, Sealed):
            return value
        raise TypeError("a SealedField takes a Sealed value: use xianglin.commons.keys.sealing.seal")

    def get_prep_value(self, value: Any) -> str | None:
        sealed = self.to_python(value)
        return sealed.ciphertext if sealed else None

    def value_to_string(self, obj: models.Model) -> str:
        sealed: Sealed | None = getattr(obj, self.attname)
        return sealed.ciphertext if sealed else ""
