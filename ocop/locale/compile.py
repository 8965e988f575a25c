"""Compile a message catalogue (.po) to the form Django reads (.mo), without system tools.

Usage: python -m ocop.locale.compile CATALOGUE.po OUT.mo
"""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogue(source: Path, target: Path) -> None:
    with source.open("rb") as stream:
        catalogue = read_po(stream, locale=source.parts[-3])
    with target.open("wb") as stream:
        write_mo(stream, catalogue)


if __name__ == "__main__":
    compile_catalogue(Path(sys.argv[1]), Path(sys.argv[2]))
