"""Production: refuses to start with anything that would put a county at risk."""

from django.core.exceptions import ImproperlyConfigured

from portal.settings.base import *
from portal.settings.environment import read
from portal.settings.keys import weakness

DEBUG = False
if read("DEBUG"):
    raise ImproperlyConfigured("DEBUG is set. Error pages would show source text to everybody: unset DEBUG.")

SECRET_KEY = read("SECRET_KEY")
if reason := weakness(SECRET_KEY):
    raise ImproperlyConfigured(f"SECRET_KEY is too weak: {reason}.")

ALLOWED_HOSTS = read("ALLOWED_HOSTS")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is empty: name the hosts the portal answers to.")

DEMO_ALLOWED = False
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = read("SECURE_COOKIES")
SESSION_COOKIE_SECURE = read("SECURE_COOKIES")
CSRF_COOKIE_SECURE = read("SECURE_COOKIES")
SECURE_HSTS_SECONDS = read("SECURE_HSTS_SECONDS")
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
