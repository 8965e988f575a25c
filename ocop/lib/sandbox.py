"""Work on files of strangers, in a child process with bounds on memory, time and output.

A task is a function of ours, named "module:function": it is given the file's bytes and plain
keyword arguments, and returns bytes. The child sees none of the program's settings, and writes
nothing but its answer; whatever the file does to it is a refusal of the file.
"""

import gc
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

MEBIBYTE = 1024 * 1024
ROOT = Path(__file__).resolve().parents[2]
OUT_OF_MEMORY = {signal.SIGABRT, signal.SIGKILL}


class FileRefused(Exception):
    """Why a file is not taken: a stable code and its params, keys and never sentences.

    The codes of spreadsheets are described in `spreadsheets.refusal`, those of evidence in
    `files.unfit`. A task that breaks its bounds is `too_large` (reason `time` or `memory`), one
    that fails is `unreadable` (reason `damaged`).
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    @property
    def reason(self) -> str:
        """The code where it has no reason beside it."""
        return str(self.params.get("reason", self.code))


@dataclass(frozen=True)
class Limits:
    """Bounds of one task: bytes and seconds. `written`: the largest file it may write."""

    processor_seconds: int
    wall_seconds: float
    answer: int
    memory: int = 1024 * MEBIBYTE
    written: int = 0


_runs_inline = False


@contextmanager
def inline(yes: bool = True) -> Iterator[None]:
    """Within, tasks run in this process and without bounds: a test need not start a child."""
    global _runs_inline
    before, _runs_inline = _runs_inline, yes
    try:
        yield
    finally:
        _runs_inline = before


def run(task: str, data: bytes, limits: Limits, **words: Any) -> bytes:
    """The answer of `task` to `data`; `words` are what JSON can hold. Raises FileRefused."""
    head = json.dumps({"task": task, "words": words, "limits": asdict(limits)}).encode()
    if _runs_inline:
        answer = _answer(json.loads(head), data)
    else:
        answer = _run_child(head + b"\n" + data, limits.wall_seconds)
    line, _newline, rest = answer.partition(b"\n")
    try:
        refusal = json.loads(line)
    except ValueError as problem:
        raise FileRefused("unreadable", reason="damaged") from problem
    if refusal:
        raise FileRefused(refusal["code"], **refusal["params"])
    return rest


def _run_child(data: bytes, wall_seconds: float) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-s", "-c", "from ocop.lib.sandbox import main; main()"],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=wall_seconds,
            cwd=ROOT,
            env=environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as problem:
        raise FileRefused("too_large", reason="time") from problem
    if done.returncode == -signal.SIGXCPU:
        raise FileRefused("too_large", reason="time")
    if -done.returncode in OUT_OF_MEMORY:
        raise FileRefused("too_large", reason="memory")
    if done.returncode:
        raise FileRefused("unreadable", reason="damaged")
    return done.stdout


def environment() -> dict[str, str]:
    """All that a child is told of the process that starts it."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONDONTWRITEBYTECODE": "1" if sys.dont_write_bytecode else "",
        "PYTHONUTF8": "1",
        "OPENPYXL_LXML": "False",
    }


def main() -> None:
    """The child: limits first, then the task."""
    # Nothing here lives long enough to be worth collecting.
    gc.disable()
    head = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**head["limits"])
    _limit(resource.RLIMIT_AS, limits.memory)
    _limit(resource.RLIMIT_CPU, limits.processor_seconds)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, limits.written)
    sys.stdout.buffer.write(_answer(head, sys.stdin.buffer.read()))


def _limit(kind: int, amount: int) -> None:
    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        amount = min(amount, hard)
    resource.setrlimit(kind, (amount, amount))


def _answer(head: dict[str, Any], data: bytes) -> bytes:
    """A line of JSON, which is empty or refuses the file, and after it what the task returns."""
    module, _colon, name = head["task"].partition(":")
    try:
        answer = getattr(import_module(module), name)(data, **head["words"])
        if len(answer) > head["limits"]["answer"]:
            raise MemoryError
        return b"{}\n" + bytes(answer)
    except FileRefused as refused:
        return _refusal(refused.code, **refused.params)
    except MemoryError:
        return _refusal("too_large", reason="memory")
    except BaseException:
        # A parser's own error, or a panic inside its Rust code, which is no Exception: whatever
        # it is, the file is what cannot be read.
        return _refusal("unreadable", reason="damaged")


def _refusal(code: str, **params: Any) -> bytes:
    return json.dumps({"code": code, "params": params}).encode() + b"\n"
