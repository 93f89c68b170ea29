"""Who an account is, by password; and the account behind a session, however it was entered."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from .models import Account


class Passwords(BaseBackend):
    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **_other: Any
    ) -> Account | None:
        account = Account.objects.filter(username=username, phone_index=None).first()
        if account is None:
            Account().set_password(password)  # takes as long as a known name, so that time tells nothing
            return None
        return account if account.check_password(password) and account.is_active else None

    def get_user(self, user_id: int) -> Account | None:
        return Account.objects.select_related("home").filter(pk=user_id, is_active=True).first()
