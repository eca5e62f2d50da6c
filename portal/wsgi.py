"""The portal as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

application = get_wsgi_application()

# After the apps are ready, since the question is asked of the database.
from portal.demo.guard import refuse_demo_password  # noqa: E402

refuse_demo_password()
