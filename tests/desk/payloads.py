"""Five hundred ways to bring a script into a page, each of which calls `ran()` if it runs."""

from itertools import product

CALL = "ran()"
HANDLERS = (
    "onerror onload onclick onfocus onmouseover onanimationstart ontoggle onpointerenter "
    "onbegin onauxclick onbeforetoggle oncontentvisibilityautostatechange"
).split()
ELEMENTS = (
    "<img src=x {}>",
    "<svg {}>",
    "<body {}>",
    "<input autofocus {}>",
    "<details open {}>x</details>",
    "<video src=x {}></video>",
    "<p {}>text</p>",
    '<a href="/en/" {}>text</a>',
    "<iframe src=/en/ {}></iframe>",
    "<marquee {}>x</marquee>",
    "<style {}></style>",
    "<math {}>x</math>",
    "<object data=x {}></object>",
    "<x-y tabindex=1 {}>x</x-y>",
    "<svg><animate attributeName=x {}></svg>",
    "<figure {}><img src=/media/x.webp></figure>",
)
QUOTES = ("{0}={1}", '{0}="{1}"', "{0}='{1}'")
SCRIPTS = (
    "<script>{0}</script>",
    "<SCRIPT>{0}</SCRIPT>",
    "<script >{0}</script >",
    "<script\n>{0}</script\n>",
    "<script/x>{0}</script>",
    "<scr<script>ipt>{0}</scr</script>ipt>",
    "<<script>{0}//<</script>",
    "<script src=data:,{0}></script>",
    "<script>{0}",
    "</title><script>{0}</script>",
    "</textarea><script>{0}</script>",
    "--><script>{0}</script>",
    "<!--><script>{0}</script>-->",
    "<![CDATA[<script>{0}</script>]]>",
    "<noscript><p title='</noscript><script>{0}</script>'>",
    "<template><script>{0}</script></template>",
    "<svg><script>{0}</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror={0}>",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={0}>",
    "<svg></p><style><a id='</style><img src=1 onerror={0}>'>",
    "<p><svg><foreignObject><img src=x onerror={0}></foreignObject></svg></p>",
    '"><script>{0}</script>',
    "'><script>{0}</script>",
    '" autofocus onfocus={0} x="',
    "' onmouseover={0} x='",
    "{{{{ {0} }}}}",
    "${{{0}}}",
    "{{% {0} %}}",
    "&lt;script&gt;{0}&lt;/script&gt;",
    "&#60;script&#62;{0}&#60;/script&#62;",
    "&amp;lt;script&amp;gt;{0}",
    "%3Cscript%3E{0}%3C/script%3E",
    "\\x3cscript\\x3e{0}\\x3c/script\\x3e",
    "\u2028<script>{0}</script>",
    "<\x00script>{0}</script>",
    "<scr\x00ipt>{0}</script>",
    "\ufeff<script>{0}</script>",
    "＜script＞{0}＜/script＞",
    "+ADw-script+AD4-{0}+ADw-/script+AD4-",
    "```html\n<script>{0}</script>\n```",
    "    <script>{0}</script>",
    "> <script>{0}</script>",
    "# <img src=x onerror={0}>",
    "- <img src=x onerror={0}>",
)
ADDRESSES = (
    "javascript:{0}",
    "JaVaScRiPt:{0}",
    " javascript:{0}",
    "java\tscript:{0}",
    "java\nscript:{0}",
    "\x01javascript:{0}",
    "java&#x09;script:{0}",
    "&#106;avascript:{0}",
    "javascript&colon;{0}",
    "javascript://%0a{0}",
    "data:text/html,<script>{0}</script>",
    "data:text/html;base64,PHNjcmlwdD5yYW4oKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload={0}>",
    "vbscript:{0}",
    "//evil.example/x.js?{0}",
    "blob:{0}",
    "feed:javascript:{0}",
    "view-source:javascript:{0}",
)
CARRIERS = (
    '<a href="{0}">x</a>',
    "<a href={0}>x</a>",
    '<img src="{0}">',
    '<figure><img src="{0}" alt="x"><figcaption>x</figcaption></figure>',
    '<iframe src="{0}"></iframe>',
    '<form action="{0}"><button>x</button></form>',
    '<button formaction="{0}">x</button>',
    '<base href="{0}">',
    '<link rel=stylesheet href="{0}">',
    '<meta http-equiv=refresh content="0;url={0}">',
    '<svg><a xlink:href="{0}"><text>x</text></a></svg>',
    '<svg><use href="{0}"/></svg>',
    "<p style=\"background:url('{0}')\">x</p>",
    "[x]({0})",
    "![x]({0})",
    "<{0}>",
)

PAYLOADS = list(
    dict.fromkeys(
        [
            *(script.format(CALL) for script in SCRIPTS),
            *(
                element.format(QUOTES[(i + j) % 3].format(handler, CALL))
                for (i, element), (j, handler) in product(enumerate(ELEMENTS), enumerate(HANDLERS))
            ),
            *(
                carrier.format(address.format(CALL))
                for carrier, address in product(CARRIERS, ADDRESSES)
            ),
        ]
    )
)
