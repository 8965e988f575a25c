"""What a row counts: as its changes add up to, and as its course goes on."""

from targets.choices import TargetType
from targets.figures.overview import FigureRow


def judged(row: FigureRow) -> tuple[int, int]:
    """(value, 0) of a count, else the numbers of a share; of a window that is over on its last
    day."""
    reading = row.reading
    if row.result.kind != TargetType.SHARE:
        return reading.value or 0, 0
    return reading.numerator or 0, reading.denominator or 0


def level_of(row: FigureRow) -> tuple[int, int]:
    """(value, 0) of a count, else the numbers of a share, which goes on when its window is over."""
    reading = row.reading
    if reading.now_denominator is not None:
        return reading.now_numerator or 0, reading.now_denominator
    return judged(row)
