"""The upload form of public documents: size and content are checked before anything is kept."""

from typing import Any

from django.conf import settings
from wagtail.documents.forms import BaseDocumentForm

from portal.files.content_check import check_content, check_size


class PublicDocumentForm(BaseDocumentForm):
    """Wagtail's form with the checks of `content_check`."""

    def clean_file(self) -> Any:
        """The uploaded file; raises ValidationError when it is too large or not what its name says."""
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            check_size(file.size, settings.MAX_UPLOAD_BYTES)
            check_content(file.name, file)
        return file
