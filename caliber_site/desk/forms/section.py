"""The form of a section."""

from collections.abc import Iterable
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import Field, StringField, TextAreaField

from caliber_site.desk.forms.fields import DeskForm, up_to
from caliber_site.desk.markup import read_line
from caliber_site.languages import LANGUAGES, Language


class SectionForm(DeskForm):
    """A section: its names and descriptions, two fields per language."""

    slug = StringField(_l("Address"), [up_to(80)], filters=[read_line])
    words: ClassVar[tuple[tuple[Language, str, str], ...]] = tuple(
        (language, f"name_{language.tag}", f"description_{language.tag}") for language in LANGUAGES
    )

    def fields_by_language(self) -> Iterable[tuple[Language, Field, Field]]:
        """Return the fields of each language: name, description."""
        return [(language, self[name], self[text]) for language, name, text in self.words]


for _language, _name, _text in SectionForm.words:
    setattr(SectionForm, _name, StringField(_l("Section name"), [up_to(120)], filters=[read_line]))
    setattr(SectionForm, _text, TextAreaField(_l("Description"), [up_to(500)], filters=[read_line]))
