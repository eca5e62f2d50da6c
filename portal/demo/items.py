"""Makes the items of the demo county from its plan, through the same models an editor's form uses."""

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from disclosure.catalogue.models import CatalogueItem, SubjectTheme
from disclosure.items.base import DisclosureItem, ItemAttachment
from disclosure.items.columns import ArticlePage, DepartmentPage
from disclosure.items.guides import GuideMaterial, GuideQuestion, GuideStep, ServiceGuidePage
from disclosure.items.notices import NoticePage
from disclosure.items.policies import InterpretationPage, PolicyDocumentPage, PolicyRelation
from portal.demo.downloads import form_docx, pdf_of, store, xlsx_of
from portal.demo.markup import Block, Markup
from portal.demo.plan import Plan, Text
from portal.demo.timetable import moment_of, written

SOURCE = "demo"
MODELS: dict[str, type[DisclosureItem]] = {
    "policies": PolicyDocumentPage, "interpretations": InterpretationPage, "guides": ServiceGuidePage, "articles": ArticlePage, "notices": NoticePage,
}
REMEDY = (
    "对办理结果不服的，可以自收到决定之日起六十日内向阳光县人民政府申请行政复议（{name:sifa}，电话 {phone:sifa}），"
    "也可以自收到决定之日起六个月内依法向人民法院提起行政诉讼。"
)
HALL = "阳光县政务服务大厅（人民路1号行政中心1号楼）{window}"
HALL_HOURS = "周一至周六 8:30—17:30，法定节假日除外"
# Fields of the head that go into the model as they are.
PLAIN = {
    "policies": ("genre", "issuer", "no_interpretation_reason"),
    "interpretations": ("form", "interpreter"),
    "guides": (
        "matter_type", "parent_matter", "audience_note", "conditions", "quantity_limit", "legal_unit", "promised_unit", "handling", "special_steps", "fee", "fee_basis",
        "result_name", "delivery", "place", "hours", "ways", "remedy", "consult_phone", "complaint_phone",
    ),
    "articles": ("article_kind", "person_name", "position", "duties"),
    "notices": (
        "notice_kind", "short_period_reason", "project_name", "project_number", "funding_source", "qualification", "how_to_get", "how_to_hand_in", "platform_url", "buyer",
        "agent", "supplier", "supplier_address", "candidates", "main_subject", "experts", "contact", "objection", "place",
    ),
}
COMMON = ("summary", "source_name", "author", "legal_basis")
NUMBERS = ("legal_time", "promised_time", "visits", "rank")


