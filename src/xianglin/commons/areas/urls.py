from django.urls import path

from . import views

app_name = "areas"
urlpatterns = [path("areas/find/", views.find, name="find")]
