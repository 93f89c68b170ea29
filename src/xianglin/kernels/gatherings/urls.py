from django.urls import path

from . import views

app_name = "gatherings"
urlpatterns = [
    path("gatherings/<int:gathering_pk>/", views.desk, name="desk"),
    path("gatherings/<int:gathering_pk>/<slug:meeting_verb>/", views.deed, name="deed"),
]
