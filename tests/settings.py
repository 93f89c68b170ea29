"""The project's settings on a folder of the tests' own, made before they are read."""

import os
import tempfile

os.environ["XIANGLIN_DATA"] = tempfile.mkdtemp(prefix="xianglin-test-")
os.environ["XIANGLIN_DEMO"] = "1"

from xianglin.config.settings import *  # noqa: E402, F403 - settings are a star import everywhere

(DATA / "static").mkdir(exist_ok=True)  # noqa: F405 - from the star import
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests open many accounts
