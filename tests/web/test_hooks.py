"""What one app asks of another is named in settings, and what is missing there raises."""

from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from ocop.hooks import hook


def test_every_name_in_the_settings_leads_to_something() -> None:
    assert all(hook(name) for name in settings.HOOKS)


def test_a_hook_that_is_not_set_or_leads_nowhere_raises(settings: Any) -> None:
    settings.HOOKS = {"confirmed_periods": "", "import_effects": "targets.no_such.function"}
    for name in ("confirmed_periods", "import_effects", "imports_within"):
        with pytest.raises(ImproperlyConfigured, match=name):
            hook(name)
