"""The area picker's list: what is typed comes in, choices go out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xianglin.base.pages import seen_by

from . import queries


@seen_by("everyone")
def find(request: HttpRequest) -> HttpResponse:
    """What ``ui/_area_picker.html`` asks while somebody types; ``within``: the code of the area to stay in.

    The words come as ``q``, with the field's ``name`` beside them, or as the field's own ``<name>_q``.
    """
    asked = next((key for key in request.GET if key.endswith("_q")), "q")
    text = request.GET.get(asked, "").strip()
    code = request.GET.get("within", "")
    return render(
        request,
        "ui/_area_results.html",
        {
            "name": asked.removesuffix("_q") if asked != "q" else request.GET.get("name", "area"),
            "query": text,
            "results": queries.find(text, queries.area_by_code(code) if code else None),
        },
    )
