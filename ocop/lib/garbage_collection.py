"""The collector of objects that refer to each other in circles, put off while many are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_paused() -> Iterator[None]:
    """No collection of circles inside; as it was afterwards, whatever happens.

    Every few thousand new objects the collector goes through all there are, an eighth of the
    time of an import, whose objects stay until it ends and then go without it. Of two who pause
    at one time the one who paused first ends the pause: it is never left standing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
