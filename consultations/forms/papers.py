"""Papers in a form: several files in one field, each looked into before it is taken."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import PortalForm, plain_text

from ..actions.sessions import Upload
from ..papers import MOST_BYTES, MOST_FILES, ending_of


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class _ManyFilesField(forms.FileField):
    """Several files in one field, each as Django takes a single one."""

    widget = _ManyFiles

    def clean(self, data, initial=None):
        """Return the files as a list."""
        given = data if isinstance(data, list | tuple) else [data]
        one = super().clean
        return [one(file, initial) for file in given] if given else one(None, initial)


def papers_field(**more):
    """Return a field for papers; its form looks into them by `PapersMixin`."""
    return _ManyFilesField(
        label=_("Papers"),
        help_text=_("PDF, Word, Excel, PNG or JPEG, at most 20 MB each, ten at a time."),
        allow_empty_file=True,
        **more,
    )


class PapersMixin(forms.Form):
    """A form with a field `papers`; what each file is, is found out from its content."""

    def clean(self):
        """Look into every file."""
        super().clean()
        files = [file for file in self.cleaned_data.get("papers") or [] if file]
        if len(files) > MOST_FILES:
            self.add_error("papers", _("At most %(count)d files at a time.") % {"count": MOST_FILES})
            return self.cleaned_data
        self.cleaned_data["uploads"] = [upload for upload in map(self._look_into, files) if upload]
        return self.cleaned_data

    def _look_into(self, file) -> Upload | None:
        try:
            plain_text(file.name)
            if file.size > MOST_BYTES:
                raise ValueError(_("larger than 20 MB"))
            content = file.read()
            return Upload(file.name.rpartition(".")[0] or file.name, content, ending_of(content))
        except (ValueError, forms.ValidationError) as wrong:
            reason = wrong.messages[0] if isinstance(wrong, forms.ValidationError) else str(wrong)
            self.add_error("papers", f"{file.name[:60]!s}: {reason}".replace("\x00", ""))
            return None


class PapersForm(PapersMixin, PortalForm):
    """Papers to put on the table of a session that is there already."""

    papers = papers_field()
