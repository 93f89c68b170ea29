from django.urls import path

from . import views

app_name = "access"
urlpatterns = [
    path("login/", views.log_in, name="login"),
    path("login/code/", views.code, name="code"),
    path("login/password/", views.password, name="password"),
    path("login/second/", views.factor, name="factor"),
    path("login/second/new/", views.enrol, name="enrol"),
    path("login/invited/<str:uid>/<str:token>/", views.invitation, name="invitation"),
    path("logout/", views.log_out, name="logout"),
    path("access/devices/", views.devices, name="devices"),
    path("access/devices/<int:pk>/end/", views.end_device, name="end_device"),
    path("access/working/", views.working, name="working"),
    path("demo/enter/<slug:persona>/", views.demo_enter, name="demo_enter"),
]
