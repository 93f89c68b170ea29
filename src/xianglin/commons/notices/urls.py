from django.urls import path

from . import views, webhooks

app_name = "notices"
urlpatterns = [
    path("notices/", views.list_notices, name="list"),
    path("notices/read/", views.mark_read, name="read"),
    path("notices/gateway/receipts/", webhooks.gateway_receipts, name="gateway_receipts"),
    path("demo/outbox/", views.outbox, name="outbox"),
]
