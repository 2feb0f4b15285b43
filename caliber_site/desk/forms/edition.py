"""The simple form."""

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    StringField,
    TextAreaField,
    ValidationError,
)

from caliber_site.desk.forms.fields import (
    ChoiceField,
    DeskForm,
    MomentField,
    filled,
    text_of,
    up_to,
)
from caliber_site.desk.markup import read_body, read_line
from caliber_site.desk.publishing import Manuscript
from caliber_site.languages import LANGUAGES
from caliber_site.models import Article, Author, Edition, Tag

LONGEST_BODY = 500_000
MOST_TAGS = 20
MINUTES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


class EditionForm(DeskForm):
    """The simple form: an edition, and what it shares with the story's other editions."""

    story = HiddenField()
    version = HiddenField()
    image = HiddenField()
    language = ChoiceField(_l("Language"), choices={x.tag: x.name for x in LANGUAGES})
    section = ChoiceField(_l("Section"))
    title = TextAreaField(_l("Title"), [filled(), up_to(300)], filters=[read_line])
    lead = TextAreaField(_l("Lead"), [up_to(1000)], filters=[read_line])
    body = TextAreaField(_l("Text"), [up_to(LONGEST_BODY)])
    tags = StringField(_l("Tags"), filters=[read_line])
    author = StringField(_l("Author"), [up_to(120)], filters=[read_line])
    picture = FileField(_l("Picture"))
    remove_picture = BooleanField(_l("Remove the picture"))
    alt = StringField(_l("Alternative text"), [up_to(500)], filters=[read_line])
    caption = StringField(_l("Caption"), [up_to(500)], filters=[read_line])
    credit = StringField(_l("Credit"), [up_to(200)], filters=[read_line])
    published_at = MomentField(_l("Publication time"), format=MINUTES)
    slug = StringField(_l("Address"), [up_to(160)], filters=[read_line])

    refused_picture = ""
    """Why the picture that came with the form was not taken."""

    def validate_picture(self, _field: Field) -> None:
        """Say why the picture was refused."""
        if self.refused_picture:
            raise ValidationError(self.refused_picture)

    def validate_tags(self, _field: Field) -> None:
        """Refuse too many tags and too long ones."""
        if len(self.tag_names) > MOST_TAGS:
            message = _l("At most %(max)d tags fit here.", max=MOST_TAGS)
            raise ValidationError(message)
        if any(len(name) > 120 for name in self.tag_names):
            message = _l("At most %(max)d characters fit here.", max=120)
            raise ValidationError(message)

    def validate_alt(self, field: Field) -> None:
        """Ask for the words that stand for a picture, if there is one."""
        if self.image_id is not None and not field.data:
            message = _l("Please say what the picture shows, for readers who cannot see it.")
            raise ValidationError(message)

    @property
    def tag_names(self) -> tuple[str, ...]:
        """Return the tags that were typed, each once."""
        names = (" ".join(name.split()) for name in text_of(self.tags).split(","))
        return tuple(dict.fromkeys(name for name in names if name))

    @property
    def image_id(self) -> int | None:
        """Return the id of the picture that the form has now."""
        number = text_of(self.image)
        chosen = number.isdecimal() and len(number) < 10 and not self.remove_picture.data
        return int(number) if chosen else None

    def fill(self, edition: Edition, zone: ZoneInfo) -> None:
        """Show an edition as it is stored."""
        tag, article = edition.language, edition.article
        self.story.data, self.language.data = article.story, tag
        self.version.data, self.section.data = str(edition.version), str(edition.section_id)
        self.title.data, self.lead.data, self.body.data = edition.title, edition.lead, edition.body
        self.slug.data = edition.slug
        self.tags.data = ", ".join(sorted(_names_in(tag, edition.tags)))
        self.author.data = next(iter(_names_in(tag, [edition.author])), "")
        if edition.published_at:
            self.published_at.data = edition.published_at.astimezone(zone)
        self.fill_picture(article, tag)

    def fill_picture(self, article: Article, tag: str) -> None:
        """Show the picture of an article with its words in a language."""
        if article.image:
            self.image.data = str(article.image.id)
            for text in article.image.texts:
                if text.language == tag:
                    self.alt.data, self.caption.data = text.alt, text.caption
                    self.credit.data = text.credit

    def read(self, edition: Edition | None, zone: ZoneInfo) -> Manuscript:
        """Return what was typed, once it is valid."""
        version = text_of(self.version)
        return Manuscript(
            story=text_of(self.story),
            language=text_of(self.language),
            version=int(version) if version.isdecimal() and len(version) < 10 else -1,
            section_id=int(text_of(self.section)),
            title=text_of(self.title),
            lead=text_of(self.lead),
            body=read_body(text_of(self.body)),
            slug=text_of(self.slug),
            author=text_of(self.author),
            tags=self.tag_names,
            published_at=self._moment(edition, zone),
            image_id=self.image_id,
            alt=text_of(self.alt),
            caption=text_of(self.caption),
            credit=text_of(self.credit),
        )

    def _moment(self, edition: Edition | None, zone: ZoneInfo) -> datetime | None:
        if self.published_at.data is None:
            return None
        typed: datetime = self.published_at.data.replace(tzinfo=zone).astimezone(UTC)
        known = edition.published_at if edition else None
        # The field has minutes only: where it was left alone, the seconds stay.
        return known if known and known.replace(second=0, microsecond=0) == typed else typed


def _names_in(tag: str, things: Iterable[Author | Tag | None]) -> list[str]:
    return [name.name for thing in things if thing for name in thing.names if name.language == tag]
