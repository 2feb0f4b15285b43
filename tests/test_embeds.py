import json

import pytest

from caliber_site.desk.markup import read_body
from caliber_site.exchange.line import parse
from caliber_site.text import clean_html, plain_text

VIDEO = "https://www.youtube.com/watch?v=aBc-_123xyZ"


def figure(address: str, words: str) -> str:
    link = f'<a href="{address}" rel="noopener">{words}</a>'
    return f'<figure class="embed">{link}</figure>'


@pytest.mark.parametrize(
    ("src", "address", "name"),
    [
        ("https://www.youtube.com/embed/aBc-_123xyZ?start=9&amp;rel=0", VIDEO, "YouTube"),
        ("https://www.youtube-nocookie.com/embed/aBc-_123xyZ", VIDEO, "YouTube"),
        ("http://youtube.com/v/aBc-_123xyZ", VIDEO, "YouTube"),
        ("//www.youtube.com/embed/aBc-_123xyZ", VIDEO, "YouTube"),
        ("https://youtu.be/aBc-_123xyZ?si=x", VIDEO, "YouTube"),
        (
            "https://www.youtube.com/embed/videoseries?list=PL12-x",
            "https://www.youtube.com/playlist?list=PL12-x",
            "YouTube",
        ),
        ("https://player.vimeo.com/video/76979871?dnt=1", "https://vimeo.com/76979871", "Vimeo"),
        (
            "https://player.vimeo.com/video/76979871?h=8272103f6e",
            "https://player.vimeo.com/video/76979871?h=8272103f6e",
            "Vimeo",
        ),
        ("https://t.me/verana/68?embed=1", "https://t.me/verana/68", "Telegram"),
        (
            "https://www.instagram.com/p/C0de_-1/embed/captioned/",
            "https://www.instagram.com/p/C0de_-1/",
            "Instagram",
        ),
        (
            "https://platform.twitter.com/embed/Tweet.html?dnt=true&amp;id=20",
            "https://x.com/i/status/20",
            "X",
        ),
        (
            "https://www.facebook.com/plugins/post.php?width=5&amp;href=https%3A%2F%2Ffacebook.com%2Fx",
            "https://facebook.com/x",
            "Facebook",
        ),
        (
            "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/verana/lake",
            "https://soundcloud.com/verana/lake",
            "SoundCloud",
        ),
        (
            "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1",
            "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1",
            "SoundCloud",
        ),
        (
            "https://vk.com/video_ext.php?oid=-12&amp;id=34&amp;hash=5",
            "https://vk.com/video-12_34",
            "VK",
        ),
        ("https://rutube.ru/play/embed/0a1b", "https://rutube.ru/video/0a1b/", "Rutube"),
        ("https://www.maps.example/at?x=1&amp;y=2", None, "maps.example"),
        ("https://www.facebook.com/plugins/post.php?href=https://evil.example/", None, "Facebook"),
    ],
)
def test_embed_becomes_a_link_to_its_page(src: str, address: str | None, name: str) -> None:
    markup = f'<p>a</p><iframe width="560" src="{src}" allowfullscreen>no frames</iframe><p>b</p>'
    assert clean_html(markup) == f"<p>a</p>{figure(address or src, name)}<p>b</p>"


@pytest.mark.parametrize(
    "src",
    [
        "",
        "/en/",
        "about:blank",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "ftp://files.example/x",
        "http://video.example/x",
        "https://www.youtube.com@evil.example/embed/aBc-_123xyZ",
        "https://evil.example\\.youtube.com/embed/aBc-_123xyZ",
        "https://[::1/embed/aBc-_123xyZ",
        "https://video.example:port/",
        "https://localhost/",
    ],
)
def test_frame_that_cannot_be_linked_to_goes(src: str) -> None:
    assert clean_html(f'<p>a</p><iframe src="{src}"></iframe>') == "<p>a</p>"


