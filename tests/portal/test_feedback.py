"""意见反馈: the footer leads to whom to tell, by the operator's own settings."""

from typing import Any

from django.test import Client


def shown(address: str = "/feedback/") -> str:
    return Client().get(address).content.decode()


def test_the_footer_leads_there(db: None) -> None:
    assert '<a href="/feedback/">意见反馈</a>' in shown("/privacy/")


def test_it_names_whom_to_call_and_to_write(db: None, settings: Any) -> None:
    settings.XIANGLIN_SPONSOR, settings.XIANGLIN_PHONE = "某县农业农村局", "0572-1234567"
    settings.XIANGLIN_LETTERBOX = "town@example.cn"
    page = shown()
    assert "某县农业农村局" in page and 'href="tel:0572-1234567"' in page and 'href="mailto:town@example.cn"' in page


def test_where_nothing_is_set_it_promises_nothing(db: None, settings: Any) -> None:
    settings.XIANGLIN_SPONSOR = settings.XIANGLIN_PHONE = settings.XIANGLIN_LETTERBOX = ""
    page = shown()
    assert "请告诉村里的干部" in page and "tel:" not in page and "mailto:" not in page
