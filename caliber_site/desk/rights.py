"""Who may do what at the desk."""

from caliber_site.models import Article, Edition, Editor, Role, Status


def sees(editor: Editor, article: Article) -> bool:
    """Return whether an editor may read what is unpublished of an article."""
    return editor.role != Role.AUTHOR or article.owner_id == editor.id


def edits(editor: Editor, edition: Edition) -> bool:
    """Return whether an editor may change an edition: an author only own drafts."""
    draft = edition.status == Status.DRAFT
    return sees(editor, edition.article) and (draft or editor.role != Role.AUTHOR)


def frames(editor: Editor, article: Article) -> bool:
    """Return whether an editor may change what the editions of an article have in common.

    An author may not when one of them has left the drafts, for readers would see the change.
    """
    drafts = all(edition.status == Status.DRAFT for edition in article.editions)
    return sees(editor, article) and (drafts or editor.role != Role.AUTHOR)


def publishes(editor: Editor) -> bool:
    """Return whether an editor may publish and withdraw."""
    return editor.role != Role.AUTHOR


def leads(editor: Editor) -> bool:
    """Return whether an editor may change editors and sections."""
    return editor.role == Role.CHIEF
