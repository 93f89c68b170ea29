from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.list_notices, name="list"),
    path("notices/read/", views.mark_read, name="read"),
    path("demo/outbox/", views.outbox, name="outbox"),
]
