"""All models of disclosure, gathered for Django."""

from disclosure.catalogue.models import CatalogueItem, SubjectTheme
from disclosure.items.base import DisclosureItem, ItemAttachment, ItemTag
from disclosure.items.columns import ArticlePage, DepartmentIndexPage, DepartmentPage, OpenGuidePage, SectionPage
from disclosure.items.corrections import CorrectionReport
from disclosure.items.guides import GuideMaterial, GuideQuestion, GuideStep, ServiceGuidePage
from disclosure.items.index_number import IndexCounter
from disclosure.items.notice_rules import NoticeRule
from disclosure.items.notices import NoticePage
from disclosure.items.policies import InterpretationPage, PolicyDocumentPage, PolicyRelation
from disclosure.items.traffic import VisitCount

__all__ = [
    "ArticlePage",
    "CatalogueItem",
    "CorrectionReport",
    "DepartmentIndexPage",
    "DepartmentPage",
    "DisclosureItem",
    "GuideMaterial",
    "GuideQuestion",
    "GuideStep",
    "IndexCounter",
    "InterpretationPage",
    "ItemAttachment",
    "ItemTag",
    "NoticePage",
    "NoticeRule",
    "OpenGuidePage",
    "PolicyDocumentPage",
    "PolicyRelation",
    "SectionPage",
    "ServiceGuidePage",
    "SubjectTheme",
    "VisitCount",
]
