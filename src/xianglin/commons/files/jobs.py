"""What the clock does to files."""

from datetime import timedelta

from xianglin.commons.jobs.declare import job, scheduled

from . import actions, uploads
from .models import File


@scheduled(name="files.sweep", every=timedelta(hours=1))
@job()
def sweep() -> int:
    """Uploads that no form handed in within a day; bytes of forgotten files, where a killed process left them."""
    for file in File.objects.filter(gone_at__isnull=False).exclude(stored_as="").order_by("gone_at")[:500]:
        actions.erase_forgotten(file)
    return uploads.sweep()
