from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [
    path("size/", views.size, name="size"),
    path("language/", views.language, name="language"),
    path("components/", views.components, name="components"),
    path("healthz/", views.healthz, name="healthz"),
]
