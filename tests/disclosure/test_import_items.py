"""`import_items` from file to page: what is written, what is refused, and that a second run changes only what changed."""

import csv
import datetime as dt
import gzip
import json
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, ReferenceIndex

from disclosure.catalogue.models import SubjectTheme
from disclosure.importing import run
from disclosure.importing.transforms import as_flag
from disclosure.items.base import DisclosureItem
from disclosure.items.guide_checks import guide_warnings
from disclosure.items.guides import ServiceGuidePage
from disclosure.items.index_number import IndexCounter, next_index_number
from disclosure.items.kinds import Origin, Validity
from disclosure.items.notices import NoticePage
from disclosure.items.policies import PolicyDocumentPage
from disclosure.items.signals import items_changed

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"


@pytest.fixture
def county(department_page, leaf):
    """A department 民政局 with a page, and a leaf t1.1."""
    return department_page


@pytest.fixture
def bring(tmp_path, county):
    """Writes records to a file, imports it, returns the lines of the report by number at the source."""

    def call(records, kind="notice", name="src", status=0, **options):
        file = tmp_path / f"{name}.jsonl"
        file.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
        return import_file(file, kind, status, **options)

    return call


def import_file(file, kind, status=0, **options):
    report = file.parent / "report.csv"
    values = {"department": "minzheng", "catalogue": "t1.1", "quiet": True, "report": report, "stdout": StringIO(), "stderr": StringIO(), **options}
    code = 0
    try:
        call_command("import_items", file, kind=kind, **values)
    except CommandError as error:
        code = error.returncode
    assert code == status
    with report.open(encoding="utf-8-sig") as lines:
        rows = list(csv.reader(lines))[1:]
    return {row[1] or row[0]: row for row in rows}


def notice(number="1", **fields):
    return {"id": number, "title": f"关于供水的通知{number}", "text": "一、安排\n周一至周五停水。", "date": "2024-03-05", "issuer": "某某县水务局", **fields}


def table_sizes():
    return {model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.managed and not model._meta.proxy}


def test_an_imported_notice_is_a_page_like_any_other(bring, county, publish, client):
    typed = publish(made_on=dt.date(2024, 3, 5))
    line = bring([notice(doc_no="某水发〔2024〕3号")])["1"]
    item = NoticePage.objects.get(import_id="1")
    assert item.get_parent().specific == county
    assert (item.path[:-4], item.depth, item.url_path) == (typed.path[:-4], typed.depth, f"{county.url_path}{item.slug}/")
    assert item.index_number.endswith("/2024-00002")
    assert (item.document_number, item.origin, item.source_name) == ("某水发〔2024〕3号", Origin.REPOSTED, "某某县水务局")
    assert timezone.localtime(item.published_at).date() == dt.date(2024, 3, 5) == item.made_on
    assert item.updated_at is None
    assert [block.block_type for block in item.body] == ["heading", "paragraph"]
    assert DisclosureItem.objects.public().filter(pk=item.pk).exists()
    assert line[5:] == [str(item.pk), item.get_url()]
    assert PageLogEntry.objects.filter(page=item.pk, action="wagtail.create").exists()
    assert {(link.model_path, link.to_object_id) for link in ReferenceIndex.get_references_for_object(item)} == {
        (link.model_path, str(getattr(item, f"{link.model_path}_id"))) for link in ReferenceIndex.get_references_for_object(typed)
    }


def test_the_tree_has_no_fault(bring, county):
    bring([notice(str(number)) for number in range(40)])
    assert Page.find_problems() == ([], [], [], [], [])
    county.refresh_from_db()
    assert county.numchild == 40


def test_editing_an_imported_page_in_the_admin_way_works(bring, county, publish):
    bring([notice()])
    item = NoticePage.objects.get(import_id="1")
    item.summary = "停水安排"
    item.save_revision().publish()
    item.refresh_from_db()
    assert (item.summary, item.import_id) == ("停水安排", "1")
    after = publish(made_on=dt.date(2024, 1, 1))
    assert after.index_number.endswith("/2024-00002")
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_second_run_changes_only_what_changed(bring):
    records = [notice("1"), notice("2")]
    bring(records)
    before = {item.import_id: item for item in NoticePage.objects.all()}
    lines = bring([records[0], {**records[1], "text": "改到周六。"}, notice("3")])
    assert [lines[number][3] for number in "123"] != []
    after = {item.import_id: item for item in NoticePage.objects.all()}
    assert set(after) == {"1", "2", "3"}
    assert after["1"].latest_revision_created_at == before["1"].latest_revision_created_at
    assert after["2"].body[0].value.source == "<p>改到周六。</p>"
    assert (after["2"].pk, after["2"].index_number, after["2"].published_at, after["2"].url) == (before["2"].pk, before["2"].index_number,
        before["2"].published_at, before["2"].url)
    assert after["2"].updated_at is not None
    assert Page.find_problems() == ([], [], [], [], [])


