"""Looking into a file in a process of its own, with bounds on memory, processor and wall time.

The child gets the file on standard input. It answers with one line of JSON and, after it, the
bytes of a picture where one was asked for. Nothing of the program's settings is in its
environment, and whatever the file does to the child is a refusal of the file.
"""

import json
import os
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocop.lib.files.unfit import MEBIBYTE, PDF, FileUnfit

MEMORY = 1024 * MEBIBYTE
PROCESSOR_SECONDS = 10
WALL_SECONDS = 20.0
LARGEST_PICTURE = 8 * MEBIBYTE
ROOT = Path(__file__).resolve().parents[3]
MODULE = "ocop.lib.files.child"
OUT_OF_MEMORY = {signal.SIGABRT, signal.SIGKILL}
_inline = False


def use_inline(inline: bool) -> None:
    """Answer in this process, without bounds: for tests, which look into files of their own."""
    global _inline
    _inline = inline


@dataclass(frozen=True)
class Inspected:
    content_type: str
    pages: int


def inspected(path: Path, wall_seconds: float | None = None) -> Inspected:
    """What the file is, by its content. Raises FileUnfit for whatever is not to be taken in."""
    answer, _none = _asked(path, wall_seconds, "check")
    return Inspected(answer["content_type"], answer["pages"])


def picture(path: Path, page: int, wall_seconds: float | None = None) -> bytes:
    """A JPEG of one page (from 1) of a file that was inspected before; raises FileUnfit."""
    return _asked(path, wall_seconds, "picture", str(page))[1]


def _asked(path: Path, wall_seconds: float | None, *words: str) -> tuple[dict[str, Any], bytes]:
    if _inline:
        return _understood(_said(path.read_bytes(), list(words)))
    limits = (str(MEMORY), str(PROCESSOR_SECONDS))
    try:
        with path.open("rb") as file:
            done = subprocess.run(
                [sys.executable, "-s", "-m", MODULE, *limits, *words],
                stdin=file,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=WALL_SECONDS if wall_seconds is None else wall_seconds,
                cwd=ROOT,
                env=_environment(),
                check=False,
            )
    except subprocess.TimeoutExpired as problem:
        raise FileUnfit("time") from problem
    if done.returncode < 0:
        raise _killed(-done.returncode)
    return _understood(done.stdout)


def _understood(said: bytes) -> tuple[dict[str, Any], bytes]:
    line, _break, rest = said.partition(b"\n")
    try:
        answer = json.loads(line)
    except ValueError as problem:
        raise FileUnfit("damaged") from problem
    if "unfit" in answer:
        raise FileUnfit(answer["unfit"])
    return answer, rest


def _environment() -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONDONTWRITEBYTECODE": "1" if sys.dont_write_bytecode else "",
        "PYTHONUTF8": "1",
    }


def _killed(number: int) -> FileUnfit:
    if number == signal.SIGXCPU:
        return FileUnfit("time")
    return FileUnfit("memory" if number in OUT_OF_MEMORY else "damaged")


def main() -> None:
    """The child: limits first, then the looking."""
    memory, seconds, *words = sys.argv[1:]
    _limit(resource.RLIMIT_AS, int(memory))
    _limit(resource.RLIMIT_CPU, int(seconds))
    _limit(resource.RLIMIT_CORE, 0)
    from ocop.lib.files import images, pdf, telling  # noqa: F401

    # From here on nothing is written anywhere but into the answer.
    _limit(resource.RLIMIT_FSIZE, 0)
    sys.stdout.buffer.write(_said(sys.stdin.buffer.read(), words))


def _said(data: bytes, words: list[str]) -> bytes:
    answer, rest = _answer(data, words)
    return json.dumps(answer).encode() + b"\n" + rest


def _limit(kind: int, amount: int) -> None:
    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        amount = min(amount, hard)
    resource.setrlimit(kind, (amount, amount))


def _answer(data: bytes, words: list[str]) -> tuple[dict[str, Any], bytes]:
    try:
        return _looked_at(data, words)
    except FileUnfit as unfit:
        return {"unfit": unfit.reason}, b""
    except MemoryError:
        return {"unfit": "memory"}, b""
    except BaseException:
        # A reader's own error, whatever it is: the file is what cannot be read.
        return {"unfit": "damaged"}, b""


def _looked_at(data: bytes, words: list[str]) -> tuple[dict[str, Any], bytes]:
    from ocop.lib.files import images, pdf, telling

    content_type = telling.content_type_of(data)
    is_pdf = content_type == PDF
    if words[0] == "picture":
        page = int(words[1])
        made = (
            pdf.picture_of_page(data, page)
            if is_pdf
            else images.picture_of_image(data, content_type)
        )
        if len(made) > LARGEST_PICTURE:
            raise FileUnfit("memory")
        return {}, made
    telling.refuse_what_follows(data, content_type)
    pages = pdf.check_pdf(data) if is_pdf else images.check_image(data, content_type)
    return {"content_type": content_type, "pages": pages}, b""


if __name__ == "__main__":
    main()
