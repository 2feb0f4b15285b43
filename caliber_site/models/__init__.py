"""The tables. They know nothing of Flask."""

from caliber_site.models.article import Article
from caliber_site.models.asked import LEAST_READERS, LONGEST_ASKED, AskedQuery, QueryCount
from caliber_site.models.attempt import Attempt
from caliber_site.models.author import Author, AuthorName
from caliber_site.models.banner import Banner, BannerText, Slot
from caliber_site.models.base import Base, now
from caliber_site.models.change import ChangeNumber, next_change
from caliber_site.models.edition import PUBLIC_BY_ID, Edition, OldSlug, Status
from caliber_site.models.editor import Editor, Role
from caliber_site.models.generation import Generation
from caliber_site.models.image import Image, ImageText
from caliber_site.models.month import MonthCount
from caliber_site.models.parameters import LANGUAGE, NOW
from caliber_site.models.revision import Revision, record_change
from caliber_site.models.section import Section, SectionName
from caliber_site.models.slug import change_slug, free_slug
from caliber_site.models.tag import Tag, TagName, edition_tag
from caliber_site.models.view import DaySalt, SeenBy, View

__all__ = [
    "LANGUAGE",
    "LEAST_READERS",
    "LONGEST_ASKED",
    "NOW",
    "PUBLIC_BY_ID",
    "Article",
    "AskedQuery",
    "Attempt",
    "Author",
    "AuthorName",
    "Banner",
    "BannerText",
    "Base",
    "ChangeNumber",
    "DaySalt",
    "Edition",
    "Editor",
    "Generation",
    "Image",
    "ImageText",
    "MonthCount",
    "OldSlug",
    "QueryCount",
    "Revision",
    "Role",
    "Section",
    "SectionName",
    "SeenBy",
    "Slot",
    "Status",
    "Tag",
    "TagName",
    "View",
    "change_slug",
    "edition_tag",
    "free_slug",
    "next_change",
    "now",
    "record_change",
]
