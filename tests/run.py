"""Run every test, on SQLite and on a PostgreSQL server started for the purpose; `make test` calls this.

Arguments go to pytest, and then only the SQLite pass runs. A server or a browser that is missing is named loudly;
in CI (`CI=true`) it fails the run, so that nothing is skipped there.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parents[1]
IN_CI = os.environ.get("CI") == "true"
POSTGRES_BIN = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
POSTGRES_PORT = "54329"


def pytest(arguments: list[str], **environment: str) -> int:
    """Exit status of one pytest run in a process of its own."""
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=PROJECT_DIR, env={**os.environ, **environment}, check=False).returncode


def as_postgres(command: list[str]) -> list[str]:
    """The command as a user who may run a PostgreSQL server: it refuses root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a fresh PostgreSQL server on loopback; stopped and removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="yangguang-postgres-"))
    folder.chmod(0o700)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    tools, data = POSTGRES_BIN[-1], folder / "data"
    subprocess.run(as_postgres([f"{tools}/initdb", "-D", str(data), "-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]), check=True, capture_output=True)
    options = f"-p {POSTGRES_PORT} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"
    subprocess.run(as_postgres([f"{tools}/pg_ctl", "-D", str(data), "-w", "-l", f"{folder}/log", "-o", options, "start"]), check=True, capture_output=True)
    try:
        yield f"postgres://portal@127.0.0.1:{POSTGRES_PORT}/postgres"
    finally:
        subprocess.run(as_postgres([f"{tools}/pg_ctl", "-D", str(data), "-m", "immediate", "stop"]), check=False, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def missing() -> list[str]:
    """What the full run needs and this machine lacks."""
    wanted = {"chromium (apt install chromium fonts-noto-cjk)": shutil.which("chromium"), "PostgreSQL (apt install postgresql)": POSTGRES_BIN}
    return [name for name, found in wanted.items() if not found]


def everything() -> int:
    """Exit status of all passes: in the browser, on SQLite, on PostgreSQL."""
    lacking = missing()
    for name in lacking:
        print(f"NOT TESTED: {name} is missing.", file=sys.stderr, flush=True)
    if lacking and IN_CI:
        return 1
    started = time.monotonic()
    # Apart from the others: they empty the database after each test, and with it what migrations have put there.
    status = pytest(["-n", "2", "-m", "browser"]) if shutil.which("chromium") else 0
    print(f"Browser: {time.monotonic() - started:.0f} s.", flush=True)
    if not POSTGRES_BIN:
        return pytest(["-n", "2", "-m", "not browser"]) or status
    with postgres() as url:
        status = pytest(["-n", "2", "-m", "not browser"], TEST_POSTGRES_URL=url) or status
        print(f"SQLite: {time.monotonic() - started:.0f} s. Now the same on PostgreSQL.", flush=True)
        status = pytest(["-n", "2", "-m", "not browser and not slow"], DATABASE_URL=url, TEST_POSTGRES_URL=url) or status
    print(f"All passes: {time.monotonic() - started:.0f} s.", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(pytest(sys.argv[1:]) if sys.argv[1:] else everything())
