from django.urls import path

from . import views

app_name = "indicators"
urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/sheet/<str:form>/", views.sheet, name="sheet"),
    path("figures/<str:measure>/", views.measure, name="measure"),
    path("figures/<str:measure>/sheet/<str:form>/", views.records_sheet, name="records_sheet"),
]
