from django.urls import path

from . import views

app_name = "pairings"

urlpatterns = [
    path("pairings/asked/<int:proposal_pk>/", views.proposal, name="proposal"),
    path("pairings/asked/<int:proposal_pk>/accept/", views.accept, name="accept"),
    path("pairings/asked/<int:proposal_pk>/decline/", views.decline, name="decline"),
]
