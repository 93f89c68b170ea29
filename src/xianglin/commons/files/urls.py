from django.urls import path

from . import views

app_name = "files"
urlpatterns = [
    path("files/uploads/", views.begin, name="begin"),
    path("files/uploads/<uuid:pk>/", views.one, name="upload"),
    path("files/uploads/<uuid:pk>/finish/", views.finish, name="finish"),
    path("files/uploads/<uuid:pk>/content/", views.content, name="content"),
]
