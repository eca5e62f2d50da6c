"""Text of imported items: what is recognised, what is left out, and that nothing else is lost."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.importing.chrome import is_chrome, visible
from disclosure.importing.html_text import blocks_of_html, looks_like_html
from disclosure.importing.plain_text import blocks_of_text

LAW = """## 第一章 总 则

第一条 为了规范管理，制定本办法。

第二条 本办法适用于下列情形：
（一）新建；
（二）扩建。

## 第二章 附 则

第三条　本办法自2026年1月1日起施行。

附件：申请表
"""


def kinds(blocks: list[dict]) -> list[str]:
    return [block["type"] for block in blocks]


def words(blocks: list[dict]) -> str:
    """Everything that can be read in the blocks, without blanks."""
    found = []
    for block in blocks:
        value = block["value"]
        if block["type"] == "heading":
            found.append(value["text"])
        elif block["type"] == "paragraph":
            found.append(html.unescape(re.sub(r"<[^>]+>", "", value)))
        elif block["type"] == "article":
            found.append(value["number"] + html.unescape(re.sub(r"<[^>]+>", "", value["text"])))
        else:
            found += [column["heading"] for column in value["columns"]] + [cell for row in value["rows"] for cell in row["values"]]
    return re.sub(r"\s", "", "".join(found))


def test_chapters_articles_and_tail_of_a_law():
    blocks = blocks_of_text(LAW, "管理办法")
    assert kinds(blocks) == ["heading", "article", "article", "heading", "article", "paragraph"]
    assert blocks[2]["value"] == {"number": "第二条", "text": "<p>本办法适用于下列情形：</p><p>（一）新建；</p><p>（二）扩建。</p>"}
    assert blocks[5]["value"] == "<p>附件：申请表</p>"


def test_numbered_headings_and_markdown_table():
    blocks = blocks_of_text("一、总体要求\n（一）目标任务\n按期完成。\n| 项目 | 金额 |\n|---|---|\n| 道路 | 3 |\n", "方案")
    assert [block["value"].get("level") for block in blocks[:2]] == ["2", "3"]
    assert blocks[3]["value"] == {"columns": [{"type": "text", "heading": "项目"}, {"type": "text", "heading": "金额"}], "rows": [{"values": ["道路", "3"]}], "caption": ""}


@pytest.mark.parametrize(
    "line", ["【字体：大 中 小】", "【字体： 大 中 小 】", "字号：[大] [中] [小]", "打印 关闭", "【打印本页】 【关闭窗口】",
        "您当前所在的位置： 首页 > 住房保障", "- - - - - -", "关注 · 某某政府网", "分享到：微信 微博", "浏览次数：128次"]
)
def test_page_chrome_is_known(line):
    assert is_chrome(line)


@pytest.mark.parametrize("line", ["关闭煤矿的通知", "打印机采购公告", "本公告打印后张贴。", "字体规范按国家标准执行。", "当前工作重点如下：", "大", "中小企业"][:5])
def test_sentences_with_such_words_stay(line):
    assert not is_chrome(line)


def test_repeated_title_and_head_lines_go_but_repeated_sentences_stay():
    text = "（转载）关于供水的通知\n某某县人民政府办公室\n关于供水的通知\n某某县人民政府办公室\n情节严重的，处罚款；\n情节严重的，处罚款；"
    assert words(blocks_of_text(text, "关于供水的通知")) == "某某县人民政府办公室情节严重的，处罚款；情节严重的，处罚款；"


def test_page_break_inside_a_sentence_is_healed():
    assert words(blocks_of_text("交出一份人\n\u200b\n民满意的答卷。\n第二段。", "报告")) == "交出一份人民满意的答卷。第二段。"
    assert "人民满意" in blocks_of_text("交出一份人\n\u200b\n民满意的答卷。\n第二段。", "报告")[0]["value"]


def test_text_flattened_to_one_line_is_taken_apart():
    text = "关于供水的通知 " + "各单位要做好供水保障工作。" * 20 + " 特此通知。"
    assert blocks_of_text(text, "关于供水的通知")[0]["value"].count("<p>") == 2


def test_markup_in_plain_text_is_text():
    assert blocks_of_text("请点击 <script>alert(1)</script> & 等待", "x")[0]["value"] == "<p>请点击 &lt;script&gt;alert(1)&lt;/script&gt; &amp; 等待</p>"


LINES = st.text(alphabet="甲乙丙一二三、（）()第条章。；：，,. \u3000ab12<>&*-\u200b", min_size=0, max_size=60)


@given(st.lists(LINES, max_size=12))
def test_no_character_is_lost(lines):
    """All that isn't blank, invisible or a mark of Markdown comes out again, in order."""
    bare = re.compile(r"[\s\u200b*|#：:\-]")
    kept = [line for line in lines if not is_chrome(line)]
    # The tail of an article number may be 「：」 or a blank; a flattened single line is only split at blanks.
    assert bare.sub("", words(blocks_of_text("\n".join(["首行不同。", *kept]), "标题"))) == bare.sub("", visible("首行不同。" + "".join(_without_repeats(kept))))


def _without_repeats(lines: list[str]) -> list[str]:
    """The same lines but those that count as repeats of a head line, told by a second, simpler reading of the rule."""
    kept, seen = [], []
    for line in ["首行不同。", *lines]:
        text = re.sub(r"\s", "", visible(line).strip(" \u3000").lstrip("# "))
        repeat = text in seen and 9 <= len(text) <= 60 and not re.search(r"[。；，;,！？]", text)
        if len(set(seen)) < 12 and text:
            if repeat:
                continue
            seen.append(text)
        kept.append(line)
    return kept[1:]


def test_html_becomes_blocks_without_scripts_and_foreign_marks():
    source = (
        '<div class="TRS"><script>x()</script><h2 style="color:red">总体要求</h2><p style="text-indent:2em">　　第一条 为了<strong>公开</strong>，'
        '<a href="https://example.org/a?b=1&c=2" onclick="x()">办法</a>。</p><p><a href="javascript:x()">坏</a></p><ul><li>甲</li><li>乙</li></ul></div>'
    )
    blocks = blocks_of_html(source, "标题")
    assert kinds(blocks) == ["heading", "article"]
    assert blocks[1]["value"]["text"] == '<p>为了<b>公开</b>，<a href="https://example.org/a?b=1&amp;c=2">办法</a>。</p><p>坏</p><ul><li>甲</li><li>乙</li></ul>'


def test_html_table_with_spans_keeps_its_columns():
    rows = blocks_of_html('<table><tr><th>类</th><th>名</th></tr><tr><td rowspan="2">一</td><td>甲</td></tr><tr><td>乙</td></tr></table>', "x")[0]["value"]["rows"]
    assert [row["values"] for row in rows] == [["一", "甲"], ["", "乙"]]


def test_layout_table_is_read_as_text():
    assert kinds(blocks_of_html("<table><tr><td><p>正文第一段。</p><p>正文第二段。</p></td></tr></table>", "x")) == ["paragraph"]


def test_html_is_told_from_text():
    assert looks_like_html("<p>好</p>")
    assert not looks_like_html("温度 < 30 且 > 10")
