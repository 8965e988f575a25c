"""Days as written in Vietnam, also in English: 04/12/2025 is one day on every page and paper.

Django's own `en` formats write the month first, against the documents and hints beside them.
"""

from ocop.formats.vi.formats import *  # noqa: F403

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
