from django.urls import path

from . import views, views_officer, views_pairing, views_rounds

app_name = "pairings"

urlpatterns = [
    path("pairings/of/<str:kind_key>/", views_officer.kind_home, name="kind"),
    path("pairings/of/<str:kind_key>/round/", views_officer.open_round, name="open_round"),
    path("pairings/of/<str:kind_key>/note/", views_officer.note_pairing, name="note_pairing"),
    path("pairings/rounds/<int:round_pk>/", views_rounds.round_, name="round"),
    path("pairings/rounds/<int:round_pk>/<slug:round_verb>/", views_rounds.round_deed, name="round_deed"),
    path("pairings/rounds/<int:round_pk>/need/<int:need_pk>/", views_rounds.options, name="options"),
    path("pairings/asked/<int:proposal_pk>/", views.proposal, name="proposal"),
    path("pairings/asked/<int:proposal_pk>/accept/", views.accept, name="accept"),
    path("pairings/asked/<int:proposal_pk>/decline/", views.decline, name="decline"),
    path("pairings/asked/<int:proposal_pk>/note/", views.note_answer, name="note_answer"),
    path("pairings/asked/<int:proposal_pk>/withdraw/", views.withdraw, name="withdraw"),
    path("pairings/<int:pairing_pk>/", views_pairing.pairing, name="pairing"),
    path("pairings/<int:pairing_pk>/<slug:pairing_verb>/", views_pairing.deed, name="deed"),
    path("pairings/<int:pairing_pk>/steps/<int:step_pk>/<slug:step_verb>/", views_pairing.step, name="step"),
    path("pairings/<int:pairing_pk>/looks/<int:look_pk>/", views_pairing.look, name="look"),
    path("pairings/<int:pairing_pk>/outcomes/<int:outcome_pk>/", views_pairing.verify, name="verify"),
]
