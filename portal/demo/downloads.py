"""Files that the seed makes itself: a text as PDF, its tables as XLSX, blank forms as DOCX; the same bytes every time."""

import io
import re
import zipfile
from hashlib import sha1
from html import unescape
from typing import Any

from django.core.files.base import ContentFile
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
from wagtail.models import Collection

from portal.demo.markup import Block
from portal.files.models import PublicDocument

FONT = "STSong-Light"
COLLECTION = "公开附件"
TEXT_WIDTH = 160 * mm
LONG_AGO = (2020, 1, 1, 0, 0, 0)
STAMP = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
TAG = re.compile(r"<[^>]+>")
PARAGRAPH = re.compile(r"<(?:p|li)>(.*?)</(?:p|li)>", re.DOTALL)

pdfmetrics.registerFont(UnicodeCIDFont(FONT))
TITLE = ParagraphStyle("title", fontName=FONT, fontSize=18, leading=27, alignment=1, spaceAfter=10)
META = ParagraphStyle("meta", fontName=FONT, fontSize=11, leading=18, alignment=1, spaceAfter=14)
HEADING = ParagraphStyle("heading", fontName=FONT, fontSize=14, leading=24, spaceBefore=10, spaceAfter=4, wordWrap="CJK")
TEXT = ParagraphStyle("text", fontName=FONT, fontSize=12, leading=21, firstLineIndent=24, wordWrap="CJK")
CELL = ParagraphStyle("cell", fontName=FONT, fontSize=9.5, leading=14, wordWrap="CJK")
GRID = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.HexColor("#8a7f72")), ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#f4eee4")),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
)


def store(title: str, extension: str, content: bytes) -> PublicDocument:
    """A document in the collection of public attachments; the one that is there already when its content is the same."""
    digest = sha1(content, usedforsecurity=False).hexdigest()
    collection = Collection.objects.filter(name=COLLECTION).first() or Collection.get_first_root_node().add_child(name=COLLECTION)
    known = PublicDocument.objects.filter(title=title, file_hash=digest).first()
    if known:
        return known
    document = PublicDocument(title=title, collection=collection, file_size=len(content), file_hash=digest)
    document.file.save(f"{title}.{extension}", ContentFile(content), save=False)
    document.save()
    return document


def plain(html: str) -> list[str]:
    """The paragraphs of a rich text without markup."""
    return [unescape(TAG.sub("", part)) for part in PARAGRAPH.findall(html)]


def pdf_of(title: str, meta: str, blocks: list[Block]) -> bytes:
    """A text as A4 pages, set in the reader's own song face so that no font has to be shipped."""
    story: list[Flowable] = [Paragraph(title, TITLE)]
    if meta:
        story.append(Paragraph(meta, META))
    for block in blocks:
        story += _flow(block)
    target = io.BytesIO()
    SimpleDocTemplate(target, pagesize=A4, leftMargin=25 * mm, rightMargin=25 * mm, topMargin=28 * mm, bottomMargin=25 * mm, title=title, invariant=1).build(story)
    return target.getvalue()


def _flow(block: Block) -> list[Flowable]:
    """One block on paper; pictures and files are left out."""
    kind, value = block["type"], block["value"]
    if kind == "table":
        return [Paragraph(value["caption"], HEADING), _grid(value), Spacer(1, 8)]
    if kind == "heading":
        return [Paragraph(value["text"], HEADING)]
    return [Paragraph(text, TEXT) for text in _lines(kind, value)]


def _lines(kind: str, value: Any) -> list[str]:
    """The paragraphs of a block of running text."""
    if kind == "paragraph":
        return plain(value)
    if kind == "article":
        first, *rest = plain(value["text"]) or [""]
        return [f"{value['number']}　{first}", *rest]
    if kind == "questions":
        return [text for part in value for text in (f"问：{part['value']['question']}", *plain(part["value"]["answer"]))]
    if kind == "steps":
        return [f"{number}. {part['value']['title']}　{''.join(plain(part['value']['text']))}" for number, part in enumerate(value, start=1)]
    return []


def _grid(table: dict[str, Any]) -> Table:
    rows = [[column["heading"] for column in table["columns"]], *(row["values"] for row in table["rows"])]
    width = TEXT_WIDTH / len(rows[0])
    grid = Table([[Paragraph(cell, CELL) for cell in row] for row in rows], colWidths=[width] * len(rows[0]), repeatRows=1)
    grid.setStyle(GRID)
    return grid


def xlsx_of(title: str, blocks: list[Block]) -> bytes:
    """The tables of a text, one sheet each; numbers are numbers, so that they can be added up."""
    book = Workbook()
    book.remove(book.active)
    for number, block in enumerate((block for block in blocks if block["type"] == "table"), start=1):
        value = block["value"]
        sheet = book.create_sheet(f"表{number}")
        sheet.append([value["caption"] or title])
        sheet.append([column["heading"] for column in value["columns"]])
        for row in value["rows"]:
            sheet.append([_number(cell) for cell in row["values"]])
        _dress(sheet, len(value["columns"]))
    target = io.BytesIO()
    book.save(target)
    return _frozen(target.getvalue())


def _dress(sheet: Any, columns: int) -> None:
    """Title over all columns, bold head, readable widths."""
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=columns)
    for row, size in ((1, 14), (2, 11)):
        for cell in sheet[row]:
            cell.font, cell.alignment = Font(bold=True, size=size), Alignment(horizontal="center", wrap_text=True)
    for column in range(1, columns + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 22
    sheet.freeze_panes = "A3"


def _number(cell: str) -> str | float:
    """A cell as a number when it is one."""
    try:
        return float(cell.replace(",", ""))
    except ValueError:
        return cell


def form_docx(title: str, labels: list[str], note: str) -> bytes:
    """A blank form: a table with a label and an empty cell for each entry, a note and the place of the signature."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "宋体", Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    document.add_heading(title, level=1)
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for label in labels:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, ""
    document.add_paragraph(f"填写说明：{note}")
    document.add_paragraph("本人承诺以上内容真实、准确。")
    document.add_paragraph("申请人（签字）：　　　　　　　　　　　　年　　月　　日")
    target = io.BytesIO()
    document.save(target)
    return _frozen(target.getvalue())


def _frozen(archive: bytes) -> bytes:
    """A zipped office file with the times of its making taken out."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = STAMP.sub(b"2020-01-01T00:00:00Z", content)
            copy.writestr(zipfile.ZipInfo(name, LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()
