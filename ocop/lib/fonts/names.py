"""Fonts of before Unicode by their names: .VnTime, .VnTimeH, VNI-Times and their families."""

import re

TCVN3_FONT = re.compile(r"\.vn\w", re.I)
VNI_FONT = re.compile(r"vni[-\s]", re.I)


def kind_of_font(name: str) -> str:
    """The kind as `ocop.lib.fonts.legacy` names it; "" for fonts of Unicode.

    TCVN3 fonts whose names end in H show capitals only: tcvn3-capitals.
    """
    name = name.strip().strip("'\"")
    if TCVN3_FONT.match(name):
        return "tcvn3-capitals" if name.endswith("H") else "tcvn3"
    return "vni" if VNI_FONT.match(name) else ""
