"""For the pages of all rooms: the place that an address names."""

from django.shortcuts import get_object_or_404

from .models import Area


def place(code: str) -> Area:
    """The current area with this code; 404 where there is none."""
    area: Area = get_object_or_404(Area.objects.current(), code=code)
    return area
