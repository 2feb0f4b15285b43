"""Sections, for chiefs: the routes."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caliber_site.desk import queries
from caliber_site.desk.forms.fields import DeskForm
from caliber_site.desk.forms.section import SectionForm
from caliber_site.desk.pages.guard import ROW, only, say
from caliber_site.desk.rights import leads
from caliber_site.desk.sections import (
    NeededError,
    TakenError,
    Words,
    add_section,
    change_section,
    order_sections,
)
from caliber_site.extensions import db
from caliber_site.models import Section

bp = Blueprint("sections", __name__, url_prefix="/sections")


@bp.get("/")
@only(leads)
def index() -> ResponseReturnValue:
    """List the sections with their places in each language's menu."""
    return _list()


@bp.post("/order")
@only(leads)
def order() -> ResponseReturnValue:
    """Set the places; what is no number is left as it is."""
    if not DeskForm().validate():
        return _list(), 422
    positions = {}
    for field, value in request.form.items():
        kind, _dash, key = field.partition("-")
        section_id, _dash, tag = key.partition("-")
        if kind == "place" and section_id.isdecimal() and value.isdecimal() and len(value) < 6:
            positions[int(section_id), tag] = int(value)
    order_sections(db.session, positions)
    say(_("Saved."))
    return redirect(url_for("desk.sections.index"), 303)


@bp.route("/new", methods=["GET", "POST"])
@only(leads)
def new() -> ResponseReturnValue:
    """Add a section."""
    form = SectionForm()
    if not form.is_submitted():
        return _show(form)
    words = _words(form)
    if not form.validate() or not _is_named(form, words):
        return _show(form), 422
    try:
        first = next(iter(words.values()))
        add_section(db.session, form.slug.data or first.name, words)
    except TakenError:
        form.slug.errors = [_("Another section has this address.")]
        return _show(form), 422
    say(_("Added."))
    return redirect(url_for("desk.sections.index"), 303)


@bp.route(f"/<{ROW}:section_id>", methods=["GET", "POST"])
@only(leads)
def edit(section_id: int) -> ResponseReturnValue:
    """Change a section's names and descriptions."""
    section = db.session.get(Section, section_id) or abort(404)
    stored = {f"name_{name.language}": name.name for name in section.names}
    stored |= {f"description_{name.language}": name.description for name in section.names}
    form = SectionForm(slug=section.slug, **stored)
    if not form.is_submitted():
        return _show(form, section)
    words = _words(form)
    if not form.validate() or not _is_named(form, words):
        return _show(form, section), 422
    try:
        change_section(db.session, section, words)
    except NeededError as error:
        for tag in error.languages:
            form[f"name_{tag}"].errors = [
                _(
                    "Stories in this language are published in this section. "
                    "Move them to another one before you take its name away."
                )
            ]
        return _show(form, section), 422
    say(_("Saved."))
    return redirect(url_for("desk.sections.index"), 303)


def _list() -> str:
    sections = [
        (section, {name.language: name for name in section.names})
        for section in queries.load_sections(db.session)
    ]
    return render_template("desk/sections.html", sections=sections)


def _words(form: SectionForm) -> dict[str, Words]:
    """Return the words of those languages that have a name for the section."""
    return {
        language.tag: Words(name.data, text.data)
        for language, name, text in form.fields_by_language()
        if name.data
    }


def _is_named(form: SectionForm, words: dict[str, Words]) -> bool:
    if not words:
        _language, first, _text = next(iter(form.fields_by_language()))
        first.errors = [_("Please name the section in one language at least.")]
    return bool(words)


def _show(form: SectionForm, section: Section | None = None) -> str:
    return render_template("desk/section.html", form=form, section=section)
