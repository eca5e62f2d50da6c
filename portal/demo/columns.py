"""The columns of the demo county: news to annual reports, each with description, keywords, type and rule of freshness."""

import datetime as dt
from dataclasses import dataclass

from wagtail.models import Page

from disclosure.catalogue.models import CatalogueItem
from disclosure.items.columns import OpenGuidePage, SectionPage
from portal.demo.bodies import HOURS
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


COLUMNS = (
    Column("services", "我要办", "办事服务", "按人生大事和办理对象查找阳光县的办事指南：条件、材料、时限、费用、地点和常见问题。", "办事指南,政务服务,一次办好", ("guide",), menu=True),
    Column("policies", "政策文件", "政策文件", "县政府及其部门的规范性文件和其他政策文件，标明效力，附解读和附件。", "政策文件,规范性文件,发文字号", ("policy",), fresh_days=180, menu=True),
    Column("normative", "行政规范性文件", "政策文件", "现行有效和已经失效、废止的行政规范性文件，集中公开，统一登记。", "规范性文件,有效性,废止", ("policy",), ("normative",), fresh_days=180, below="policies"),
    Column("interpretations", "政策解读", "政策解读", "由起草部门撰写的文字解读、问答和图解，说明谁能享受、怎么办理、与以前有什么不同。", "政策解读,问答,图解", ("interpretation",), fresh_days=180, below="policies"),
    Column("news", "阳光要闻", "工作动态", "县政府重要会议、重要活动和各部门、乡镇的工作进展。", "要闻,动态,工作进展", ("notice",), ("news", "work"), fresh_days=14, menu=True),
    Column("notices", "通知公告", "通知公告", "与群众生活和企业经营有关的通知、公告和停水停电等提示。", "通知,公告,停水,放假", ("notice",), ("notice", "announcement", "emergency"), fresh_days=180, menu=True),
    Column("publicity", "公示公告", "通知公告", "社会救助、资金项目、住房分配等事项在决定以前或者以后的公示。", "公示,名单,监督", ("notice",), ("publicity",), fresh_days=180, below="notices"),
    Column("consultations", "征求意见", "征集调查", "重大行政决策和规范性文件草案征求意见，以及意见采纳情况的反馈。", "征求意见,草案,采纳情况", ("notice",), ("consultation", "consultation_result"), fresh_days=180, below="notices"),
    Column("emergency", "应急信息", "回应关切", "天气预警、应急响应和安全提示。", "预警,应急,防汛", ("notice",), ("emergency",), below="notices"),
    Column("finance", "财政预决算", "数据发布", "政府和部门的预算、决算、预算执行、政府债务和惠民补贴资金。", "预算,决算,三公经费,债务", leaf="20.7", fresh_days=365),
    Column("data", "数据发布", "数据发布", "统计公报、月度经济数据和部门业务数据。", "统计,数据,公报", ("notice",), ("data",), fresh_days=90),
    Column("procurement", "招标采购", "通知公告", "政府采购意向、招标公告、更正、中标结果和合同，按项目前后相连。", "政府采购,招标,中标,合同", ("notice",),
           ("procurement_intent", "prequalification", "tender", "correction", "candidates", "award", "failed_tender", "contract", "single_source"), fresh_days=180),
    Column("land", "征地和土地供应", "通知公告", "征收土地预公告、补偿安置公告、征收公告和土地出让公告。", "征地,补偿,土地出让", ("notice",), ("land_pre_notice", "land_compensation", "land_expropriation", "land_sale"), fresh_days=180),
    Column("recruitment", "人事招考", "通知公告", "公务员、事业单位和教师招聘的公告、成绩和拟录用公示。", "招聘,公务员,教师,事业单位", ("notice",), ("recruitment",), fresh_days=180),
    Column("supervision", "监管和处罚", "通知公告", "行政处罚决定、抽查检查结果和安全提示。", "行政处罚,抽检,双随机", ("notice",), ("penalty",), fresh_days=180),
    Column("overview", "阳光概况", "概况信息", "阳光县的地理、人口、历史、产业和行政区划。", "概况,区划,人口", ("article",), ("overview",), menu=True),
    Column("leaders", "县政府领导", "负责人信息", "县政府领导的姓名、职务和分工。", "县长,副县长,分工", ("article",), ("leader",), below="overview"),
    Column("organisations", "机构职能", "机构职能", "各部门、县级机构和乡镇的内设机构和职责。", "机构,职责,内设机构", ("article",), ("organisation",), below="overview"),
    Column("plans", "规划和工作报告", "政策文件", "国民经济和社会发展规划、专项规划、年度计划和政府工作报告。", "规划,计划,政府工作报告", ("article",), ("plan", "work_report"), below="policies"),
    Column("disclosure", "政务公开", "信息公开目录", "公开指南、公开制度、年度报告，以及怎样申请公开。", "政府信息公开,依申请公开", menu=True),
    Column("rules", "公开制度", "信息公开目录", "政府信息公开的法律依据和本县的工作制度。", "公开制度,条例", ("article",), ("rules",), below="disclosure"),
    Column("annual-reports", "公开年报", "信息公开年报", "县政府及其部门的政府信息公开工作年度报告。", "年度报告,年报", ("article",), ("annual_report",), fresh_days=366, below="disclosure"),
    Column("help", "使用帮助", "概况信息", "网站使用帮助、隐私保护、无障碍说明和网站声明。", "帮助,隐私,无障碍", ("article",), ("help",)),
)


def ensure_columns(home: HomePage) -> int:
    """Make the columns that are missing below the home page; returns how many."""
    made: dict[str, SectionPage] = {page.slug: page for page in SectionPage.objects.all()}
    missing = [column for column in COLUMNS if column.slug not in made]
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


def ensure_settings(home: HomePage) -> bool:
    """Fill the site settings that are empty; returns whether anything changed."""
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
