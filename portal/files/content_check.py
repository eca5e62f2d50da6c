"""Does a file hold what its name says, and is it small enough? (standards §11.2: upload whitelist)"""

from typing import BinaryIO

import filetype
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

# What the first bytes of a file of each extension may be recognised as; others have no signature of their own.
CONTENT_OF = {
    "pdf": {"pdf"},
    "docx": {"docx", "zip"},
    "xlsx": {"xlsx", "zip"},
    "ofd": {"zip"},
    "zip": {"zip"},
    "doc": {"doc"},
    "xls": {"xls", "doc"},
    "jpg": {"jpg"},
    "png": {"png"},
    "mp3": {"mp3"},
    "mp4": {"mp4", "m4v", "mov"},
}
TEXT_EXTENSIONS = {"txt", "csv"}
# Old Office and WPS files share one container that the library calls "doc" or does not know.
OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_EXTENSIONS = {"doc", "xls", "wps", "et"}
HEAD_BYTES = 8192


def extension_of(name: str) -> str:
    """The extension of a file name in lower case, without the dot; empty when there is none."""
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def check_size(size: int, limit: int) -> None:
    """Raise ValidationError when `size` bytes are more than `limit` bytes."""
    if size > limit:
        raise ValidationError(
            _("The file has %(size)s; at most %(limit)s can be uploaded. Please make it smaller or split it."),
            code="too_large",
            params={"size": filesizeformat(size), "limit": filesizeformat(limit)},
        )


def check_content(name: str, file: BinaryIO) -> None:
    """Raise ValidationError when the first bytes of `file` are not those of a file called `name`; rewinds the file."""
    extension = extension_of(name)
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    if not _fits(extension, head):
        raise ValidationError(
            _("The content of “%(name)s” isn't that of a .%(extension)s file. Please save it again in the right format."),
            code="wrong_content",
            params={"name": name, "extension": extension},
        )


def _fits(extension: str, head: bytes) -> bool:
    if extension in OLE_EXTENSIONS:
        return head.startswith(OLE_HEADER)
    found = filetype.guess(head)
    if extension in TEXT_EXTENSIONS:
        return found is None and b"\x00" not in head and not head.startswith(b"MZ")
    return found is not None and found.extension in CONTENT_OF.get(extension, set())
