"""The form in a real browser: the what-you-see editor, pasting, and what survives."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from PIL import Image as Pillow
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from caliber_site.languages import ENGLISH, Language
from caliber_site.models import Edition, Editor, Image, Status
from tests.browser.kinds import PASSWORD, editor_email
from tests.browser.reader import Readers
from tests.factories import make_edition
from tests.server import Site

PASTE = """([html, text]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", text ?? "");
  const told = { clipboardData: data, bubbles: true, cancelable: true };
  const event = new ClipboardEvent("paste", told);
  document.querySelector(".ql-editor").dispatchEvent(event);
}"""
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:w="urn:schemas-microsoft-com:office:word"><head><style>
@list l0:level1 {mso-level-number-format:bullet; mso-level-text:x;}</style></head><body>
<h1 style='color:navy'>A heading<o:p></o:p></h1>
<p class=MsoNormal style='margin:0cm'><b><span style='font-size:14.0pt'>Bold</span></b><span
style='font-family:Arial'>, plain and </span><i>italic</i><o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span>One</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span>Two</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span
style='mso-list:Ignore'>1.<span>&nbsp;</span></span>First</p>
<p class=MsoNormal><a href="https://a.example/">A link</a><img src="file:///c:/x.png"></p>
</body></html>"""
DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-4f">
<h2 dir="ltr" style="line-height:1.38"><span style="font-size:16pt">A heading</span></h2>
<p dir="ltr" style="margin-top:0pt"><span style="font-weight:700;color:#000">Bold</span><span
 style="font-weight:400">, plain and </span><span style="font-style:italic">italic</span></p><br />
