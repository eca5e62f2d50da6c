"""发文字号: what is accepted, and the help that a refusal gives."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from disclosure.items.document_number import check_document_number, suggestion


@pytest.mark.parametrize("number", ["国办发〔2022〕32号", "阳政办〔2026〕1号", "阳光县人民政府令第3号", "令第12号", "第3号", "公告2026年第5号"])
def test_proper_numbers(number: str):
    check_document_number(number)


@pytest.mark.parametrize(
    ("typed", "proper"),
    [
        ("国办发[2022]032号", "国办发〔2022〕32号"),
        ("国办发(2022)第32号", "国办发〔2022〕32号"),
        ("国办发（2022）32号", "国办发〔2022〕32号"),
        ("国办发【2022】32 号", "国办发〔2022〕32号"),
        ("国办发〔2022〕032号", "国办发〔2022〕32号"),
        ("国办发〔2022〕3号\n", "国办发〔2022〕3号"),
        ("阳政发[2026]007号", "阳政发〔2026〕7号"),
    ],
)
def test_a_slip_is_answered_with_the_right_form(typed: str, proper: str):
    with pytest.raises(ValidationError) as refused:
        check_document_number(typed)
    assert proper in refused.value.messages[0]


@pytest.mark.parametrize("typed", ["", "32号", "国办发2022-32", "国办发〔22〕3号", "国办发〔2022〕0号", "国办发〔2022〕32", "abc〔2022〕3号", "国办发第3号"])
def test_what_cant_be_told_is_answered_with_an_example(typed: str):
    with pytest.raises(ValidationError) as refused:
        check_document_number(typed)
    assert "〔2026〕3号" in refused.value.messages[0]


@given(
    body=st.text(alphabet="阳政发办函县局教民", min_size=1, max_size=20), year=st.integers(1900, 2099), serial=st.integers(1, 99999),
    brackets=st.sampled_from(["[]", "()", "（）", "【】", "〔〕"]),
)
def test_every_suggestion_is_itself_accepted(body: str, year: int, serial: int, brackets: str):
    proper = suggestion(f"{body}{brackets[0]}{year}{brackets[1]}第{serial:05d}号")
    assert proper == f"{body}〔{year}〕{serial}号"
    check_document_number(proper)