class ItemMaker:
    """Makes what is missing; an item is known by its key, kept as its number at the source."""

    def __init__(self, plan: Plan, pictures: dict[str, int], now: dt.datetime) -> None:
        self.plan = plan
        self.now = now
        self.known: dict[str, int] = dict(DisclosureItem.objects.filter(import_source=SOURCE).values_list("import_id", "pk"))
        self.parents = {page.department.slug: page for page in DepartmentPage.objects.select_related("department")}
        self.leaves = {leaf.code: leaf for leaf in CatalogueItem.objects.all()}
        self.themes = {theme.code: theme for theme in SubjectTheme.objects.all()}
        self.markup = Markup(self.page_id, pictures.__getitem__)
        self.underway: set[str] = set()

    def missing(self) -> list[Text]:
        """Texts that aren't in the database yet, oldest first."""
        return [text for text in self.plan.oldest_first() if text.key not in self.known]

    def page_id(self, key: str) -> int:
        """The page of a key; made first when it isn't there. Raises KeyError for unknown keys and for texts that link in a circle."""
        if key not in self.known:
            if key in self.underway:
                raise KeyError(f"texts link in a circle at {key}")
            self.make(self.plan.texts[key])
        return self.known[key]

    def make(self, text: Text) -> None:
        """Make the item of a text unless it is there, wholly or not at all."""
        if text.key in self.known:
            return
        self.underway.add(text.key)
        with transaction.atomic():
            item = self._build(text)
            self.parents[text.entry.get("dept")].add_child(instance=item)
            self._act(text, item)
        self.known[text.key] = item.pk

    def _build(self, text: Text) -> DisclosureItem:
        """The unsaved item with its inline rows."""
        moment = moment_of(text.key, text.day, self.now)
        item = MODELS[text.file](
            title=self.plan.title(text.key), department=self.plan.department(text), catalogue_item=self.leaves[text.entry.get("leaf")],
            made_on=text.anchors.get("S") or self._made_on(text), published_at=moment, first_published_at=moment, last_published_at=moment,
            import_source=SOURCE, import_id=text.key, department_name=self.plan.department(text).name,
        )
        for name in (*COMMON, *PLAIN[text.file]):
            if text.entry.get(name):
                setattr(item, name, self.plan.write(text, text.entry.get(name)))
        for name in NUMBERS:
            if text.entry.get(name):
                setattr(item, name, int(text.entry.get(name)))
        self._common(text, item)
        makers: dict[str, Callable[[Text, Any], None]] = {"policies": self._policy, "interpretations": self._interpretation, "guides": self._guide, "notices": self._notice}
        blocks = self.markup.blocks(self.plan.write(text, text.entry.body))
        item.body = json.dumps(blocks, ensure_ascii=False)
        if text.file in makers:
            makers[text.file](text, item)
        self._attach(text, item, blocks)
        return item

    def _made_on(self, text: Text) -> dt.date:
        """The day a text was made: `made` days before its publication."""
        return text.day - dt.timedelta(days=int(text.entry.get("made", "0")))

    def _common(self, text: Text, item: DisclosureItem) -> None:
        """Themes, tags, drafting department, and the basis where the leaf asks for one."""
        item.themes = [self.themes[code] for code in text.entry.get("themes").split()]
        if tags := text.entry.get("tags"):
            item.tags.add(*tags.split("、"))
        if drafting := text.entry.get("drafting"):
            item.drafting_department = self.plan.departments[drafting]
        leaf = self.leaves[text.entry.get("leaf")]
        if leaf.needs_basis and not item.legal_basis:
            item.legal_basis = leaf.basis
        if item.source_name:
            item.origin = "reposted"

    def _policy(self, text: Text, item: PolicyDocumentPage) -> None:
        """Numbers and dates of a document."""
        item.document_number, item.signed_on, item.effective_on, item.lapses_on = text.number, text.anchors["S"], text.anchors["E"], text.anchors.get("L")
        item.issuer = item.issuer or item.department.name
        item.is_normative = bool(text.entry.get("normative"))
        if item.is_normative:
            item.registration_number = f"YGGF-{text.anchors['S'].year}-{text.number.rpartition('〕')[2].removesuffix('号')}"

    def _act(self, text: Text, item: DisclosureItem) -> None:
        """What a new document does to earlier ones; their validity follows from it by itself."""
        for act in PolicyRelation.Act.values:
            for key in text.entry.get(act).split():
                PolicyRelation.objects.create(later=item, act=act, earlier_id=self.page_id(key))

    def _interpretation(self, text: Text, item: InterpretationPage) -> None:
        if text.entry.get("document"):
            item.document_id = self.page_id(text.entry.get("document"))

    def _notice(self, text: Text, item: NoticePage) -> None:
        """Periods, deadlines, amounts, and the notice it belongs to."""
        if period := text.entry.get("period"):
            item.period_start, item.period_end = (self.plan.spec_day(text, spec) for spec in period.split())
        if deadline := text.entry.get("deadline"):
            item.deadline = timezone.make_aware(dt.datetime.combine(self.plan.spec_day(text, deadline), dt.time(9, 30)))
        if event := text.entry.get("event"):
            item.event_on = self.plan.spec_day(text, event)
        if amount := text.entry.get("amount"):
            item.amount = Decimal(amount.replace(",", ""))
        if original := text.entry.get("original"):
            item.original_id = self.page_id(original)

    def _guide(self, text: Text, item: ServiceGuidePage) -> None:
        """Contacts from the department where the text names none; audience, events, materials, steps, questions."""
        body = item.department
        item.consult_phone = item.consult_phone or body.phone
        item.complaint_phone = item.complaint_phone or f"{body.supervision_phone}，或者拨打12345"
        if not item.place:
            item.place, item.hours = HALL.format(window=text.entry.get("window", "综合窗口")), item.hours or HALL_HOURS
        item.hours = item.hours or body.hours
        item.remedy = item.remedy or self.plan.write(text, REMEDY)
        item.has_fee = bool(item.fee)
        item.for_people, item.for_organisations = "人" in text.entry.get("for", "人"), "企" in text.entry.get("for")
        item.life_events = text.entry.get("events").split()
        if not item.task_code:
            item.task_code = f"{body.credit_code}{text.entry.get('code', '2000000000000'):0<13}"
        item.materials = [self._material(text, line) for line in text.entry.all("material")]
        item.steps = [self._step(text, line) for line in text.entry.all("step")]
        item.questions = [GuideQuestion(question=question, answer=self.plan.write(text, answer)) for question, answer in map(_pair, text.entry.all("faq"))]

    def _material(self, text: Text, line: str) -> GuideMaterial:
        """`name｜copies｜form｜need｜source｜basis｜note｜labels of its blank form`; what is left out at the end has its usual value."""
        name, copies, form, need, source, basis, note, labels = _cells(line, 8)
        material = GuideMaterial(name=name, copies=int(copies or 1), form=form or "original", need=need or "required", source=source or "申请人自备", note=note)
        material.basis = self.plan.write(text, basis or text.entry.get("legal_basis").split("\n")[0])
        if labels:
            material.blank_form = store(name, "docx", form_docx(name, labels.split("、"), note or "请用黑色签字笔填写，字迹清楚；没有的内容填“无”。"))
        return material

    def _step(self, text: Text, line: str) -> GuideStep:
        """`name｜what happens｜time｜office｜result`."""
        name, what, time, office, result = _cells(line, 5)
        return GuideStep(name=name, text=self.plan.write(text, what), time=Decimal(time) if time else None, office=office, result=result)

    def _attach(self, text: Text, item: DisclosureItem, blocks: list[Block]) -> None:
        """Files beside the item: `pdf｜title` its own text, `xlsx｜title` its tables, `docx｜title｜labels` a blank form."""
        attachments = []
        for line in text.entry.all("attach"):
            extension, title, labels = _cells(self.plan.write(text, line), 3)
            content = _file(extension, item.title if extension != "docx" else title, _meta(text, item), blocks, labels)
            attachments.append(ItemAttachment(document=store(title, extension, content), title=title))
        item.attachments = attachments


def _file(extension: str, title: str, meta: str, blocks: list[Block], labels: str) -> bytes:
    """The content of one file; raises KeyError for an extension the seed can't make."""
    makers: dict[str, Callable[[], bytes]] = {
        "pdf": lambda: pdf_of(title, meta, blocks),
        "xlsx": lambda: xlsx_of(title, blocks),
        "docx": lambda: form_docx(title, labels.split("、"), "请如实填写，没有的内容填“无”。"),
    }
    return makers[extension]()


def _meta(text: Text, item: DisclosureItem) -> str:
    """The line under the title of a paper: document number or body, and day."""
    return f"{text.number or item.department.name}　{written(text.anchors.get('S', text.day))}"


def _pair(line: str) -> tuple[str, str]:
    question, _bar, answer = line.partition("｜")
    return question, answer


def _cells(line: str, count: int) -> list[str]:
    """The cells of a line, empty ones added up to `count`."""
    cells = [cell.strip() for cell in line.split("｜")]
    return cells + [""] * (count - len(cells))
