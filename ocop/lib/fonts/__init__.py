"""Text typed with the fonts of before Unicode."""

from ocop.lib.fonts.legacy import (
    KINDS,
    TCVN3,
    TCVN3_CAPITALS,
    TELLING,
    is_legacy_text,
    legacy_kind,
    looks_like,
    to_unicode,
)
from ocop.lib.fonts.names import kind_of_font
