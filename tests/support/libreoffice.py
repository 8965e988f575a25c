"""Find LibreOffice (Calc and Writer) for the campaigns; install it where that is allowed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("soffice", "libreoffice", "localc")


def found() -> str | None:
    """The path of a LibreOffice, LIBREOFFICE first; None where there is none."""
    given = os.environ.get("LIBREOFFICE")
    return given or next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> None:
    quiet = {
        "stdout": subprocess.DEVNULL,
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    }
    subprocess.check_call(["apt-get", "update", "-qq"], **quiet)
    parts = ["libreoffice-calc-nogui", "libreoffice-writer-nogui"]
    subprocess.check_call(["apt-get", "install", "-y", "-qq", *parts], **quiet)


def available() -> str | None:
    """A LibreOffice, installed first where there is none and this may be done."""
    if not has_writer() and shutil.which("apt-get") and os.geteuid() == 0:
        install()
    return found()


def has_writer() -> bool:
    """Whether the LibreOffice found opens Word files too: Debian has Calc without Writer."""
    program = found()
    return bool(program) and (Path(program).resolve().parent / "libswlo.so").exists()


def resaved(source: Path, folder: Path, kind: str = "xlsx") -> Path:
    """The file as LibreOffice opens it and saves it again, in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    program = available()
    assert program, "no LibreOffice"
    subprocess.run(
        [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / f"{source.stem}.{kind.partition(':')[0]}"


def main() -> int:
    if available():
        return 0
    print(
        "The campaigns need LibreOffice Calc and Writer. Install them (Debian: apt-get install "
        "libreoffice-calc-nogui libreoffice-writer-nogui), or name one: "
        "LIBREOFFICE=/path/to/soffice make test-all",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
