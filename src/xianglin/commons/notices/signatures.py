"""Signed requests between the site and an SMS gateway: a shared secret, the time, the path and the body. No Django."""

import hashlib
import hmac
import time
from collections.abc import Mapping

TIME, SIGN = "X-Xianglin-Time", "X-Xianglin-Sign"
TOLERANCE = 300  # seconds between two clocks; within it a repeat is known by the message's own id


def headers(secret: str, path: str, body: bytes) -> dict[str, str]:
    now = str(int(time.time()))
    return {TIME: now, SIGN: _of(secret, now, path, body)}


def fits(secret: str, path: str, body: bytes, told: Mapping[str, str]) -> bool:
    """Whether the headers are the secret holder's, for this path and body, and of now. No secret: nobody's."""
    then = told.get(TIME, "")
    if not secret or not then.isascii() or not then.isdigit() or len(then) > 12:
        return False
    if abs(time.time() - int(then)) > TOLERANCE:
        return False
    return hmac.compare_digest(_of(secret, then, path, body).encode(), told.get(SIGN, "").encode())


def _of(secret: str, then: str, path: str, body: bytes) -> str:
    said = b"\n".join([then.encode(), path.encode(), body])
    return hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()
