"""Kinds of items and the lists they choose from; one place, so that list, filter, feed and import agree."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What an item is; each has a page type of its own."""

    NOTICE = "notice", _("notices")
    POLICY = "policy", _("policy documents")
    INTERPRETATION = "interpretation", _("interpretations")
    GUIDE = "guide", _("service guides")
    ARTICLE = "article", _("articles")


class NoticeCategory(models.TextChoices):
    """Kinds of notices; the required fields and periods of each stand in `notice_rules` (standards §8)."""

    NOTICE = "notice", _("notice")
    ANNOUNCEMENT = "announcement", _("announcement")
    PUBLICITY = "publicity", _("publicity before decision")
    NEWS = "news", _("news")
    WORK = "work", _("work in progress")
    DATA = "data", _("statistics")
    FINANCE = "finance", _("budget and accounts")
    PENALTY = "penalty", _("administrative penalty")
    RECRUITMENT = "recruitment", _("recruitment")
    EMERGENCY = "emergency", _("emergency information")
    CONSULTATION = "consultation", _("consultation")
    CONSULTATION_RESULT = "consultation_result", _("result of a consultation")
    PROCUREMENT_INTENT = "procurement_intent", _("procurement intention")
    PREQUALIFICATION = "prequalification", _("prequalification notice")
    TENDER = "tender", _("tender notice")
    CORRECTION = "correction", _("correction notice")
    CANDIDATES = "candidates", _("publicity of candidates")
    AWARD = "award", _("award notice")
    FAILED_TENDER = "failed_tender", _("failed or stopped tender")
    CONTRACT = "contract", _("contract notice")
    SINGLE_SOURCE = "single_source", _("publicity of single-source procurement")
    LAND_PRE_NOTICE = "land_pre_notice", _("preliminary notice of land expropriation")
    LAND_COMPENSATION = "land_compensation", _("notice of land compensation and resettlement")
    LAND_EXPROPRIATION = "land_expropriation", _("notice of land expropriation")
    LAND_SALE = "land_sale", _("land grant notice")


class ArticleCategory(models.TextChoices):
    """What an article is about."""

    OVERVIEW = "overview", _("overview of the county")
    ORGANISATION = "organisation", _("organisation")
    LEADER = "leader", _("leader")
    RULES = "rules", _("disclosure rules")
    ANNUAL_REPORT = "annual_report", _("annual report")
    PLAN = "plan", _("plan")
    WORK_REPORT = "work_report", _("government work report")
    HELP = "help", _("about this site")
    OTHER = "other", _("other")


class InterpretationForm(models.TextChoices):
    """Forms of interpretation (standards §5.4)."""

    TEXT = "text", _("text")
    QA = "qa", _("questions and answers")
    GRAPHIC = "graphic", _("graphic")
    VIDEO = "video", _("video")


class DocumentGenre(models.TextChoices):
    """The 15 kinds of official documents (2012) and “other” (standards §5.2)."""

    RESOLUTION = "决议", "决议"
    DECISION = "决定", "决定"
    ORDER = "命令", "命令（令）"
    COMMUNIQUE = "公报", "公报"
    PROCLAMATION = "公告", "公告"
    CIRCULAR_NOTICE = "通告", "通告"
    OPINION = "意见", "意见"
    NOTICE = "通知", "通知"
    BULLETIN = "通报", "通报"
    REPORT = "报告", "报告"
    REQUEST = "请示", "请示"
    REPLY = "批复", "批复"
    BILL = "议案", "议案"
    LETTER = "函", "函"
    MINUTES = "纪要", "纪要"
    OTHER = "其他", "其他"


class Mode(models.TextChoices):
    """公开方式 of an item and of a leaf of the catalogue."""

    PROACTIVE = "proactive", _("proactive")
    ON_APPLICATION = "on_application", _("on application")


class Validity(models.TextChoices):
    """有效性; an item in force lapses by itself on its date, see `validity`."""

    IN_FORCE = "in_force", _("in force")
    AMENDED = "amended", _("amended")
    LAPSED = "lapsed", _("lapsed")
    REPEALED = "repealed", _("repealed")


class Origin(models.TextChoices):
    """信息来源: own or reposted."""

    OWN = "own", _("own")
    REPOSTED = "reposted", _("reposted")


class ColumnType(models.TextChoices):
    """ColumnType vocabulary of the guideline for government sites (standards §3.1)."""

    HOME = "首页", "首页"
    OVERVIEW = "概况信息", "概况信息"
    ORGANISATION = "机构职能", "机构职能"
    LEADERS = "负责人信息", "负责人信息"
    NEWS = "工作动态", "工作动态"
    NOTICES = "通知公告", "通知公告"
    POLICY = "政策文件", "政策文件"
    GUIDE = "信息公开指南", "信息公开指南"
    CATALOGUE = "信息公开目录", "信息公开目录"
    ANNUAL_REPORT = "信息公开年报", "信息公开年报"
    APPLICATION = "依申请公开", "依申请公开"
    DATA = "数据发布", "数据发布"
    OPEN_DATA = "数据开放", "数据开放"
    INTERPRETATION = "政策解读", "政策解读"
    RESPONSE = "回应关切", "回应关切"
    SERVICES = "办事服务", "办事服务"
    COMPLAINTS = "咨询投诉", "咨询投诉"
    CONSULTATION = "征集调查", "征集调查"
    INTERVIEW = "在线访谈", "在线访谈"


class LifeEvent(models.TextChoices):
    """Occasions of life by which people look for a service (standards §7.4); `icon` names its sign."""

    BIRTH = "birth", _("having a child")
    HUKOU = "hukou", _("moving household")
    SCHOOL = "school", _("going to school")
    WORK = "work", _("finding work")
    MARRIAGE = "marriage", _("getting married")
    HOUSING = "housing", _("buying or renting a home")
    HEALTH = "health", _("seeing a doctor")
    AGE = "age", _("growing old")
    BUSINESS = "business", _("starting a business")
    HARDSHIP = "hardship", _("getting help in hardship")
    FARMING = "farming", _("farming and land")
    FAREWELL = "farewell", _("after a death")
