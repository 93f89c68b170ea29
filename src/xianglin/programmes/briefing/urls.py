from django.urls import path

from . import views

app_name = "briefing"
urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/open/", views.open_report, name="open_report"),
]
