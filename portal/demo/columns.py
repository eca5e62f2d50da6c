"""The columns of the demo county: news to annual reports, each with description, keywords, type and rule of freshness."""

import datetime as dt
from dataclasses import dataclass

from wagtail.models import Page

from disclosure.catalogue.models import CatalogueItem
from disclosure.items.columns import OpenGuidePage, SectionPage
from portal.demo.bodies import HOURS
from portal.demo.source import read_rows
from portal.face.models import HomePage
from portal.site.models import PortalSettings

OFFICE = {
    "office_name": "阳光县人民政府办公室政务公开办公室", "office_address": "阳光县人民路1号行政中心3号楼206室", "office_hours": HOURS,
    "office_phone": "0000-6120024", "office_fax": "0000-6120029",
}
SETTINGS = {
    **OFFICE, "site_name": "阳光县人民政府", "tagline": "政务公开 · 办事服务 · 互动回应", "site_domain": "www.yangguang.example", "site_id_code": "0000000000",
    "organiser": "阳光县人民政府办公室", "operator": "阳光县政务公开办公室", "office_email": "gongkai@yangguang.example",
    "icp_number": "ICP备00000000号", "police_number": "00000000000000", "supports_ipv6": True,
}


@dataclass(frozen=True)
class Column:
    """One column; `below` names the column it stands in, `leaf` a branch of the catalogue whose items it lists."""

    slug: str
    title: str
    column_type: str
    description: str
    keywords: str
    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    leaf: str = ""
    fresh_days: int | None = None
    menu: bool = False
    below: str = ""


def columns() -> list[Column]:
    """The columns of the table `content/columns.txt`, those above before those below them."""
    return [_column(row) for row in read_rows("columns")]


def _column(row: list[str]) -> Column:
    slug, title, column_type, description, keywords, kinds, categories, leaf, fresh, menu, below = row
    days = int(fresh) if fresh else None
    return Column(slug, title, column_type, description, keywords, tuple(kinds.split()), tuple(categories.split()), leaf, days, bool(menu), below)


def ensure_columns(home: HomePage) -> int:
    """Make the columns that are missing below the home page; returns how many."""
    made: dict[str, SectionPage] = {page.slug: page for page in SectionPage.objects.all()}
    missing = [column for column in columns() if column.slug not in made]
    for column in missing:
        parent: Page = made[column.below] if column.below else Page.objects.get(pk=home.pk)
        made[column.slug] = parent.add_child(instance=_page(column))
        if column.below:
            made[column.below].refresh_from_db()
    return len(missing)


def _page(column: Column) -> SectionPage:
    return SectionPage(
        title=column.title, slug=column.slug, column_type=column.column_type, description=column.description, keywords=column.keywords, kinds=list(column.kinds),
        categories=list(column.categories), catalogue_item=CatalogueItem.objects.get(code=column.leaf) if column.leaf else None, fresh_days=column.fresh_days,
        show_in_menus=column.menu,
    )


SEARCH_EXAMPLES = "高龄津贴,户口迁移,公积金提取,加装电梯补助"


def ensure_settings(home: HomePage) -> bool:
    """Fill the site settings and the examples for the search that are empty; returns whether anything changed."""
    if not home.search_examples:
        home.search_examples = SEARCH_EXAMPLES
        home.save(update_fields=["search_examples"])
    settings = PortalSettings.for_site(home.get_site())
    empty = {name: value for name, value in SETTINGS.items() if not getattr(settings, name)}
    for name, value in empty.items():
        setattr(settings, name, value)
    if empty:
        settings.save()
    return bool(empty)


def ensure_open_guide(today: dt.date) -> bool:
    """The disclosure guide with its nine elements (Art. 12); returns whether it was made."""
    if OpenGuidePage.objects.exists():
        return False
    SectionPage.objects.get(slug="disclosure").add_child(
        instance=OpenGuidePage(
            title="政府信息公开指南", slug="guide", show_in_menus=True, reviewed_on=today - dt.timedelta(days=47), office_online="gongkai@yangguang.example", **OFFICE,
            introduction="本指南说明阳光县人民政府及其部门公开哪些信息、怎样编排、到哪里查，以及目录里没有的信息怎样申请。每年至少修订一次，机构和电话变化的当天更新。",
            classification=(
                "一、主动公开的信息。《中华人民共和国政府信息公开条例》第二十条规定的十五类信息，第二十一条规定由县、乡镇公开的信息，以及基层政务公开标准目录列明的事项。\n"
                "二、依申请公开的信息。主动公开以外、申请人需要的政府信息。\n"
                "三、不予公开的信息。依法确定为国家秘密的，法律、行政法规禁止公开的，公开后可能危及国家安全、公共安全、经济安全、社会稳定的，不公开。"
                "涉及商业秘密、个人隐私的，除权利人同意或者不公开会对公共利益造成重大影响外，不公开。"
            ),
            arrangement=(
                "主动公开的信息按公开目录编排。目录分三级：第一级是条例规定的类别，第二级是事项组，第三级是具体事项。每条信息有索引号、名称、内容概述、生成日期四项基本内容，"
                "并标明发布机构、发文字号、主题分类、有效性和公开方式。索引号由发布机构的统一社会信用代码、年份和五位流水号组成，一条信息一个号，永不重复。"
            ),
            ways_to_get=(
                "主动公开的信息：在本网站“公开目录”查阅、检索和下载；也可以到县档案馆（文化路2号）、县图书馆、县政务服务大厅和各乡镇便民服务中心的公开查阅点免费查阅。\n"
                "依申请公开的信息：当面提交、邮寄、传真，或者发送电子邮件。申请要写明姓名或者名称、身份证明、联系方式，所需信息的名称、文号或者便于查询的其他特征，以及希望得到的形式。"
                "不必说明用途。能够当场答复的当场答复；不能当场答复的，自收到申请之日起二十个工作日内答复；需要延长的，经批准后告知，延长最多二十个工作日。"
                "不收取费用；申请的数量、频次明显超过合理范围的，按国家规定收取信息处理费。"
            ),
        ),
    )
    return True
