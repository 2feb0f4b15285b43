"""Fields and checks of all forms, with messages of our own: WTForms has none in Armenian."""

from flask import g
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, Field, PasswordField, SelectField
from wtforms.validators import DataRequired, Length, StopValidation

from caliber_site.desk.passwords import LONGEST, SHORTEST

YEARS = range(1900, 2200)


class DeskForm(FlaskForm):  # type: ignore[misc]
    """A form of the desk, with its CSRF token."""

    def validate(self, extra_validators: object = None) -> bool:
        """Return whether all is well; never for a form that is only shown again."""
        return not g.get("problem") and bool(super().validate(extra_validators))


def text_of(field: Field) -> str:
    """Return the text in a field."""
    return str(field.data or "")


def number_of(field: Field) -> int | None:
    """Return the number of a row in a field; None if that is empty, -1 if it is no number."""
    text = text_of(field)
    number = text.isascii() and text.isdecimal() and len(text) < 10
    return int(text) if number else -1 if text else None


def filled() -> DataRequired:
    """Return the validator of a field that must not be empty."""
    return DataRequired(_l("Please fill this in."))


def up_to(longest: int) -> Length:
    """Return the validator of a field of at most so many characters."""
    return Length(max=longest, message=_l("At most %(max)d characters fit here."))


def new_password(label: str) -> PasswordField:
    """Return the field of a password that is to be set."""
    message = _l("A password has at least %(min)d characters.")
    return PasswordField(label, [filled(), Length(SHORTEST, LONGEST, message)])


class ChoiceField(SelectField):
    """A choice of values, each with its words; else a message in the desk's language."""

    def pre_validate(self, _form: object) -> None:
        """Refuse what is not offered."""
        if self.data not in (self.choices or {}):
            raise StopValidation(_l("Please choose one."))


class MomentField(DateTimeLocalField):
    """A time of the paper's clock; aware when read."""

    def process_formdata(self, values: list[str]) -> None:
        """Read the browser's value; empty means none."""
        if not any(values):
            self.data = None
            return
        try:
            super().process_formdata(values)
        except ValueError:
            self.data = None
            raise ValueError(_l("Please give a date and a time.")) from None
        if self.data is None or self.data.year not in YEARS:
            raise ValueError(_l("Please give a date and a time."))
