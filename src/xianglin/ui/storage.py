"""Static files under names that change with their content, so that a browser may keep them for ever."""

import re
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Packages name source maps that they do not ship; the manifest would stop at the missing file.
_MAP_LINE = re.compile(rb"^(?://|/\*)[#@] *sourceMappingURL=.*$", re.MULTILINE)


class Static(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise ships no types for it
    """With nothing collected yet (tests, a first look) plain names are given out instead."""

    def stored_name(self, name: str) -> str:
        if not self.hashed_files:
            return name
        return str(super().stored_name(name))

    def _save(self, name: str, content: Any) -> str:
        if name.endswith((".js", ".css")):
            # chunks() goes back to the start; the hash was counted from this very file just before.
            content = ContentFile(_MAP_LINE.sub(b"", b"".join(content.chunks())))
        return str(super()._save(name, content))
