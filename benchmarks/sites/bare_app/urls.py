from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from .models import Item


@login_required
def items(request: HttpRequest) -> HttpResponse:
    return render(request, "bare/items.html", {"items": Item.objects.order_by("due_on", "pk")[:50]})


urlpatterns = [path("", items)]
