"""Reading of sources: what is recognised, and what is said when a file is damaged."""

import csv
import datetime as dt
import gzip
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from disclosure.importing import transforms
from disclosure.importing.mapping import MappingError, choose, load
from disclosure.importing.sources import SourceError, open_source
from disclosure.importing.web_pages import decode, read_page

HEAD = ["标题", "正文", "发布日期"]


def fields(path: Path) -> list[dict]:
    return [record.fields for record in open_source(path).records()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_of_any_usual_encoding(tmp_path, encoding):
    file = tmp_path / "a.csv"
    with file.open("w", encoding=encoding, newline="") as text:
        csv.writer(text).writerows([HEAD, ["关于供水的通知", "第一行\n第二行", "2020年08月02日"]])
    assert fields(file) == [{"标题": "关于供水的通知", "正文": "第一行\n第二行", "发布日期": "2020年08月02日"}]


def test_csv_with_a_column_twice_is_refused(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("标题,标题\na,b\n", encoding="utf-8")
    with pytest.raises(SourceError, match="标题"):
        fields(file)


def test_xlsx_rows_and_dates(tmp_path):
    book = Workbook()
    book.active.append(HEAD)
    book.active.append(["甲", "乙", dt.datetime(2024, 5, 6)])  # noqa: DTZ001 - what openpyxl reads
    book.save(tmp_path / "a.xlsx")
    record = next(iter(open_source(tmp_path / "a.xlsx").records()))
    assert record.place == "Sheet!2"
    assert transforms.as_date(record.fields["发布日期"]) == dt.date(2024, 5, 6)


def test_xlsx_with_merged_cells_names_sheet_and_cells(tmp_path):
    book = Workbook()
    for row in (HEAD, ["甲", "", ""]):
        book.active.append(row)
    book.active.merge_cells("A2:B3")
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(SourceError, match=r"Sheet.*A2:B3"):
        fields(tmp_path / "a.xlsx")


def test_file_that_only_claims_to_be_xlsx(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    with pytest.raises(SourceError, match=r"a\.xlsx"):
        fields(tmp_path / "a.xlsx")


def test_broken_lines_are_broken_records_only(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b'{"title": "a"}\n{oops\n\xff\xfe\n[1]\n\n{"title": "b"}\n')
    records = list(open_source(tmp_path / "a.jsonl").records())
    assert [(record.place, bool(record.problem)) for record in records] == [("1", False), ("2", True), ("3", True), ("4", True), ("6", False)]


def test_truncated_gzip_gives_whole_lines_and_names_the_place(tmp_path):
    lines = "".join(json.dumps({"id": str(number), "title": f"{number * 7919 % 1000003}"}) + "\n" for number in range(20000))
    whole = gzip.compress(lines.encode())
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    records, read = open_source(tmp_path / "a.jsonl.gz").records(), []
    with pytest.raises(SourceError, match=r"a\.jsonl\.gz"):
        while True:
            read.append(next(records))
    assert len(read) > 100
    assert all(not record.problem for record in read)


PAGE = """<HTML><head><META CONTENT="某某县人民政府" NAME="sitename"><meta name="ArticleTitle" content="">
<meta content='关于供水的通知' name='articletitle' /><meta name="pubdate" content="2020年08月02日"><meta name="PubDate" content="2021-01-01">
<meta name="Author" content=""><meta name="author" content="王某"><meta name="description" content="某某县人民政府"><title>x</title></head>
<body><div>首页 <a href="/">首页</a></div><div>索引号：11990100MB0000012X/2020-00012 发文字号：某政发〔2020〕3号</div>
<div class="TRS_Editor"><p>各乡镇人民政府，县政府各部门，各直属机构，现将供水有关事项通知如下，请认真执行，确保群众用水安全。</p></div></body></HTML>"""


def test_meta_tags_as_they_are_really_written():
    page = read_page(PAGE, "a/b.html")
    assert (page["ArticleTitle"], page["PubDate"], page["Author"], page["Description"]) == ("关于供水的通知", "2020年08月02日", "王某", None)
    assert (page["IndexNumber"], page["DocumentNumber"]) == ("11990100MB0000012X/2020-00012", "某政发〔2020〕3号")
    assert page["html"].startswith("<p>各乡镇")


def test_page_in_gb2312_with_characters_beyond_it():
    assert "镕" in decode('<meta http-equiv="Content-Type" content="text/html; charset=gb2312">朱镕'.encode("gb18030"))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2020年08月02日", (2020, 8, 2, 0, 0)), ("2022-04-17 14:46:00", (2022, 4, 17, 14, 46)), ("2025-07-14 01:59", (2025, 7, 14, 1, 59)), ("2026/1/5", (2026, 1, 5, 0, 0)),
        ("2026.01.05", (2026, 1, 5, 0, 0)), ("20260105", (2026, 1, 5, 0, 0)), ("二〇二六年十一月二十一日", (2026, 11, 21, 0, 0)), ("2024-01-01T00:00:00Z", (2024, 1, 1, 8, 0)),
        ("２０２４年１月２日", (2024, 1, 2, 0, 0)), ("2024年1月2日 9时30分", (2024, 1, 2, 9, 30)),
    ],
)
def test_dates_as_sources_write_them(written, read):
    moment = transforms.as_datetime(written)
    assert moment is not None
    assert (moment.year, moment.month, moment.day, moment.hour, moment.minute) == read
    assert moment.utcoffset() == dt.timedelta(hours=8)


@pytest.mark.parametrize("written", ["2024-13-01", "2024-02-30", "去年", "24-1-1", "2024-01-01 25:00"])
def test_what_is_no_date_is_an_error(written):
    with pytest.raises(ValueError, match="“"):
        transforms.as_datetime(written)


@pytest.mark.parametrize(
    ("written", "read"), [("180(工作日)", (180, "wd")), ("90(自然日)", (90, "d")), ("20（工作日）", (20, "wd")), ("即办", (0,
        "wd")), ("0", (0, "wd")), ("15个工作日", (15, "wd")), ("3个月", (90, "d")), ("", None)]
)
def test_time_limits(written, read):
    assert transforms.as_days(written) == read


def test_mapping_that_names_an_unknown_field(tmp_path):
    (tmp_path / "m.toml").write_text('[fields]\ntitle = "t"\ncolour = "c"\n', encoding="utf-8")
    with pytest.raises(MappingError, match="colour"):
        load(tmp_path / "m.toml", "notice")


def test_mapping_with_constant_choices_and_several_sources(tmp_path):
    (tmp_path / "m.toml").write_text(
        '[fields]\ntitle = ["a", "b"]\nvalidity = { from = "v", choices = { "废止" = "repealed" }, default = "in_force" }\nauthor = { value = "信息中心" }\n', encoding="utf-8"
    )
    values, problems = load(tmp_path / "m.toml", "policy").apply({"a": "", "b": " 标题 ", "v": "废止"})
    assert not problems
    assert {"title": "标题", "validity": "repealed", "author": "信息中心"}.items() <= values.items()


@pytest.mark.parametrize(
    ("names", "kind", "chosen"),
    [
        (["id", "title", "text", "history", "superseded"], "policy", "laws"), (["id", "title", "text"], "policy", "general"),
        (["title", "task_code", "statutory_days", "promised_days"], "guide", "guides"), (["标题", "正文"], "notice", "general"),
    ],
)
def test_default_mapping_by_field_names(names, kind, chosen):
    assert choose(names, kind).name == chosen