def test_what_was_edited_here_is_left_alone_unless_told_otherwise(bring):
    bring([notice()])
    item = NoticePage.objects.get(import_id="1")
    item.summary = "由编辑写的概述"
    item.save_revision().publish()
    changed = [notice(text="来源改了。")]
    assert "--overwrite" in bring(changed)["1"][4]
    item.refresh_from_db()
    assert item.summary == "由编辑写的概述"
    bring(changed, overwrite=True)
    item.refresh_from_db()
    assert item.body[0].value.source == "<p>来源改了。</p>"


def test_a_dry_run_writes_nothing(bring):
    before = table_sizes()
    lines = bring([notice("1"), notice("2", title="")], status=2, dry_run=True)
    assert table_sizes() == before
    assert lines["1"][3] != lines["2"][3]


def test_broken_rows_do_not_stop_the_others(bring):
    year = timezone.localdate().year + 1
    lines = bring([notice("1"), notice("2", title=" "), notice("3", date=f"{year}-01-01"), notice("1"), notice("4", date="去年"), notice("5")], status=2)
    assert set(NoticePage.objects.values_list("import_id", flat=True)) == {"1", "4", "5"}
    assert str(year) in lines["3"][4]
    assert "去年" in lines["4"][4]
    assert NoticePage.objects.get(import_id="4").made_on is None


def test_own_index_numbers_are_kept_and_twice_the_same_is_refused(bring, publish):
    first = publish(made_on=dt.date(2024, 1, 1))
    lines = bring(
        [
            {"id": "1", "标题": "甲", "索引号": "11990100MB9999999X/2019-00007", "成文日期": "2019-05-01"},
            {"id": "2", "标题": "乙", "索引号": "11990100MB9999999X/2019-00007", "成文日期": "2019-05-01"},
            {"id": "3", "标题": "丙", "索引号": first.index_number, "成文日期": "2019-05-01"},
        ],
        status=2,
    )
    assert DisclosureItem.objects.get(import_id="1").index_number == "11990100MB9999999X/2019-00007"
    assert first.index_number in lines["3"][4]
    assert not DisclosureItem.objects.filter(import_id__in=["2", "3"]).exists()


def test_numbers_that_other_items_brought_are_skipped(bring, county):
    taken = f"{county.department.credit_code}/2024-00002"
    bring([{"id": "x", "标题": "甲", "索引号": taken, "成文日期": "2024-05-01"}])
    bring([notice(str(number)) for number in range(3)], name="other")
    assert sorted(item.index_number[-5:] for item in NoticePage.objects.exclude(import_id="x")) == ["00001", "00003", "00004"]
    assert next_index_number(county.department, 2024).endswith("00005")
    assert IndexCounter.objects.get(year=2024).last == 5


def test_long_titles_and_values_are_cut_and_kept_in_full_in_the_text(bring):
    title = "关于" + "供水" * 150 + "的通知"
    line = bring([notice(title=title, doc_no="（年度方案）", url="不是网址")])["1"]
    item = NoticePage.objects.get()
    assert (len(item.title), item.document_number, item.source_url) == (255, "", "")
    text = "".join(str(block.value) for block in item.body)
    assert title in text
    assert "（年度方案）" in text
    assert "不是网址" in text
    assert line[4]


def test_document_number_is_put_right(bring):
    bring([notice(doc_no="某水发[2024]003号")])
    assert NoticePage.objects.get().document_number == "某水发〔2024〕3号"


def test_policy_with_history_and_superseded_version(bring):
    bring([{"id": "p", "title": "供水条例", "issuer": "某某县人大", "date": "2020-01-02",
        "history": ["2020年通过"], "superseded": True, "text": "第一条 好。", "type": "地方性法规"}], kind="policy")
    item = PolicyDocumentPage.objects.get()
    assert (item.validity, item.signed_on, item.made_on, item.history) == (Validity.LAPSED, dt.date(2020, 1, 2), dt.date(2020, 1, 2), ["2020年通过"])
    assert [tag.name for tag in item.tags.all()] == ["地方性法规"]
    assert item.body[0].value["number"] == "第一条"


