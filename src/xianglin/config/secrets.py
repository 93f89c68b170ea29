"""Secrets of one installation: made on first start, kept in files beside the data, never in the database."""

import os
import secrets
from pathlib import Path


def installation_secret(data: Path, name: str) -> str:
    """The secret ``name``: from the environment (XIANGLIN_SECRET_<NAME>), or a file only its owner may read."""
    given = os.environ.get(f"XIANGLIN_SECRET_{name.upper()}")
    if given:
        return given
    folder = data / "keys"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{name}.secret"
    try:
        # Created whole under another name and linked: two processes starting at once agree on one secret.
        draft = folder / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
        if not path.exists():
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
            os.link(draft, path)
            draft.unlink()
    except FileExistsError:
        draft.unlink()
    return path.read_text(encoding="ascii").strip()
