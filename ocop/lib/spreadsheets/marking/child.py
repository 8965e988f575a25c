"""The child that marks a workbook: a line of JSON and the file in, a line and an xlsx out."""

import gc
import json
import resource
import sys
from typing import Any

from ocop.lib.spreadsheets.child import MEMORY, PROCESSOR_SECONDS, limit
from ocop.lib.spreadsheets.refusal import MEBIBYTE, FileRefused

LARGEST_ANSWER = 64 * MEBIBYTE


def main() -> None:
    """Limits first, then the work."""
    limit(resource.RLIMIT_AS, MEMORY)
    limit(resource.RLIMIT_CPU, PROCESSOR_SECONDS)
    limit(resource.RLIMIT_CORE, 0)
    # Nothing here lives long enough to be worth collecting.
    gc.disable()
    head, _newline, data = sys.stdin.buffer.read().partition(b"\n")
    answer, workbook = answer_to(json.loads(head), data)
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + workbook)


def answer_to(asked: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """What the child says of a file, and the marked copy unless it refuses."""
    from ocop.lib.spreadsheets.annotated import Mark, Texts
    from ocop.lib.spreadsheets.marking.workbook import marked

    marks = [Mark(*fields) for fields in asked["marks"]]
    try:
        workbook = marked(data, asked["name"], marks, Texts(**asked["texts"]))
    except FileRefused as refusal:
        return {"refused": refusal.code, "params": refusal.params}, b""
    except MemoryError:
        return {"refused": "too_large", "params": {"reason": "memory"}}, b""
    except BaseException:
        # Whatever a parser makes of a crafted file, the file is what cannot be read.
        return {"refused": "unreadable", "params": {"reason": "damaged"}}, b""
    if len(workbook) > LARGEST_ANSWER:
        return {"refused": "too_large", "params": {"reason": "unpacked"}}, b""
    return {}, workbook


if __name__ == "__main__":
    main()
