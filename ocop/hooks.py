"""Functions of other apps that the lower ones call: named in settings.HOOKS, none by default."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string


def hook(name: str) -> Any:
    """What settings.HOOKS names for `name`; ImproperlyConfigured where it names nothing."""
    path = getattr(settings, "HOOKS", {}).get(name)
    if not path:
        raise ImproperlyConfigured(f"settings.HOOKS names nothing for {name!r}.")
    try:
        return import_string(path)
    except ImportError as error:
        raise ImproperlyConfigured(f"settings.HOOKS, {name!r}: {error}") from error