@pytest.mark.parametrize("host", ["evilyoutube.com", "youtube.com.evil.example"])
def test_foreign_host_does_not_pass_for_a_service(host: str) -> None:
    assert "YouTube" not in clean_html(f'<iframe src="https://{host}/embed/aBc-_123xyZ"></iframe>')


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("YouTube video player", "YouTube"),
        ("Видеоплеер YouTube", "YouTube"),
        ("A day  on the lake", "A day on the lake · YouTube"),
        ("&lt;b&gt;&amp;quot;", "&lt;b&gt;&amp;quot; · YouTube"),
    ],
)
def test_title_of_the_frame_is_kept_if_it_says_something(title: str, words: str) -> None:
    markup = f'<iframe title="{title}" src="https://youtu.be/aBc-_123xyZ"></iframe>'
    assert clean_html(markup) == figure(VIDEO, words)


def test_frame_that_loads_late_is_found() -> None:
    markup = '<iframe src="about:blank" data-src="https://youtu.be/aBc-_123xyZ"></iframe>'
    assert clean_html(markup) == figure(VIDEO, "YouTube")


def test_post_of_telegram_is_found_in_its_script() -> None:
    markup = (
        '<script async src="https://telegram.org/js/telegram-widget.js?22" '
        'data-telegram-post="verana/68" data-width="100%"></script><script>alert(1)</script>'
    )
    assert clean_html(markup) == figure("https://t.me/verana/68", "Telegram")


def test_quoted_post_stays_a_quote() -> None:
    markup = (
        '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">A lake</p>— Verana '
        '<a href="https://twitter.com/verana/status/20">May 4</a></blockquote> '
        '<script async src="https://platform.twitter.com/widgets.js"></script>'
    )
    assert clean_html(markup) == (
        '<blockquote><p lang="en">A lake</p>— Verana '
        '<a href="https://twitter.com/verana/status/20" rel="noopener">May 4</a></blockquote>'
    )


@pytest.mark.parametrize(
    ("around", "clean"),
    [
        ("<p>{}</p>", "{}"),
        ('<p class="x">a {} b</p>', "<p>a </p>{}<p> b</p>"),
        ("<div><div>{}</div></div>", "{}"),
        ("<li>{}</li>", "<li>{}</li>"),
        ('<p class="<iframe src=x></iframe>">a</p>{}', "<p>a</p>{}"),
        ("<!-- <iframe src='https://a.example/'></iframe> -->{}", "{}"),
        ("<script>'<iframe src=\"https://a.example/\"></iframe>'</script>{}", "{}"),
        ("<noscript>{}</noscript>", ""),
    ],
)
def test_embed_stands_where_the_frame_stood(around: str, clean: str) -> None:
    frame = '<iframe src="https://youtu.be/aBc-_123xyZ"></iframe>'
    expected = clean.format(figure(VIDEO, "YouTube"))
    assert clean_html(around.format(frame)) == expected
    assert clean_html(expected) == expected


def test_caption_of_an_embed_stays_with_it() -> None:
    frame = '<iframe src="https://youtu.be/aBc-_123xyZ"></iframe>'
    markup = f'<figure class="wp"><div>{frame}</div><figcaption>A lake</figcaption></figure>'
    embed = figure(VIDEO, "YouTube").removesuffix("</figure>")
    expected = f"{embed}<figcaption>A lake</figcaption></figure>"
    assert clean_html(markup) == expected
    assert clean_html(expected) == expected


@pytest.mark.parametrize("words", ["<p>A lake</p>", "A *lake*\n\n"])
def test_embed_is_kept_by_the_form_and_by_an_import(words: str) -> None:
    body = f'{words}<iframe src="https://youtu.be/aBc-_123xyZ"></iframe>'
    line = {"story": "lake", "language": "en", "title": "A lake", "body": body}
    embed = figure(VIDEO, "YouTube")
    assert read_body(body).endswith(f"</p>\n{embed}")
    assert parse(json.dumps(line).encode()).body.endswith(embed)
    assert read_body(read_body(body)) == read_body(body)


def test_embed_without_its_link_is_no_embed() -> None:
    assert clean_html('<p>a</p><figure class="embed"></figure>') == "<p>a</p>"


@pytest.mark.parametrize("value", ["x", "embed x", "Embed", ""])
def test_no_other_class_is_kept(value: str) -> None:
    assert clean_html(f'<figure class="{value}"><p>a</p></figure>') == "<figure><p>a</p></figure>"


def test_words_of_an_embed_do_not_run_into_the_text() -> None:
    assert plain_text(f"{figure(VIDEO, 'YouTube')}<p>After</p>") == "YouTube\nAfter"