<ul><li dir="ltr"><p role="presentation"><span>One</span></p></li>
<li dir="ltr"><p role="presentation"><span>Two</span></p></li></ul></b>"""
FULL = """<h2>Heading</h2>
<p><strong>Bold</strong>, <em>italic</em>, <a href="/en/" rel="noopener">linked</a>&nbsp;text.</p>
<ul><li>One<ol><li>Inner</li></ol></li><li>Two</li></ul>
<h3>Smaller</h3>
<blockquote><p>First</p>
<p>Second</p></blockquote>
<figure><img src="/media/NAME-480.webp" alt="A “lake”" width="480" height="320">\
<figcaption>Here &amp; there</figcaption></figure>
<p>End</p>"""
NOT_HELD = [
    "<table><tbody><tr><td>1</td></tr></tbody></table>",
    '<p><time datetime="2026-09-28">28.9.</time></p>',
    '<p>He said <em lang="ru">да</em>.</p>',
    "<p>One<br>two</p>",
    "<ul><li>a</li></ul><ul><li>b</li></ul>",
    "<p>H<sub>2</sub>O</p>",
    '<figure class="embed"><a href="https://vimeo.com/1" rel="noopener">Vimeo</a></figure>',
]


def photo() -> bytes:
    made = BytesIO()
    Pillow.new("RGB", (1000, 500), "navy").save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def session(desk_site: Site) -> Iterator[Session]:
    with desk_site.session() as session:
        yield session


Enter = Callable[..., Page]


@pytest.fixture
def enter(readers: Readers, desk_site: Site) -> Enter:
    """Opens a page of the desk, signed in as the editor of a language."""

    def enter(path: str, language: Language = ENGLISH, **options: object) -> Page:
        page = readers.open(desk_site, "/desk/signin", language=language, **options)  # type: ignore[arg-type]
        page.fill("#email", editor_email(language))
        page.fill("#password", PASSWORD)
        page.click("main [type=submit]")
        page.wait_for_url("**/desk/")
        page.goto(path)
        return page

    return enter


@pytest.fixture
def full(session: Session) -> str:
    """A text with all that the widget can hold."""
    name = session.scalars(select(Image.name).limit(1)).one()
    return FULL.replace("NAME", name)


def draft(session: Session, body: str = "<p>As it was.</p>", **words: str) -> Edition:
    return make_edition(session, body=body, status=Status.DRAFT, **words)  # type: ignore[arg-type]


def stored(session: Session, edition: Edition) -> str:
    session.rollback()
    return session.scalars(select(Edition.body).where(Edition.id == edition.id)).one()


def save(page: Page) -> None:
    with page.expect_navigation():
        page.click("[value=save]")


def test_text_is_written_in_the_widget(enter: Enter, session: Session) -> None:
    edition = draft(session)
    page = enter(f"/desk/edit/{edition.id}")
    page.locator(".ql-editor").click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("A new  line, & <more>.")
    save(page)
    expect(page.locator(".said")).to_be_visible()
    assert stored(session, edition) == (
        "<p>As it was.</p>\n<p>A new  line, &amp; &lt;more&gt;.</p>"
    )


def test_saving_unchanged_text_changes_nothing(enter: Enter, session: Session, full: str) -> None:
    edition = draft(session, full)
    page = enter(f"/desk/edit/{edition.id}")
    expect(page.locator("#widget")).to_be_visible()
    page.fill("#lead", "Only the lead is new")
    save(page)
    assert stored(session, edition) == full


def test_editing_in_the_widget_damages_nothing(enter: Enter, session: Session, full: str) -> None:
    edition = draft(session, full)
    page = enter(f"/desk/edit/{edition.id}")
    page.locator(".ql-editor").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" of it")
    save(page)
    assert stored(session, edition) == full.replace("<p>End</p>", "<p>End of it</p>")


@pytest.mark.parametrize("body", NOT_HELD)
def test_what_the_widget_cannot_hold_is_shown_as_html(
    enter: Enter, session: Session, body: str
) -> None:
    edition = draft(session, body)
    page = enter(f"/desk/edit/{edition.id}")
    expect(page.locator("#widget")).to_be_hidden()
    expect(page.locator("#widget-closed")).to_be_visible()
    expect(page.locator("#body")).to_be_visible()
    page.fill("#lead", "Only the lead is new")
    save(page)
    assert stored(session, edition) == edition.body


@pytest.mark.parametrize("pasted", [WORD, DOCS], ids=["word", "docs"])
def test_pasted_text_comes_out_clean(enter: Enter, session: Session, pasted: str) -> None:
    edition = draft(session, "")
    page = enter(f"/desk/edit/{edition.id}")
    page.locator(".ql-editor").click()
    page.evaluate(PASTE, [pasted, ""])
    save(page)
    body = stored(session, edition)
    assert body.startswith(
        "<h2>A heading</h2>\n<p><strong>Bold</strong>, plain and <em>italic</em></p>\n"
        "<ul><li>One</li><li>Two</li></ul>"
    )
    assert "img" not in body
    if pasted == WORD:
        assert "<ol><li>First</li></ol>" in body
        assert '<p><a href="https://a.example/" rel="noopener">A link</a></p>' in body


def test_picture_is_put_into_the_text(enter: Enter, session: Session) -> None:
    edition = draft(session)
    page = enter(f"/desk/edit/{edition.id}")
    page.click(".add-figure")
    upload = {"name": "a.png", "mimeType": "image/png", "buffer": photo()}
    page.set_input_files("#figure-file", upload)  # type: ignore[arg-type]
    page.fill("#figure-alt", "A lake")
    page.fill("#figure-caption", "The lake")
    page.click("#figure-keep")
    expect(page.locator(".ql-editor figure img")).to_be_visible()
    save(page)
    body = stored(session, edition)
    assert 'alt="A lake" width="960" height="480"><figcaption>The lake</figcaption>' in body


def test_words_of_a_picture_can_be_changed(enter: Enter, session: Session, full: str) -> None:
    edition = draft(session, full)
    page = enter(f"/desk/edit/{edition.id}")
    page.locator(".ql-editor figure").dblclick()
    page.fill("#figure-caption", "Elsewhere")
    page.click("#figure-keep")
    save(page)
    assert "<figcaption>Elsewhere</figcaption>" in stored(session, edition)


def test_tab_leads_out_of_the_text(enter: Enter, session: Session) -> None:
    page = enter(f"/desk/edit/{draft(session).id}")
    page.locator(".ql-editor").click()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.ql-editor')") is None


def test_unsaved_text_is_offered_after_a_crash(enter: Enter, session: Session) -> None:
    edition = draft(session)
    page = enter(f"/desk/edit/{edition.id}")
    page.fill("#title", "Never saved")
    page.locator(".ql-editor").click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Lost? ")
    page.wait_for_timeout(1200)
    page.goto("/desk/")
    page.goto(f"/desk/edit/{edition.id}")
    expect(page.locator("#title")).not_to_have_value("Never saved")
    page.click("#offer-take")
    expect(page.locator("#title")).to_have_value("Never saved")
    expect(page.locator(".ql-editor")).to_contain_text("Lost? As it was.")


def test_saved_text_is_not_offered_again(enter: Enter, session: Session) -> None:
    edition = draft(session)
    page = enter(f"/desk/edit/{edition.id}")
    page.fill("#title", "Saved")
    page.wait_for_timeout(1200)
    save(page)
    page.goto(f"/desk/edit/{edition.id}")
    expect(page.locator("#offer")).to_be_hidden()


def test_unsaved_new_story_is_offered_too(enter: Enter) -> None:
    page = enter("/desk/edit/new?language=en")
    page.fill("#title", "A story that was never saved")
    page.wait_for_timeout(1200)
    page.goto("/desk/edit/new?language=en")
    page.click("#offer-take")
    expect(page.locator("#title")).to_have_value("A story that was never saved")


def test_double_click_saves_once(enter: Enter, session: Session) -> None:
    edition = draft(session)
    page = enter(f"/desk/edit/{edition.id}")
    page.fill("#title", "Pressed twice")
    with page.expect_navigation():
        page.dblclick("[value=save]", no_wait_after=True)
    expect(page.locator(".said")).to_be_visible()
    expect(page.locator("#version")).to_have_value("2")


def test_errors_take_the_focus(enter: Enter, session: Session) -> None:
    page = enter(f"/desk/edit/{draft(session).id}")
    page.fill("#title", "")
    save(page)
    expect(page.locator(".problem")).to_be_focused()
    page.click(".problem a")
    expect(page.locator("#title")).to_be_focused()


def test_preview_opens_beside_the_form(enter: Enter, session: Session) -> None:
    edition = draft(session)
    page = enter(f"/desk/edit/{edition.id}")
    page.fill("#title", "Only a preview")
    with page.context.expect_page() as opened:
        page.click("[value=preview]")
    expect(opened.value.locator("h1")).to_have_text("Only a preview")
    expect(page.locator("#title")).to_have_value("Only a preview")


def test_signed_out_editor_saves_on_the_same_page(
    enter: Enter, session: Session, desk_site: Site
) -> None:
    edition = draft(session)
    page = enter(f"/desk/edit/{edition.id}")
    page.locator(".ql-editor").click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Typed for an hour. ")
    forget_sessions(page.context)
    save(page)
    page.fill("#signin_email", editor_email(ENGLISH))
    page.fill("#signin_password", PASSWORD)
    save(page)
    assert stored(session, edition) == "<p>Typed for an hour. As it was.</p>"


def forget_sessions(context: BrowserContext) -> None:
    context.clear_cookies(name="desk")


@pytest.mark.parametrize(
    "text", ["## News\n\nIt *rained*.", "<h2>News</h2><p>It <i>rained</i>.</p>"]
)
def test_form_works_without_javascript(
    readers: Readers, desk_site: Site, session: Session, text: str
) -> None:
    page = readers.open(desk_site, "/desk/signin", javascript=False)
    page.fill("#email", editor_email(ENGLISH))
    page.fill("#password", PASSWORD)
    page.click("main [type=submit]")
    page.goto("/desk/edit/new?language=en")
    title = f"Without scripts {len(text)}"
    page.fill("#title", title)
    page.fill("#body", text)
    page.click("[value=publish]")
    expect(page.locator(".standing")).to_contain_text("Published")
    session.rollback()
    edition = session.scalars(select(Edition).where(Edition.title == title)).one()
    assert edition.body == "<h2>News</h2>\n<p>It <em>rained</em>.</p>"
    page.goto(f"/en/post/{edition.slug}")
    expect(page.locator("h1")).to_have_text(title)


def test_desk_fits_a_phone(enter: Enter, session: Session) -> None:
    edition = draft(session, title="W" * 120)
    page = enter(f"/desk/edit/{edition.id}", width=360)
    editor = session.scalars(select(Editor)).first()
    assert editor
    paths = ["/", "/edit/new", f"/edit/{edition.id}", f"/edit/{edition.id}/revisions"]
    paths += ["/account/", "/editors/", f"/editors/{editor.id}", "/sections/", "/sections/1"]
    for path in paths:
        page.goto(f"/desk{path}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, path
