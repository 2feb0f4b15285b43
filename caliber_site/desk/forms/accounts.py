"""Forms of one's own account and of colleagues' accounts."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, PasswordField, StringField, ValidationError

from caliber_site.desk.forms.fields import (
    ChoiceField,
    DeskForm,
    filled,
    new_password,
    up_to,
)
from caliber_site.desk.markup import read_line
from caliber_site.desk.passwords import LONGEST
from caliber_site.languages import LANGUAGES
from caliber_site.models import Role


class SignInForm(DeskForm):
    """Who are you?"""

    email = StringField(_l("E-mail address"), [filled(), up_to(254)])
    password = PasswordField(_l("Password"), [filled(), up_to(LONGEST)])


class AccountForm(DeskForm):
    """The language of an editor's own desk."""

    language = ChoiceField(_l("Language of the desk"), choices={x.tag: x.name for x in LANGUAGES})


class PasswordForm(DeskForm):
    """Another password."""

    current = PasswordField(_l("Present password"), [filled(), up_to(LONGEST)])
    new = new_password(_l("New password"))


class NewPasswordForm(DeskForm):
    """A new password for a colleague who has forgotten the old one."""

    password = new_password(_l("New password"))


def name_roles() -> dict[str, str]:
    """Return what each role is called; WTForms takes lazy strings for groups of choices."""
    return {
        Role.AUTHOR.value: _("Author: own drafts"),
        Role.EDITOR.value: _("Editor: all editions"),
        Role.CHIEF.value: _("Chief: also editors and sections"),
    }


class EditorForm(DeskForm):
    """A colleague's account."""

    name = StringField(_l("Name"), [filled(), up_to(120)], filters=[read_line])
    role = ChoiceField(_l("Role"), choices=name_roles)
    active = BooleanField(_l("May sign in"))


class NewEditorForm(DeskForm):
    """A new colleague's account."""

    email = StringField(_l("E-mail address"), [filled(), up_to(254)])
    name = StringField(_l("Name"), [filled(), up_to(120)], filters=[read_line])
    role = ChoiceField(_l("Role"), choices=name_roles)
    language = ChoiceField(_l("Language of the desk"), choices={x.tag: x.name for x in LANGUAGES})
    password = new_password(_l("Password"))

    def validate_email(self, field: Field) -> None:
        """Refuse what cannot be an address."""
        name, _at, host = (field.data or "").strip().partition("@")
        if not name or not host or any(c.isspace() for c in field.data.strip()):
            message = _l("This is not an e-mail address.")
            raise ValidationError(message)
