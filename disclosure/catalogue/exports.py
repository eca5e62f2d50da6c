"""The standard table as CSV and XLSX, right in Excel and WPS, and safe: no cell is read as a formula."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from disclosure.catalogue.standard_table import COLUMN_GROUPS, HEADER, Row

BOM = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
WIDTHS = (6, 14, 18, 42, 36, 18, 20, 24, 8, 14, 7, 8, 7, 7, 7)
"""Characters, one for each column of HEADER."""
HEAD_ROWS = 3
LEVEL1_COLUMN = 2


def safe_cell(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def to_csv(rows: Sequence[Row]) -> bytes:
    """UTF-8 with byte order mark, so that Excel reads Chinese; the header is HEADER."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    writer.writerows([safe_cell(cell) for cell in row.cells] for row in rows)
    return (BOM + out.getvalue()).encode()


def to_xlsx(rows: Sequence[Row], title: str) -> bytes:
    """A sheet as the form prints it: title, two header rows with merged cells, level-1 items merged, A4 lying."""
    book = Workbook()
    sheet = book.active
    sheet.title = "标准目录"
    _write_head(sheet, title)
    for row in rows:
        _write_row(sheet, row)
    _lay_out(sheet, len(rows))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_head(sheet: Worksheet, title: str) -> None:
    """Title over all columns, then the two header rows."""
    sheet.cell(1, 1, safe_cell(title)).font = Font(bold=True, size=16)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADER))
    column = 1
    for group, below in COLUMN_GROUPS:
        width = len(below) or 1
        sheet.cell(2, column, group)
        for place, name in enumerate(below):
            sheet.cell(3, column + place, name)
        sheet.merge_cells(start_row=2, start_column=column, end_row=2 if below else 3, end_column=column + width - 1)
        column += width


def _write_row(sheet: Worksheet, row: Row) -> None:
    """One line; the level-1 item is merged over the lines that share it."""
    at = HEAD_ROWS + row.number
    for column, value in enumerate(row.cells, start=1):
        if row.span or column != LEVEL1_COLUMN:
            sheet.cell(at, column, safe_cell(value))
    if row.span > 1:
        sheet.merge_cells(start_row=at, start_column=LEVEL1_COLUMN, end_row=at + row.span - 1, end_column=LEVEL1_COLUMN)


def _lay_out(sheet: Worksheet, count: int) -> None:
    """Widths, wrapping, lines, header on every printed page, A4 lying and one page wide."""
    thin = Side(style="thin", color="8A7F72")
    for line in sheet.iter_rows(min_row=1, max_row=HEAD_ROWS + count, max_col=len(HEADER)):
        for cell in line:
            is_head = cell.row <= HEAD_ROWS
            narrow = is_head or cell.column not in range(3, 9)
            cell.alignment = Alignment(wrap_text=True, vertical="center" if narrow else "top", horizontal="center" if narrow else "left")
            if cell.row > 1:
                cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            if is_head and cell.row > 1:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="F1EBE0")
    for column, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = sheet.cell(HEAD_ROWS + 1, 4)
    sheet.print_title_rows = f"2:{HEAD_ROWS}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
