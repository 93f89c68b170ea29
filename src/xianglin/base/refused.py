"""A refusal: a stable code for machines and one kind sentence that says what to do next."""

from typing import Any

from django.utils.functional import Promise


class Refused(Exception):
    """Raised by rules and actions; screens answer 422 with the sentence, the API with the same code."""

    def __init__(self, code: str, message: str | Promise, **data: Any) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.data = data

    def __str__(self) -> str:
        return str(self.message)


class Forbidden(Refused):
    """The actor may not do this. Screens answer 403; 404 where even the thing's existence is not theirs to know."""
