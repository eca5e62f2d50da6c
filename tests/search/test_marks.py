"""Marks and passages keep the text as it was written."""

from hypothesis import given
from hypothesis import strategies as st

from search.marks import best_passage, marked
from search.text import folded


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_folding_keeps_every_position(text):
    assert len(folded(text)) == len(text)


def test_words_are_marked_as_written():
    assert marked("关于２０２６年“低保”……的说明", ["2026年", "低保"]) == "关于<mark>２０２６年</mark>“<mark>低保</mark>”……的说明"
    assert marked("加裝電梯<b>", ["加装电梯"]) == "<mark>加裝電梯</mark>&lt;b&gt;"


def test_the_passage_shows_where_the_words_stand():
    text = "甲" * 300 + "这里说的是公积金贷款，" + "乙" * 300
    assert "公积金贷款" in best_passage(text, ["公积金", "贷款"])
    assert best_passage("短文", ["没有"]) == "短文"