def test_guide_with_limits_materials_and_contradictions(bring):
    guide = {
        "id": "g", "title": "取水许可", "department": "某某县水务局", "task_code": "11X", "statutory_days": "20(工作日)", "promised_days": "30(工作日)", "matter_type": "行政许可",
        "materials": ["申请表", "身份证"], "themes": ["创业"], "audience": ["自然人", "企业法人"],
            "consult_phone": "电话：" + "020-12345678；" * 20, "online": "1", "courier": "否",
    }
    line = bring([guide], kind="guide")["g"]
    item = ServiceGuidePage.objects.get()
    assert (item.legal_time, item.legal_unit, item.promised_time, item.for_people, item.for_organisations, item.life_events) == (20, "wd", 30, True, True, ["business"])
    assert [material.name for material in item.materials.all()] == ["申请表", "身份证"]
    assert item.ways == "网上办理"
    assert len(item.consult_phone) <= 100
    assert guide["consult_phone"] in "".join(str(block.value) for block in item.body)
    assert "20" in line[4]
    bring([{**guide, "materials": ["申请表"]}], kind="guide")
    assert [material.name for material in item.materials.all()] == ["申请表"]


def test_a_guide_states_only_what_its_source_states(bring):
    guide = {"id": "g", "title": "取水许可", "task_code": "11X", "statutory_days": "20(工作日)", "promised_days": "10(工作日)", "materials": ["申请表"]}
    line = bring([guide], kind="guide")["g"]
    item = ServiceGuidePage.objects.get()
    material = item.materials.get()
    assert item.has_fee is None
    assert (material.copies, material.form, material.need) == (None, "", "")
    assert str(guide_warnings(item, [])[0]) not in line[4], "what every guide of a source leaves open is told in the editor, not in each line of the report"
    assert len(guide_warnings(item, [material])) == 5


@pytest.mark.parametrize(("value", "expected"), [("是", True), ("否", False), ("", None), ("　 ", None), (None, None), (False, False)])
def test_silence_is_neither_yes_nor_no(value, expected):
    assert as_flag(value) is expected


def test_themes_of_the_site_are_themes_others_are_tags(bring):
    theme = SubjectTheme.objects.create(code="zz", name="城乡建设测试", order=99)
    bring([{"id": "1", "标题": "甲", "主题分类": "城乡建设测试;水务"}])
    item = NoticePage.objects.get()
    assert list(item.themes.all()) == [theme]
    assert [tag.name for tag in item.tags.all()] == ["水务"]


def test_listeners_hear_of_every_batch_once(bring, monkeypatch):
    monkeypatch.setattr(run, "BATCH", 2)
    heard = []

    def listen(ids, **_kwargs):
        heard.append(ids)

    items_changed.connect(listen)
    try:
        bring([notice(str(number)) for number in range(5)])
        bring([notice(str(number)) for number in range(5)])
    finally:
        items_changed.disconnect(listen)
    assert [len(ids) for ids in heard] == [2, 2, 1]
    assert sorted(key for ids in heard for key in ids) == sorted(NoticePage.objects.values_list("pk", flat=True))


def test_one_row_that_the_database_refuses_costs_no_other_its_place(bring, publish, monkeypatch):
    """The row's index number is taken between the check and the writing, as by an editor working at the same time."""
    item = publish(made_on=dt.date(2024, 1, 1))
    monkeypatch.setattr(run.Import, "_with_free_numbers", lambda self, ready: ready)
    records = [notice("1"), {"id": "2", "title": "乙", "text": "x", "date": "2024-01-01", "issuer": "a", "doc_no": ""}, notice("3")]
    records[1] = {"id": "2", "标题": "乙", "索引号": item.index_number, "成文日期": "2024-01-01"}
    lines = bring([{"id": "1", "标题": "甲", "成文日期": "2024-01-01"}, records[1], {"id": "3", "标题": "丙", "成文日期": "2024-01-01"}], status=2)
    assert set(NoticePage.objects.exclude(pk=item.pk).values_list("import_id", flat=True)) == {"1", "3"}
    assert lines["2"][5] == ""
    assert Page.find_problems() == ([], [], [], [], [])


