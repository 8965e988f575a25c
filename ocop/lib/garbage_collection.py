"""Pause of the cyclic garbage collector while many objects are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_paused() -> Iterator[None]:
    """No cyclic garbage collection inside the block; the former setting is restored after it.

    Every few thousand new objects the collector goes through all there are, an eighth of the
    time of an import, whose objects stay until it ends and are then freed by reference counting.
    If two threads pause at the same time, the first one to have paused restores collection, so
    that it is never left disabled.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
