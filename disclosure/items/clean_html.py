"""Rich text as it may be kept: what Word and web pages bring along is taken out, what hides links is taken out whole (standards §15 row 25)."""

import re

import nh3
from bs4 import BeautifulSoup, Tag

TAGS = {"p", "br", "b", "strong", "i", "em", "ol", "ul", "li", "a", "sup", "sub"}
# Wagtail's own references to pages and documents, and its keys that comments hang on.
ATTRIBUTES = {"a": {"href", "linktype", "id"}, "p": {"data-block-key"}, "li": {"data-block-key"}}
SCHEMES = {"http", "https", "mailto", "tel"}
DROPPED_WHOLE = {"script", "style", "xml", "head", "title", "iframe", "object", "embed", "form", "select", "textarea", "button", "noscript", "template", "svg", "math"}

SUSPECT = re.compile(r"style\s*=|\shidden|<h[1-6]|<div|<!--|<o:|<table|<font|<embed|<marquee", re.IGNORECASE)
HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|mso-hide:all|opacity:0(?:\.0+)?(?:;|$|!)"
    r"|(?:^|;)(?:font-size|line-height|(?:max-)?width|(?:max-)?height):0(?:\.0+)?(?:[a-z]{2,4}|%)?(?:;|$|!)"
    r"|text-indent:-\d{3,}|(?:left|top|right|bottom|margin-left|margin-top):-\d{3,}|clip:rect\(0|clip-path:inset\((?:50|100)%|transform:scale\(0",
)
EMPTY_PARAGRAPH = re.compile(r"<p[^>]*>(?:\s|&nbsp;|\u3000|<br ?/?>)*</p>")


def clean_html(html: str) -> str:
    """`html` with the allowed tags and attributes only; cleaning twice changes nothing more."""
    if not html:
        return html
    if SUSPECT.search(html):
        html = _without_hidden(html)
    cleaned = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, clean_content_tags=DROPPED_WHOLE, link_rel=None)
    return EMPTY_PARAGRAPH.sub("", cleaned).strip()


def _without_hidden(html: str) -> str:
    """Without elements that a style or attribute hides, their text included; headings and blocks become paragraphs."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(True):
        if isinstance(element, Tag) and not element.decomposed and is_hidden(element):
            element.decompose()
    for heading in soup.find_all(re.compile(r"^h[1-6]$")):
        heading.name = "b"
        heading.wrap(soup.new_tag("p"))
    for block in soup.find_all(["div", "tr"]):
        if not block.find(["p", "div", "tr", "ol", "ul"]):
            block.name = "p"
    for cell in soup.find_all(["td", "th"]):
        cell.append(" ")
    return str(soup)


def is_hidden(element: Tag) -> bool:
    """Whether the element's own style or attribute keeps readers from seeing it while machines read it."""
    style = re.sub(r"\s", "", str(element.get("style") or "")).lower()
    return element.has_attr("hidden") or bool(HIDING.search(style))
