"""An editor's own account: the routes."""

from flask import Blueprint, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caliber_site.desk.forms.accounts import AccountForm, PasswordForm
from caliber_site.desk.forms.fields import text_of
from caliber_site.desk.pages.attempts import TooManyError, too_many, try_password
from caliber_site.desk.pages.guard import begin_session, say, speak
from caliber_site.desk.staff import change_language, change_password
from caliber_site.extensions import db

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("/")
def show() -> ResponseReturnValue:
    """Show the editor's own settings."""
    return answer(AccountForm(language=g.editor.language), PasswordForm())


@bp.post("/language")
def language() -> ResponseReturnValue:
    """Let the desk speak another language."""
    form = AccountForm()
    if not form.validate():
        return answer(form, PasswordForm(formdata=None), 422)
    change_language(db.session, g.editor, form.language.data)
    speak(form.language.data)
    say(_("The desk speaks your language now."))
    return redirect(url_for("desk.account.show"), 303)


@bp.post("/password")
def password() -> ResponseReturnValue:
    """Change the password and sign out everywhere else."""
    form = PasswordForm()
    if not form.validate() or not _knows_password(form):
        own = AccountForm(formdata=None, language=g.editor.language)
        return answer(own, form, 422)
    change_password(db.session, g.editor, text_of(form.new))
    begin_session(g.editor)
    say(_("Your password is changed. You are signed out everywhere else."))
    return redirect(url_for("desk.account.show"), 303)


def _knows_password(form: PasswordForm) -> bool:
    try:
        right = try_password(g.editor.email, text_of(form.current)) is not None
        problem = _("This is not your present password.")
    except TooManyError:
        right, problem = False, too_many()
    if not right:
        form.current.errors = [problem]
    return right


def answer(form: AccountForm, passwords: PasswordForm, status: int = 200) -> ResponseReturnValue:
    """Show the settings."""
    return render_template("desk/account.html", form=form, passwords=passwords), status
