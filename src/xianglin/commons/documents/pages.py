"""For the pages of all rooms: a paper as the answer to a request."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

PDF = "application/pdf"
PNG = "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def paper(content: bytes, name: str, sort: str = PDF) -> HttpResponse:
    """Shown where the browser can, else kept under its name."""
    shown = content_disposition_header(as_attachment=False, filename=name)
    return HttpResponse(content, content_type=sort, headers={"Content-Disposition": shown})
