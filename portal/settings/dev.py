"""Development: what `make run` uses. Not for a county: a key of its own, demo accounts allowed, DEBUG when asked for."""

from portal.settings.base import *
from portal.settings.environment import read
from portal.settings.keys import kept_secret_key

DEBUG = read("DEBUG")
SECRET_KEY = read("SECRET_KEY") or kept_secret_key(VAR_DIR)
ALLOWED_HOSTS = read("ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]", "testserver", "0.0.0.0"]  # noqa: S104
DEMO_ALLOWED = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
