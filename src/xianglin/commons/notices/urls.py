from django.urls import path

from . import views, webhooks

app_name = "notices"
urlpatterns = [
    path("notices/", views.list_notices, name="list"),
    path("notices/read/", views.mark_read, name="read"),
    path("notices/ways/", views.ways, name="ways"),
    path("notices/ways/sms/", views.set_sms, name="set_sms"),
    path("notices/ways/mail/", views.set_mail, name="set_mail"),
    path("notices/mail/confirm/<str:token>/", views.confirm_mail, name="confirm_mail"),
    path("notices/tencent/<str:push_token>/inbound/", webhooks.tencent_inbound, name="tencent_inbound"),
    path("notices/tencent/<str:push_token>/receipts/", webhooks.tencent_receipts, name="tencent_receipts"),
    path("notices/gateway/inbound/", webhooks.gateway_inbound, name="gateway_inbound"),
    path("notices/gateway/receipts/", webhooks.gateway_receipts, name="gateway_receipts"),
    path("demo/outbox/", views.outbox, name="outbox"),
    path("demo/outbox/<int:pk>/reply/", views.reply, name="reply"),
]
