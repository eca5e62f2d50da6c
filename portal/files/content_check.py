"""Whether a file holds what its name says, and is small enough (standards §11.2: upload whitelist)."""

import zipfile
from typing import BinaryIO

import filetype
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

# What the first bytes of a file of each extension may be recognised as; others have a rule of their own below.
CONTENT_OF = {
    "jpg": {"jpg"},
    "png": {"png"},
    "mp3": {"mp3"},
    "mp4": {"mp4", "m4v", "mov"},
}
# Formats that are ZIP archives, with the part that each must hold; an empty part means any archive.
PART_OF = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "ofd": "OFD.xml", "zip": ""}
TEXT_EXTENSIONS = {"txt", "csv"}
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
PROGRAM_MARKS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"<?php")
# Old Office and WPS files share one container that the library calls "doc" or does not know.
OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_EXTENSIONS = {"doc", "xls", "wps", "et"}
HEAD_BYTES = 8192
# Readers accept a PDF whose mark stands within the first 1,024 bytes; scanners put marks of their own before it.
PDF_MARK_WITHIN = 1024


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
    """Raise ValidationError when the content of `file` isn't that of a file called `name`; rewinds the file."""
    extension = extension_of(name)
    file.seek(0)
    try:
        fits = _fits(extension, file)
    finally:
        file.seek(0)
    if not fits:
        raise ValidationError(
            _("The content of “%(name)s” isn't that of a .%(extension)s file. Please save it again in the right format."),
            code="wrong_content",
            params={"name": name, "extension": extension},
        )


def _fits(extension: str, file: BinaryIO) -> bool:
    if extension in PART_OF:
        return _is_archive_with(PART_OF[extension], file)
    head = file.read(HEAD_BYTES)
    if head.startswith(PROGRAM_MARKS):
        return False
    if extension == "pdf":
        return b"%PDF-" in head[:PDF_MARK_WITHIN]
    if extension in OLE_EXTENSIONS:
        return head.startswith(OLE_HEADER)
    found = filetype.guess(head)
    if extension in TEXT_EXTENSIONS:
        return head.startswith(UTF16_MARKS) or (found is None and b"\x00" not in head)
    return found is not None and found.extension in CONTENT_OF.get(extension, set())


def _is_archive_with(part: str, file: BinaryIO) -> bool:
    """Whether `file` is a whole ZIP archive that begins as one and holds `part`; nothing is unpacked."""
    if file.read(4) not in {b"PK\x03\x04", b"PK\x05\x06"}:
        return False
    try:
        names = zipfile.ZipFile(file).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    return not part or part in names
