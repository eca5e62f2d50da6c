"""The text of an item as blocks: what an editor may use, and nothing that could look or behave otherwise."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText

from disclosure.items.clean_html import clean_html

PROSE_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link", "superscript", "subscript"]


class ProseBlock(blocks.RichTextBlock):
    """Rich text that is cleaned on its way into the database and into revisions, whoever wrote it: editor, import or API."""

    def get_prep_value(self, value: RichText) -> str:
        """The cleaned HTML."""
        return clean_html(super().get_prep_value(value) or "")


class HeadingBlock(blocks.StructBlock):
    """A heading inside the text; its level is 2 or 3, since the page's title is level 1."""

    text = blocks.CharBlock(label=_("text"), max_length=200)
    level = blocks.ChoiceBlock(label=_("level"), choices=[("2", _("section")), ("3", _("part of a section"))], default="2")

    class Meta:
        icon = "title"
        label = _("heading")
        template = "disclosure/blocks/heading.html"


class ArticleBlock(blocks.StructBlock):
    """One article (第X条) of a document; it has an anchor of its own."""

    number = blocks.CharBlock(label=_("number"), max_length=20, help_text=_("e.g. 第三条"))
    text = ProseBlock(label=_("text"), features=PROSE_FEATURES)

    class Meta:
        icon = "list-ol"
        label = _("article of a document")
        template = "disclosure/blocks/article.html"


class PictureBlock(blocks.StructBlock):
    """A picture; either it is described or it is said to be decoration."""

    image = ImageChooserBlock(label=_("image"))
    alt = blocks.CharBlock(label=_("alternative text"), required=False, max_length=200, help_text=_("What the picture says, for those who can't see it."))
    decorative = blocks.BooleanBlock(label=_("decoration only"), required=False)
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("picture")
        template = "disclosure/blocks/picture.html"

    def clean(self, value: Any) -> Any:
        """The value; raises an error at `alt` when the picture is neither described nor decoration."""
        result = super().clean(value)
        if not result["alt"].strip() and not result["decorative"]:
            raise StructBlockValidationError(block_errors={"alt": ValidationError(_("Describe the picture, or tick “decoration only”."))})
        return result


class AttachmentBlock(blocks.StructBlock):
    """A file inside the text."""

    document = DocumentChooserBlock(label=_("file"))
    title = blocks.CharBlock(label=_("title"), required=False, max_length=200)

    class Meta:
        icon = "doc-full"
        label = _("attachment")
        template = "disclosure/blocks/attachment.html"


class QuoteBlock(blocks.StructBlock):
    """Words of somebody else."""

    text = blocks.TextBlock(label=_("text"))
    source = blocks.CharBlock(label=_("who said it"), required=False, max_length=100)

    class Meta:
        icon = "openquote"
        label = _("quote")
        template = "disclosure/blocks/quote.html"


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(label=_("question"), max_length=200)
    answer = ProseBlock(label=_("answer"), features=PROSE_FEATURES)

    class Meta:
        icon = "help"
        label = _("question and answer")
        template = "disclosure/blocks/question.html"


class StepBlock(blocks.StructBlock):
    """One step of a procedure."""

    title = blocks.CharBlock(label=_("title"), max_length=100)
    text = ProseBlock(label=_("text"), features=PROSE_FEATURES, required=False)

    class Meta:
        icon = "order"
        label = _("step")


class VideoBlock(blocks.StructBlock):
    """A video file of our own with its transcript; nothing is loaded from other hosts."""

    document = DocumentChooserBlock(label=_("video file (mp4)"))
    title = blocks.CharBlock(label=_("title"), max_length=100)
    transcript = blocks.TextBlock(label=_("transcript"), help_text=_("Everything that is said and shown, for those who can't hear or see it."))

    class Meta:
        icon = "media"
        label = _("video")
        template = "disclosure/blocks/video.html"


def table_block() -> TypedTableBlock:
    """A table whose first row is its head; a caption says what it shows."""
    return TypedTableBlock(
        [("text", blocks.CharBlock(label=_("text"), required=False)), ("rich", ProseBlock(label=_("rich text"), features=["bold", "link"], required=False))],
        label=_("table"),
        template="disclosure/blocks/table.html",
        icon="table",
    )


class BodyBlocks(blocks.StreamBlock):
    """The text of an item, from top to bottom."""

    def get_prep_value(self, value: Any) -> list[dict[str, Any]]:
        """The value as JSON; every block is looked at, so that text handed over as ready JSON is cleaned like any other."""
        for _child in value or ():
            pass
        prepared: list[dict[str, Any]] = super().get_prep_value(value)
        return prepared

    heading = HeadingBlock()
    paragraph = ProseBlock(label=_("text"), icon="pilcrow", features=PROSE_FEATURES, template="disclosure/blocks/paragraph.html")
    article = ArticleBlock()
    table = table_block()
    picture = PictureBlock()
    attachment = AttachmentBlock()
    quote = QuoteBlock()
    questions = blocks.ListBlock(QuestionBlock(), label=_("questions and answers"), icon="help", template="disclosure/blocks/questions.html")
    steps = blocks.ListBlock(StepBlock(), label=_("steps"), icon="order", template="disclosure/blocks/steps.html")
    video = VideoBlock()

    class Meta:
        required = False
        block_counts: ClassVar[dict[str, Any]] = {}
