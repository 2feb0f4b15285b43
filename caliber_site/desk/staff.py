"""Editors' accounts: the verbs."""

from enum import StrEnum
from secrets import token_hex

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caliber_site.database import take_write_lock
from caliber_site.desk.passwords import SHORTEST, hash_password, is_outdated, is_right
from caliber_site.models import Editor, Role


class StaffFault(StrEnum):
    """Why an account cannot be made or changed."""

    TAKEN = "an editor with this e-mail address exists"
    SHORT = f"the password must have at least {SHORTEST} characters"
    LAST_CHIEF = "the last chief must stay chief"


class StaffError(ValueError):
    """An account cannot be made or changed; `fault` says why."""

    def __init__(self, fault: StaffFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def add_editor(
    session: Session,
    email: str,
    role: Role,
    password: str,
    *,
    name: str = "",
    language: str = "en",
) -> Editor:
    """Add an account and commit.

    Args:
        session: The session.
        email: Address to sign in with; its case is of no meaning.
        role: What the editor may do.
        password: At least `SHORTEST` characters.
        name: How the desk calls the editor.
        language: Tag of the language of the editor's desk.

    Raises:
        StaffError: The address is taken or the password too short.
    """
    hashed = _hash(password)
    take_write_lock(session)
    if find_by_email(session, email) is not None:
        raise StaffError(StaffFault.TAKEN)
    editor = Editor(
        email=normal_email(email),
        name=name,
        password=hashed,
        role=role,
        language=language,
        session_key=token_hex(16),
    )
    session.add(editor)
    session.commit()
    return editor


def normal_email(email: str) -> str:
    """Return an e-mail address as it is stored."""
    return email.strip().lower()


def find_by_email(session: Session, email: str) -> Editor | None:
    """Return the editor with an address, whether active or not."""
    return session.scalar(select(Editor).where(Editor.email == normal_email(email)))


def check_password(session: Session, email: str, password: str) -> Editor | None:
    """Return the active editor whose address and password these are; renew an old hash."""
    editor = find_by_email(session, email)
    right = is_right(editor.password if editor else None, password)
    if editor is None or not right or not editor.active:
        return None
    if is_outdated(editor.password):
        hashed = hash_password(password)
        take_write_lock(session)
        editor.password = hashed
        session.commit()
    return editor


def sign_out_everywhere(session: Session, editor: Editor) -> None:
    """End all of an editor's sessions, and commit."""
    take_write_lock(session)
    editor.session_key = token_hex(16)
    session.commit()


def change_password(session: Session, editor: Editor, password: str) -> None:
    """Give an editor another password, end the sessions begun with the old one, and commit.

    Raises:
        StaffError: The password is too short.
    """
    hashed = _hash(password)
    take_write_lock(session)
    editor.password = hashed
    editor.session_key = token_hex(16)
    session.commit()


def change_language(session: Session, editor: Editor, language: str) -> None:
    """Let an editor's desk speak another language, and commit."""
    take_write_lock(session)
    editor.language = language
    session.commit()


def change_editor(session: Session, editor: Editor, name: str, role: Role, *, active: bool) -> None:
    """Change an editor's name, role and whether the account is open, and commit.

    Raises:
        StaffError: The only active chief would be none any more.
    """
    take_write_lock(session)
    stays = active and role == Role.CHIEF
    if editor.role == Role.CHIEF and editor.active and not stays and _count_chiefs(session) == 1:
        session.rollback()
        raise StaffError(StaffFault.LAST_CHIEF)
    if editor.active and not active:
        editor.session_key = token_hex(16)
    editor.name, editor.role, editor.active = name, role, active
    session.commit()


def _hash(password: str) -> str:
    if len(password) < SHORTEST:
        raise StaffError(StaffFault.SHORT)
    return hash_password(password)


def _count_chiefs(session: Session) -> int:
    chiefs = select(func.count()).where(Editor.role == Role.CHIEF, Editor.active)
    return session.scalars(chiefs).one()
