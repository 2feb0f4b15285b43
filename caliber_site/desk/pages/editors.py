"""Colleagues' accounts, for chiefs: the routes."""

from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caliber_site.desk import queries, staff
from caliber_site.desk.forms.accounts import EditorForm, NewEditorForm, NewPasswordForm
from caliber_site.desk.forms.fields import text_of
from caliber_site.desk.pages.guard import ROW, only, say
from caliber_site.desk.rights import leads
from caliber_site.extensions import db
from caliber_site.models import Editor, Role

bp = Blueprint("editors", __name__, url_prefix="/editors")


@bp.get("/")
@only(leads)
def index() -> ResponseReturnValue:
    """List all accounts."""
    return _list(NewEditorForm())


@bp.post("/")
@only(leads)
def add() -> ResponseReturnValue:
    """Add an account."""
    form = NewEditorForm()
    if not form.validate():
        return _list(form), 422
    role, name, language = Role(form.role.data), text_of(form.name), form.language.data
    try:
        staff.add_editor(
            db.session,
            text_of(form.email),
            role,
            text_of(form.password),
            name=name,
            language=language,
        )
    except staff.StaffError:
        form.email.errors = [_("An editor with this e-mail address exists.")]
        return _list(form), 422
    say(_("Added."))
    return redirect(url_for("desk.editors.index"), 303)


@bp.route(f"/<{ROW}:editor_id>", methods=["GET", "POST"])
@only(leads)
def edit(editor_id: int) -> ResponseReturnValue:
    """Change an account's name and role, or close it."""
    editor = db.session.get(Editor, editor_id) or abort(404)
    form = _form(editor)
    if not form.is_submitted():
        return _show(form, editor)
    if not form.validate():
        return _show(form, editor), 422
    role, active = Role(form.role.data), form.active.data
    try:
        staff.change_editor(db.session, editor, text_of(form.name), role, active=active)
    except staff.StaffError:
        form.role.errors = [_("The last chief must stay chief.")]
        return _show(form, editor), 422
    say(_("Saved."))
    return redirect(url_for("desk.editors.index"), 303)


@bp.post(f"/<{ROW}:editor_id>/password")
@only(leads)
def set_password(editor_id: int) -> ResponseReturnValue:
    """Give a colleague a new password; one's own is changed with the present one."""
    editor = db.session.get(Editor, editor_id) or abort(404)
    if editor.id == g.editor.id:
        return redirect(url_for("desk.account.show"), 303)
    passwords = NewPasswordForm()
    if not passwords.validate():
        return _show(_form(editor, formdata=None), editor, passwords), 422
    staff.change_password(db.session, editor, text_of(passwords.password))
    say(_("The password is changed, and all sessions of this editor are ended."))
    return redirect(url_for("desk.editors.edit", editor_id=editor_id), 303)


def _list(form: NewEditorForm) -> str:
    editors = queries.list_editors(db.session)
    return render_template("desk/editors.html", form=form, editors=editors)


def _form(editor: Editor, **options: Any) -> EditorForm:
    stored = {"name": editor.name, "role": editor.role.value, "active": editor.active}
    return EditorForm(**stored, **options)


def _show(form: EditorForm, editor: Editor, passwords: NewPasswordForm | None = None) -> str:
    passwords = passwords or NewPasswordForm(formdata=None)
    return render_template("desk/editor.html", form=form, passwords=passwords, one=editor)
