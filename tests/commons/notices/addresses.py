"""The addresses that these tests need."""

from django.urls import include, path

urlpatterns = [
    path("", include("xianglin.ui.urls")),
    path("", include("xianglin.commons.access.urls")),
    path("", include("xianglin.commons.notices.urls")),
]
handler404 = "xianglin.ui.errors.not_found"
