"""Tests: fast passwords, files in a folder of their own, otherwise as in development."""

import os
import tempfile
from pathlib import Path

# A folder of one's own for every test process, chosen before anything reads the variable.
os.environ["YANGGUANG_VAR"] = tempfile.mkdtemp(prefix="yangguang-test-")

from portal.settings.base import *

SECRET_KEY = "tests-only-" + "k3y" * 20
DEBUG = False
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEMO_ALLOWED = True
VISITS_FLUSH_SECONDS = 0  # counting writes in the background, beside the transaction of a test
TEST_VAR_DIR = Path(os.environ["YANGGUANG_VAR"])

if os.environ.get("TEST_DATABASE_FILE"):
    # A kept database file for `pytest --reuse-db`, so that a single test starts at once.
    DATABASES["default"]["TEST"] = {"NAME": os.environ["TEST_DATABASE_FILE"]}
