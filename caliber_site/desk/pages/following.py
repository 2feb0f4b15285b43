"""A form after a conflict begins from what others have made of the story meanwhile."""

from collections.abc import Collection

from flask_babel import gettext as _
from markupsafe import Markup

from caliber_site.desk.forms.edition import EditionForm
from caliber_site.desk.forms.fields import text_of
from caliber_site.desk.manuscript import Part
from caliber_site.models import Article


def follow(form: EditionForm, article: Article, conflicts: Collection[Part]) -> None:
    """Put what others have changed into those fields that the editor left alone.

    What both have changed stays as it was typed, with a word on what saving again does.
    """
    _follow_section(form, article, Part.SECTION in conflicts)
    _follow_picture(form, article, Part.PICTURE in conflicts)


def _follow_section(form: EditionForm, article: Article, conflict: bool) -> None:
    if form.section.data in {form.section_before.data, ""}:
        form.fill_section(article)
    if conflict:
        form.section_before.data = str(article.section_id)
        names = {name.language: name.name for name in article.section.names}
        tag = text_of(form.language)
        marked = Markup('<span lang="{}">{}</span>')
        name = marked.format(tag, names[tag]) if tag in names else article.section.slug
        moved = _(
            "Somebody has moved this story to “%(section)s” since you opened the form. "
            "Save again to move it to the section that you chose."
        )
        form.section.errors = [Markup(moved) % {"section": name}]  # noqa: S704 - our own words


def _follow_picture(form: EditionForm, article: Article, conflict: bool) -> None:
    there = str(article.image_id or "")
    left_alone = form.image_id == form.image_id_before
    if conflict and left_alone:
        form.alt.errors = [
            _(
                "Somebody has changed the picture since you opened the form. "
                "Please check these words and save again."
            )
        ]
    elif conflict:
        form.picture.errors = [
            _(
                "Somebody has changed the picture since you opened the form. "
                "Save again to put yours in its place."
            )
        ]
    elif left_alone and form.image_before.data != there:
        form.alt.data = form.caption.data = form.credit.data = ""
        form.fill_words(article, text_of(form.language))
    form.image_before.data = there
    if left_alone:
        form.fill_picture(article)
