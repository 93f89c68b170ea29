from django.urls import path

from . import views

app_name = "exchange"
urlpatterns = [
    path("exchange/batches/<int:batch_id>/", views.show, name="batch"),
    path("exchange/batches/<int:batch_id>/map/", views.remap, name="remap"),
    path("exchange/batches/<int:batch_id>/apply/", views.apply, name="apply"),
    path("exchange/batches/<int:batch_id>/cancel/", views.cancel, name="cancel"),
    path("exchange/batches/<int:batch_id>/faulty.xlsx", views.faulty, name="faulty"),
    path("exchange/<slug:table>/", views.upload, name="upload"),
    path("exchange/<slug:table>/template.xlsx", views.template, name="template"),
]
