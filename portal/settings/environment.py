"""Every environment variable the portal reads, with its default and its meaning.

Settings modules take values from here and nowhere else; `manage.py configuration` lists them and writes
`docs/configuration.md`, so the list an operator reads is the list the program uses.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environ

PROJECT_DIR = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Variable:
    """One environment variable: its name, how it is read, what holds without it, and what it means."""

    name: str
    kind: str
    default: Any
    meaning: str


VARIABLES = (
    Variable("YANGGUANG_VAR", "str", "var", "Folder of everything written at run time; a relative path counts from the project."),
    Variable("DATABASE_URL", "str", "", "Database address, e.g. postgres://user:password@host/name. Empty: SQLite in the run-time folder."),
    Variable("SECRET_KEY", "str", "", "Django's secret key, at least 50 characters. Required in production; made and kept in the run-time folder in development."),
    Variable("ALLOWED_HOSTS", "list", [], "Host names the portal answers to, separated by commas. Required in production."),
    Variable("BASE_URL", "str", "http://127.0.0.1:8000", "Address under which people reach the portal; used in feeds, QR codes and e-mails."),
    Variable("DEBUG", "bool", False, "Show error pages with source text (development). Refused in production."),
    Variable("EMAIL_URL", "str", "consolemail://", "Where outgoing mail goes, e.g. smtp://user:password@host:25."),
    Variable("DEFAULT_FROM_EMAIL", "str", "portal@localhost", "Sender of the portal's mail."),
    Variable("SECURE_COOKIES", "bool", True, "Send cookies and redirect over HTTPS only (production)."),
    Variable("SECURE_HSTS_SECONDS", "int", 31536000, "How long browsers keep to HTTPS (production)."),
    Variable("CONN_MAX_AGE", "int", 60, "Seconds a database connection is kept (PostgreSQL)."),
    Variable("MAX_UPLOAD_MB", "int", 50, "Largest attachment an editor may upload, in megabytes."),
    Variable("SEARCH_ENGINE", "str", "sqlite", "Engine of the public search."),
    Variable("VISITS_FLUSH_SECONDS", "int", 60, "Seconds after which visits of pages are written to the database. 0: visits aren't counted."),
    Variable("CORRECTIONS_PER_HOUR", "int", 10, "Errors of pages that one address may report within an hour."),
    Variable("CLIENT_ADDRESS_HEADER", "str", "", "Header in which the proxy in front gives the reader's address, e.g. X-Real-IP. Empty: the address of the connection."),
    Variable("LOG_LEVEL", "str", "INFO", "Least severe level that is logged."),
)

_reader = environ.Env()
_by_name = {variable.name: variable for variable in VARIABLES}


def read(name: str) -> Any:
    """Value of the variable `name` in its type; its default when the environment lacks it or holds nothing."""
    variable = _by_name[name]
    if not _reader.str(name, default=""):
        return variable.default
    return getattr(_reader, variable.kind)(name)


def var_dir() -> Path:
    """The folder of everything written at run time, made if it is missing."""
    folder = PROJECT_DIR / str(read("YANGGUANG_VAR"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
