"""What every engine must do, tried on the embedded one."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.documents import SearchDocument
from search.engines.base import Change
from search.engines.sqlite import SqliteEngine
from search.query import parse


def titles(index, text, **options):
    return [hit.title for hit in index.search(parse(text, **options)).hits]


@pytest.mark.parametrize(
    ("title", "question"),
    [
        ("住房公积金提取指南", "公积金"),
        ("住房公积金提取指南", "提取"),
        ("住房公积金提取指南", "住房 指南"),
        ("关于提高低保标准的通知", "低保"),
        ("关于提高低保标准的通知", "關於提高低保標準的通知"),
        ("阳光卡办理", "卡"),
        ("２０２６年ＡＢＣ计划", "2026年abc"),
        ("2026年度预算公开", "2026年"),
        ("公积金2024年报告", "公积金2024"),
        ("阳政规〔2024〕3号", "阳政规[2024]3号"),
        ("阳政规〔2024〕3号", "阳政规（2024）3号"),
    ],
)
def test_words_inside_a_run_of_chinese_are_found(index, put, title, question):
    put(title, "与此无关的一条信息")
    assert titles(index, question)[0] == title


def test_words_that_stand_apart_are_not_a_phrase(index, put):
    put("公积和金库", "公积金")
    assert titles(index, '"公积金"') == ["公积金"]


def test_a_word_after_a_minus_must_not_occur(index, put):
    put("教师招聘公告", "护士招聘公告")
    assert titles(index, "招聘 -护士") == ["教师招聘公告"]


def test_the_exact_title_comes_first(index, put):
    put("养老服务", "养老服务养老服务养老服务养老服务补贴", "关于养老服务的养老服务说明")
    assert titles(index, "养老服务")[0] == "养老服务"


def test_a_document_number_comes_first(index):
    for number, name in (("阳政规〔2024〕3号", "加装电梯补助办法"), ("阳政规〔2024〕13号", "引用阳政规〔2024〕3号阳政规〔2024〕3号")):
        index.apply([Change(name, 1, SearchDocument(id=name, kind="policy", title=name, url="/", document_number=number))])
    assert titles(index, "阳政规【2024】3号")[0] == "加装电梯补助办法"


def test_what_has_lapsed_stands_below_what_is_in_force(index):
    old = SearchDocument(id="old", kind="policy", title="养犬管理办法之一", url="/", validity="in_force", lapses_on=dt.date(2020, 1, 1))
    new = SearchDocument(id="new", kind="policy", title="养犬管理办法之二", url="/", validity="in_force")
    index.apply([Change("old", 1, old), Change("new", 2, new)])
    results = index.search(parse("养犬管理"))
    assert [hit.id for hit in results.hits] == ["new", "old"]
    assert [hit.validity for hit in results.hits] == ["in_force", "lapsed"]
    assert dict(results.facets["validity"]) == {"in_force": 1, "lapsed": 1}


def test_a_facet_is_counted_without_its_own_filter(index):
    for number, (kind, department) in enumerate([("notice", "a"), ("notice", "b"), ("guide", "a")]):
        document = SearchDocument(id=str(number), kind=kind, title="停水通知", url="/", department=department)
        index.apply([Change(document.id, 1, document)])
    results = index.search(parse("停水", filters={"kind": "notice", "department": "a"}))
    assert results.total == 1
    assert dict(results.facets["kind"]) == {"notice": 1, "guide": 1}
    assert dict(results.facets["department"]) == {"a": 1, "b": 1}


def test_when_no_text_has_all_words_those_with_most_are_shown_and_said_to_be(index, put):
    put("公积金贷款利率")
    results = index.search(parse("公积金贷款怎么申请"))
    assert results.relaxed and results.total == 1
    assert not index.search(parse("完全无关")).relaxed


def test_a_deleted_document_is_gone_and_its_words_with_it(index, put):
    put("停水通知")
    index.apply([Change("t:停水通知", 2, None)])
    assert index.search(parse("停水")).total == 0


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations([1, 2, 3, 4, 5]), texts=st.lists(st.sampled_from(["甲文本", "乙文本", None]), min_size=5, max_size=5))
def test_late_double_and_reordered_deliveries_end_right(tmp_path_factory, order, texts):
    """Whatever the order of delivery, the newest version is what is found."""
    index = SqliteEngine(tmp_path_factory.mktemp("index"))
    for version in [*order, *order[:2]]:
        text = texts[version - 1]
        index.apply([Change("x", version, SearchDocument(id="x", kind="notice", title=text, url="/") if text else None)])
    expected = [texts[4]] if texts[4] else []
    assert titles(index, "文本") == expected


def test_a_rebuild_switches_in_one_step_and_a_failed_one_changes_nothing(index, put):
    put("旧索引里的信息")
    with pytest.raises(RuntimeError), index.rebuild():
        raise RuntimeError
    assert titles(index, "旧索引")
    with index.rebuild() as writer:
        writer.apply([Change("n", 1, SearchDocument(id="n", kind="notice", title="新索引里的信息", url="/"))])
        assert titles(index, "旧索引")
    assert titles(index, "新索引") == ["新索引里的信息"]
    assert not titles(index, '"旧索引"')


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec=None), max_size=300))
def test_whatever_is_typed_is_answered(index, text):
    """Syntax of SQL and FTS, control characters, emoji, lone surrogates: an answer, never an error."""
    query = parse(text)
    if not query.is_empty:
        assert index.search(query).total == 0


STRANGE = ["'; DROP TABLE documents; --", 'NEAR("a" "b")', "title:x AND", "*", '"', '""""', "公积金" * 4000, "../../etc/passwd", "a" * 10000, "-", "🎉", "\ud800"]


@pytest.mark.parametrize("text", STRANGE)
def test_strange_questions_are_answered(index, put, text):
    put("普通信息")
    query = parse(text)
    assert query.is_empty or index.search(query).total >= 0
