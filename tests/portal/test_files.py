"""Uploads: size and content are checked on every way in, and a refused file leaves nothing behind."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file

from portal.files.content_check import check_content, check_size, extension_of
from portal.files.models import PublicDocument, PublicImage

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + b"\x00" * 200
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name in names:
            packed.writestr(zipfile.ZipInfo(name), "x")  # without the time: two test processes must name the tests alike
    return buffer.getvalue()


DOCX, XLSX, OFD = archive("[Content_Types].xml", "word/document.xml"), archive("xl/workbook.xml"), archive("OFD.xml")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF), ("A.PDF", PDF), ("scan.pdf", b"\xef\xbb\xbf" + PDF), ("a.docx", DOCX), ("a.xlsx", XLSX), ("a.ofd", OFD), ("a.zip", DOCX), ("a.doc", OLE), ("a.xls", OLE),
        ("a.wps", OLE), ("a.et", OLE), ("a.txt", "阳光".encode()), ("a.csv", "名称,数量".encode("gb18030")), ("a.csv", "名称".encode("utf-16")), ("a.txt", b""),
        ("a.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 20), ("a.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 20),
        ("a.mp3", b"ID3" + b"\x00" * 20), ("a.mp4", b"\x00\x00\x00\x18ftypisom" + b"\x00" * 20),
    ],
)
def test_what_its_name_says_is_accepted_and_rewound(name: str, content: bytes):
    file = io.BytesIO(content)
    check_content(name, file)
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", EXE), ("a.docx", EXE), ("a.txt", EXE), ("a.jpg", EXE), ("a.doc", EXE), ("a.mp4", EXE), ("a.zip", EXE),
        ("a.pdf", b""), ("a.pdf", b"MZ" + PDF), ("a.docx", archive("evil.exe")),
        ("a.docx", XLSX), ("a.xlsx", DOCX), ("a.docx", DOCX[:40]), ("a.pdf", DOCX), ("a.png", PDF), ("a.txt", PDF), ("a.csv", b"a\x00b"), ("a.exe", EXE), ("pdf", PDF),
        ("a.txt", b"#!/bin/sh\nrm"), ("a.doc", b"<html>"),
    ],
)
def test_what_its_name_hides_is_refused_by_name(name: str, content: bytes):
    with pytest.raises(ValidationError) as refused:
        check_content(name, io.BytesIO(content))
    assert name in refused.value.messages[0]


def test_size_counts_to_the_byte():
    check_size(100, 100)
    with pytest.raises(ValidationError):
        check_size(101, 100)
    assert extension_of("附件.表.XLSX") == "xlsx"


# --- The ways in


@pytest.fixture
def media(db: Any, tmp_path: Path, settings: Any) -> Path:
    """An empty media folder of this test's own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def staff(db: Any) -> Client:
    """Somebody who may upload."""
    client = Client()
    client.force_login(User.objects.create_superuser("zhuren", password="x"))
    return client


def upload_single(staff: Client, file: SimpleUploadedFile) -> str:
    response = staff.post(reverse("wagtaildocs:add"), {"title": "附件", "file": file, "tags": ""})
    return " ".join(response.context["form"].errors.get("file", [])) if response.status_code == 200 else ""


def upload_multiple(staff: Client, file: SimpleUploadedFile) -> str:
    response = staff.post(reverse("wagtaildocs:add_multiple"), {"title": "附件", "files[]": file}, headers={"x-requested-with": "XMLHttpRequest"})
    return json.loads(response.content).get("error_message", "")


def upload_in_chooser(staff: Client, file: SimpleUploadedFile) -> str:
    prefix = "document-chooser-upload"
    response = staff.post(reverse("wagtaildocs_chooser:create"), {f"{prefix}-title": "附件", f"{prefix}-file": file, f"{prefix}-tags": ""})
    answer = json.loads(response.content)
    return "" if answer["step"] == "chosen" else answer["htmlFragment"]


WAYS = [upload_single, upload_multiple, upload_in_chooser]


@pytest.mark.parametrize("upload", WAYS)
def test_a_proper_file_comes_in(staff: Client, media: Path, upload: Any):
    assert upload(staff, SimpleUploadedFile("附件.pdf", PDF)) == ""
    assert PublicDocument.objects.get().file.read() == PDF


@pytest.mark.parametrize("upload", WAYS)
def test_a_program_called_pdf_leaves_nothing_behind(staff: Client, media: Path, upload: Any):
    assert "附件.pdf" in upload(staff, SimpleUploadedFile("附件.pdf", EXE))
    assert not PublicDocument.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


@pytest.mark.parametrize("upload", WAYS)
def test_sixty_megabytes_leave_nothing_behind(staff: Client, media: Path, upload: Any):
    told = upload(staff, SimpleUploadedFile("大附件.pdf", PDF + b"\x00" * (60 * 1024 * 1024)))
    assert "60" in told
    assert str(settings.MAX_UPLOAD_BYTES // 1024**2) in told
    assert not PublicDocument.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


@pytest.mark.parametrize("upload", WAYS)
def test_an_extension_that_isnt_on_the_list_is_refused(staff: Client, media: Path, upload: Any):
    assert upload(staff, SimpleUploadedFile("setup.exe", EXE))
    assert not PublicDocument.objects.exists()


def test_a_program_doesnt_replace_a_document(staff: Client, media: Path):
    upload_single(staff, SimpleUploadedFile("附件.pdf", PDF))
    document = PublicDocument.objects.get()
    response = staff.post(reverse("wagtaildocs:edit", args=(document.pk,)), {"title": "附件", "file": SimpleUploadedFile("附件.pdf", EXE), "tags": ""})
    assert "附件.pdf" in " ".join(response.context["form"].errors["file"])
    document.refresh_from_db()
    assert document.file.read() == PDF
    assert len([path for path in media.rglob("*") if path.is_file()]) == 1


def test_a_new_title_asks_for_no_new_file(staff: Client, media: Path):
    upload_single(staff, SimpleUploadedFile("附件.pdf", PDF))
    document = PublicDocument.objects.get()
    assert staff.post(reverse("wagtaildocs:edit", args=(document.pk,)), {"title": "新标题", "tags": ""}).status_code == 302
    document.refresh_from_db()
    assert (document.title, document.file.read()) == ("新标题", PDF)


def test_a_program_called_jpg_is_no_picture(staff: Client, media: Path):
    response = staff.post(reverse("wagtailimages:add"), {"title": "照片", "file": SimpleUploadedFile("a.jpg", EXE), "tags": ""})
    assert response.context["form"].errors["file"]
    assert not PublicImage.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]
    ok = staff.post(reverse("wagtailimages:add"), {"title": "照片", "file": SimpleUploadedFile("a.png", get_test_image_file().file.getvalue()), "tags": ""})
    assert ok.status_code == 302
