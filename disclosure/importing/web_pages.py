"""A page of a government site as a record: its meta tags (国办发〔2017〕47号, annex 1) as they are really written, and its text."""

import re
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.utils.translation import gettext as _

# Names as the guideline writes them, by their small letters; other names that sites use for the same.
META_NAMES = {
    name.lower(): name
    for name in (
        "SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType",
        "ArticleTitle", "PubDate", "ContentSource", "Keywords", "Author", "Description", "Image", "Url",
    )
}
OTHER_NAMES = {
    "publishdate": "PubDate", "pub_date": "PubDate", "firstpublishedtime": "PubDate", "article:published_time": "PubDate", "source": "ContentSource", "og:title": "ArticleTitle",
    "og:url": "Url", "keyword": "Keywords", "others": "Others",
}
CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
MAIN_TEXT = (
    "#UCAP-CONTENT", "#zoom", ".TRS_Editor", ".TRS_UEDITOR", "#zoomcon", ".article-content", ".article_content", ".pages_content", ".view.TRS_UEDITOR", "#content .article",
    "[itemprop=articleBody]", ".xxgk_content", ".news_content", ".wzcon", ".conTxt", "article", "main", "#content", ".content",
)
NUMBERS = {
    "IndexNumber": re.compile(r"索\s*引\s*号\s*[:：]?\s*([0-9A-Z][\w/\-]{7,60})"),
    "DocumentNumber": re.compile(r"(?:发文字号|发文文号|文\s*号)\s*[:：]?\s*([\u4e00-\u9fff]{1,20}[〔\[【(（]\d{4}[〕\]】)）]\s*第?\d{1,5}\s*号)"),
}
RUNNING_TEXT = ["p", "h1", "h2", "h3", "h4", "table", "ul", "ol", "span", "b", "strong"]
SHORTEST_TEXT = 40
MANY_LINKS = 0.6


def decode(data: bytes) -> str:
    """The text of a page: by its byte order mark, its own charset (GB 2312 read as its superset GB 18030), else by trying; raises ValueError."""
    named = CHARSET.search(data[:4096])
    tries = [named[1].decode("ascii").lower()] if named else []
    tries = ["gb18030" if name in ("gb2312", "gbk", "gb_2312-80") else name for name in tries]
    if data.startswith(b"\xef\xbb\xbf"):
        tries.insert(0, "utf-8-sig")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        tries.insert(0, "utf-16")
    for encoding in [*tries, "utf-8", "gb18030"]:
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise ValueError(_("The page's encoding can't be found out."))


def read_page(source: str, path: str) -> dict[str, Any]:
    """The fields of a page: its meta tags, `path`, and the HTML of its main text as `html` (None where there is none)."""
    soup = BeautifulSoup(source, "lxml")
    fields: dict[str, Any] = {"path": path, **dict.fromkeys(META_NAMES.values()), **read_meta(soup)}
    if fields["Description"] and fields["Description"] == fields["SiteName"]:
        fields["Description"] = None
    around = soup.get_text(" ", strip=True)
    for name, pattern in NUMBERS.items():
        found = pattern.search(around)
        fields[name] = re.sub(r"\s", "", found[1]) if found else None
    fields["window_title"] = _title(soup, fields["SiteName"])
    main = _main_text(soup)
    fields["html"] = main.decode_contents() if main else None
    return fields


def read_meta(soup: BeautifulSoup) -> dict[str, str]:
    """Meta tags by their proper name, whatever their order and letter case; of several the first that says something."""
    found: dict[str, str] = {}
    second_best: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        written = str(tag.get("name") or tag.get("property") or "").strip().lower()
        content = re.sub(r"\s+", " ", str(tag.get("content") or "")).strip(" \u3000")
        if not content:
            continue
        if written in META_NAMES:
            found.setdefault(META_NAMES[written], content)
        elif written in OTHER_NAMES:
            second_best.setdefault(OTHER_NAMES[written], content)
    return second_best | found


def _title(soup: BeautifulSoup, site: str | None) -> str | None:
    """The title of the window without the site's name before or after it."""
    text = soup.title.get_text(" ", strip=True) if soup.title else ""
    if site and text != site:
        text = re.sub(rf"\s*[-_|—–]+\s*{re.escape(site)}\s*$|^\s*{re.escape(site)}\s*[-_|—–]+\s*", "", text)
    return text.strip() or None


def _main_text(soup: BeautifulSoup) -> Tag | None:
    """The element that holds the article: by the names that publishing systems give it, else the one with most running text."""
    for selector in MAIN_TEXT:
        tag = soup.select_one(selector)
        if tag and len(tag.get_text(strip=True)) >= SHORTEST_TEXT and _link_share(tag) < MANY_LINKS:
            return tag
    body = soup.body
    if not body:
        return None
    candidates = [tag for tag in body.find_all(["div", "td", "section"]) if _link_share(tag) < MANY_LINKS]
    best = max(candidates, key=_own_text, default=None)
    if best is not None and _own_text(best) >= SHORTEST_TEXT:
        return best
    return body if len(body.get_text(strip=True)) >= SHORTEST_TEXT else None


def _own_text(tag: Tag) -> int:
    """How much text stands in an element itself or in its paragraphs, headings and tables, in characters."""
    parts = [len(child.get_text(strip=True)) for child in tag.find_all(RUNNING_TEXT, recursive=False)]
    return sum(parts) + sum(len(text.strip()) for text in tag.find_all(string=True, recursive=False))


def _link_share(tag: Tag) -> float:
    text = len(tag.get_text(strip=True))
    return sum(len(link.get_text(strip=True)) for link in tag.find_all("a")) / text if text else 1.0
