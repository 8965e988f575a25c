"""kill -9 in the middle of a restore over what is there: the old or the new, never a mixture.

The moments are spread over the time that a whole restore takes. Whatever is left, every row of
evidence has its file, and the same command once more brings all of the new.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.backup.conftest import fill
from tests.backup.places import Place, kinds
from tests.campaigns.test_backups import manage, place_of
from tests.campaigns.trials import environment, printed
from tests.support.database import MIGRATE, REFERENCE, ROOT, START

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("OCOP_KILLS", "25"))
SEED = os.environ.get("OCOP_SEED", "20-CT/TU")


def rows_of(place: Place) -> dict[str, Any]:
    return {name: held for name, held in place.contents().items() if name != "files"}


def restoring(place: Place, archive: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "restore", str(archive), "--replace"],
        cwd=ROOT,
        env=environment(place.url, place.folder),
        stdout=subprocess.DEVNULL,
    )


def missing_files(place: Place) -> set[str]:
    from products.models import Evidence

    with place.used():
        rows = {(f"evidence/{str(e.pk)[:2]}/{e.pk}", e.sha256) for e in Evidence.objects.all()}
    return {path for path, _sha256 in rows - set(place.digests().items())}


def test_a_killed_restore_leaves_the_old_or_the_new(
    tmp_path: Path, capsys: Any, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock(), place_of(kinds()[0], tmp_path / "goc") as base:
        printed(START + MIGRATE + REFERENCE, environment(base.url, base.folder))
        with base.copied(tmp_path / "cu") as old, base.copied(tmp_path / "moi") as new:
            for place in (old, new):
                with place.used():
                    fill(place.folder)
            archive = tmp_path / "moi.zip"
            manage(new, "backup", archive)
            before, after = rows_of(old), rows_of(new)
            assert before != after
            left = killed(old, archive, before, after, tmp_path)
            with capsys.disabled():
                print(f"\n{KILLS} restores killed, seed {SEED}: {dict(left)}")


def killed(
    old: Place, archive: Path, before: dict[str, Any], after: dict[str, Any], folder: Path
) -> Counter[str]:
    left: Counter[str] = Counter()
    chance = random.Random(SEED)
    with old.copied(folder / "do") as target:
        began = time.monotonic()
        assert restoring(target, archive).wait() == 0
        whole = time.monotonic() - began
    for number in range(KILLS):
        with old.copied(folder / str(number)) as target:
            shutil.copytree(old.files, target.files)
            process = restoring(target, archive)
            # Most of the time is the start of the program: what counts is its last part.
            time.sleep(whole * (0.3 + 0.75 * (number + chance.random()) / KILLS))
            process.kill()
            process.wait()
            found = rows_of(target)
            assert found in (before, after)
            assert missing_files(target) == set()
            cut_off = " with files put aside" if list(target.files.glob(".restore-*")) else ""
            left[("old" if found == before else "new") + cut_off] += 1
            assert restoring(target, archive).wait() == 0
            assert rows_of(target) == after
            assert len(target.digests()) == 3
            assert missing_files(target) == set()
    return left
