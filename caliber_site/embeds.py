"""Embeds: what other sites would show in a frame, as a link that asks them for nothing.

Pages load nothing from elsewhere. So a video or a post that was embedded becomes a link to its
own page, with the name of the service.
"""

import html
import re
from urllib.parse import SplitResult, parse_qs, urlsplit

SERVICES = {
    "youtube.com": "YouTube",
    "youtube-nocookie.com": "YouTube",
    "youtu.be": "YouTube",
    "vimeo.com": "Vimeo",
    "t.me": "Telegram",
    "telegram.me": "Telegram",
    "instagram.com": "Instagram",
    "twitter.com": "X",
    "x.com": "X",
    "facebook.com": "Facebook",
    "soundcloud.com": "SoundCloud",
    "spotify.com": "Spotify",
    "tiktok.com": "TikTok",
    "vk.com": "VK",
    "vkvideo.ru": "VK",
    "rutube.ru": "Rutube",
}
"""Names of services by domain."""

YOUTUBE = r"(?:www\.|m\.)?youtube(?:-nocookie)?\.com"
PAGES = tuple(
    (re.compile(frame), page)
    for frame, page in (
        (
            YOUTUBE + r"/embed/videoseries\?(?:.*&)?list=([\w-]+)",
            "https://www.youtube.com/playlist?list={}",
        ),
        (
            YOUTUBE + r"/embed/live_stream\?(?:.*&)?channel=([\w-]+)",
            "https://www.youtube.com/channel/{}/live",
        ),
        (
            YOUTUBE + r"/(?:embed/|v/|shorts/|live/|watch\?(?:.*&)?v=)([\w-]{11})(?![\w-])",
            "https://www.youtube.com/watch?v={}",
        ),
        (r"youtu\.be/([\w-]{11})(?![\w-])", "https://www.youtube.com/watch?v={}"),
        # A video that is not listed opens only with its key "h", in the player.
        (r"player\.vimeo\.com/video/(\d+)(?!.*[?&]h=)", "https://vimeo.com/{}"),
        (r"(?:t|telegram)\.me/(?:s/)?(\w+/\d+)", "https://t.me/{}"),
        (r"(?:www\.)?instagram\.com/((?:p|reel|tv)/[\w-]+)", "https://www.instagram.com/{}/"),
        (
            r"platform\.(?:twitter|x)\.com/embed/[Tt]weet\.html\?(?:.*&)?id=(\d+)",
            "https://x.com/i/status/{}",
        ),
        (r"(?:\w+\.)?(?:twitter|x)\.com/(\w+/status/\d+)", "https://x.com/{}"),
        (
            r"(?:vk\.com|vkvideo\.ru)/video_ext\.php\?(?:.*&)?oid=(-?\d+)&(?:.*&)?id=(\d+)",
            "https://vk.com/video{}_{}",
        ),
        (r"rutube\.ru/play/embed/(\w+)", "https://rutube.ru/video/{}/"),
    )
)
"""What a frame shows, by host, path and query; and the page of the same."""

HOST = re.compile(r"(?:[\w-]+\.)+[\w-]+")
FRAME = re.compile(r'<iframe((?: [\w-]+="[^"]*")*)>.*?</iframe>', re.DOTALL)
TELEGRAM = re.compile(r'<script data-telegram-post="(\w+/\d+)">.*?</script>', re.DOTALL)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
NESTED = re.compile(r'<figure>\s*(<figure class="embed"><a [^>]*>[^<]*</a>)</figure>')
SAYS_NOTHING = set(
    "audio content embed embedded frame iframe media player post track tweet twitter video "
    "videoplayer widget видео видеоплеер плеер проигрыватель".split()
)
LONGEST_TITLE = 200


def link_embeds(markup: str) -> str:
    """Return markup with links in place of frames and of Telegram's script.

    Frames from addresses that are not on the web, or not under https, just go.

    Args:
        markup: As an HTML cleaner writes it: whole elements, quoted attributes.
    """
    markup = TELEGRAM.sub(r'<iframe src="https://t.me/\1"></iframe>', markup)
    return NESTED.sub(r"\1", FRAME.sub(_link, markup))


def _link(frame: re.Match[str]) -> str:
    said = {name: html.unescape(value) for name, value in ATTRIBUTE.findall(frame[1])}
    # Pages that load their frames late keep the address beside.
    parts = _split(said.get("src", "")) or _split(said.get("data-src", ""))
    if parts is None:
        return ""
    name = _service(parts)
    words = _title(said.get("title", ""), name) or [name]
    address = html.escape(_page(parts, name))
    link = (
        f'<figure class="embed"><a href="{address}">{html.escape(" · ".join(words))}</a></figure>'
    )
    start = frame.start()
    opened = max(frame.string.rfind("<p>", 0, start), frame.string.rfind("<p ", 0, start))
    inside = opened > frame.string.rfind("</p>", 0, start)
    return f"</p>{link}<p>" if inside else link  # what follows stays a paragraph


def _split(address: str) -> SplitResult | None:
    """Return the parts of an address that may be linked to, or None."""
    try:
        parts = urlsplit(address.strip(), "https")
        whole = parts.username is None and parts.port is None
    except ValueError:
        return None
    if not whole or not HOST.fullmatch(parts.hostname or ""):
        return None
    known = _service(parts) in SERVICES.values()
    return parts if parts.scheme == "https" or (known and parts.scheme == "http") else None


def _service(parts: SplitResult) -> str:
    """Return the name of the service at an address, or its host."""
    host = parts.hostname or ""
    domain = ".".join(host.split(".")[-2:])
    return SERVICES.get(domain, host.removeprefix("www."))


def _page(parts: SplitResult, name: str) -> str:
    """Return the address of the page that shows what a frame shows, or of the frame itself."""
    at = f"{parts.hostname}{parts.path}?{parts.query}"
    for frame, page in PAGES:
        if match := frame.match(at):
            return page.format(*match.groups())
    query = parse_qs(parts.query)
    for address in query.get("href", []) + query.get("url", []):
        shown = _split(address)
        if shown and _service(shown) == name and not str(shown.hostname).startswith("api."):
            return shown._replace(scheme="https").geturl()
    return parts._replace(scheme="https").geturl()


def _title(title: str, name: str) -> list[str]:
    """Return a frame's title and the name of its service, or nothing if the title says nothing."""
    words = set(re.findall(r"\w+", title.casefold()))
    if words <= SAYS_NOTHING | {name.casefold()}:
        return []
    return [" ".join(title.split())[:LONGEST_TITLE], name]