def test_interrupted_import_goes_on_where_it_stopped(tmp_path, county, monkeypatch):
    monkeypatch.setattr(run, "BATCH", 2)
    original = run.Import._batch

    def press_after(self, records):
        original(self, records)
        self.stopping = lambda: True

    file = tmp_path / "src.jsonl"
    file.write_text("".join(json.dumps(notice(str(number))) + "\n" for number in range(5)), encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(run.Import, "_batch", press_after)
        import_file(file, "notice", status=130)
    assert NoticePage.objects.count() == 2
    import_file(file, "notice")
    assert NoticePage.objects.count() == 5


def test_truncated_gzip_keeps_what_was_read_and_ends_with_an_error(tmp_path, county):
    whole = gzip.compress("".join(json.dumps(notice(str(number), text=f"{number * 7919 % 100003}" * 30)) + "\n" for number in range(400)).encode())
    file = tmp_path / "src.jsonl.gz"
    file.write_bytes(whole[: len(whole) // 2])
    lines = import_file(file, "notice", status=1)
    assert 0 < NoticePage.objects.count() == len(lines) < 400
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize(
    ("options", "says"), [({"department": "nobody"}, "nobody"), ({"department": None}, "--department"), ({"catalogue": "99.9"}, "99.9"),
        ({"catalogue": "t1"}, "t1.1"), ({"mapping": Path("/nowhere.toml")}, "nowhere.toml")]
)
def test_wrong_options_say_what_is_wrong(tmp_path, county, options, says):
    file = tmp_path / "src.jsonl"
    file.write_text(json.dumps(notice()) + "\n", encoding="utf-8")
    with pytest.raises(CommandError, match=says):
        call_command("import_items", file, kind="notice", quiet=True, **{"department": "minzheng", "catalogue": "t1.1", **options})
    assert not NoticePage.objects.exists()


def test_unknown_department_in_a_row_is_refused(tmp_path, bring):
    (tmp_path / "m.toml").write_text('[fields]\nimport_id = "id"\ntitle = "title"\ndepartment = "dep"\n', encoding="utf-8")
    lines = bring([{"id": "1", "title": "甲", "dep": "县民政局"}, {"id": "2", "title": "乙", "dep": "县天文局"}], status=2, mapping=tmp_path / "m.toml")
    assert "县天文局" in lines["2"][4]
    assert NoticePage.objects.get().department.slug == "minzheng"


def test_folder_of_pages_takes_articles_and_names_columns(tmp_path, county):
    folder = tmp_path / "pages"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "1.html").write_bytes(
        '<html><head><meta charset="gb2312"><meta content="供水通知" name="ArticleTitle"><meta content="2020年08月02日" name="PubDate"></head>'
        "<body><div class=TRS_Editor><p>各乡镇人民政府，县政府各部门，现将供水有关事项通知如下，请认真执行，确保群众用水安全。</p></div></body></html>".encode("gb18030")
    )
    (folder / "list.html").write_text('<meta name="ColumnName" content="要闻动态"><title>要闻</title>', encoding="utf-8")
    lines = import_file(folder, "notice")
    item = NoticePage.objects.get()
    assert (item.title, item.made_on, item.import_id) == ("供水通知", dt.date(2020, 8, 2), "a/1.html")
    assert "要闻动态" in lines["list.html"][4]


@pytest.mark.parametrize(
    ("file", "kind", "amount", "skipped"),
    [("notices.jsonl.gz", "notice", 18, 0), ("work_reports.jsonl.gz", "article", 17, 0), ("policy_corpus.jsonl.gz", "policy", 229, 0), ("guides.jsonl.gz", "guide", 882, 0),
     ("laws.jsonl.gz", "policy", 694, 0), ("gov_html", "notice", 2, 4)],
)
@pytest.mark.skipif(not DATA.exists(), reason="the shared data are not here")
def test_real_files_come_in_without_loss(tmp_path, county, *, file, kind, amount, skipped):
    (tmp_path / file).symlink_to(DATA / file)
    lines = import_file(tmp_path / file, kind)
    items = DisclosureItem.objects.filter(import_source=file.split(".")[0])
    assert items.count() == amount == len(lines) - skipped
    assert not [item.pk for item in items.only("title", "body") if "\ufffd" in item.title or "\ufffd" in json.dumps(item.body.get_prep_value(), ensure_ascii=False)]
    assert Page.find_problems() == ([], [], [], [], [])
