"""The program as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ocop.settings")
application = get_wsgi_application()


def _tell_of_interrupted_imports() -> None:
    """Say in the log what the last stop interrupted, rather than when somebody next looks."""
    from django.db import connections

    from ocop.imports.datasets import mark_interrupted_at_start

    mark_interrupted_at_start()
    # Workers that are forked from here may not share a connection.
    connections.close_all()


_tell_of_interrupted_imports()
