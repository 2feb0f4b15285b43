"""Endings that hang on a number, an abbreviation or a foreign name and are no words of their own.

1990-х, 2020-ին, 15-րդ, ԱՄՆ-ում, Facebook-ի, Google-ом, iPhone’ом.
"""

APOSTROPHES = "'’ʼ"
HYPHENS = "-‐‑֊"

ARMENIAN = "(?:ներ|եր)?(?:յ?(?:ի|ից|ով|ում)|ու)?(?:ին|[ընսդ])?"
RUSSIAN_AFTER_DIGITS = "|".join(
    "й я е х м ю и у а го му ми ти ый ой ая ое ые ых ую ого ому ом ым ыми".split()
)
RUSSIAN_AFTER_LATIN = "|".join("а у е ы и ю я ом ем ов ей ой ам ах ами ям ях ями".split())

ENDING = (
    r"(?:"
    rf"[{HYPHENS}](?=[ա-և]){ARMENIAN}"
    rf"|(?<=\d)[{HYPHENS}](?:(?:ական|րդ){ARMENIAN}|{RUSSIAN_AFTER_DIGITS})"
    rf"|(?<=[a-z])[{HYPHENS}{APOSTROPHES}](?:{RUSSIAN_AFTER_LATIN})"
    r")(?![^\W_])"
)
"""A pattern, for text in any case with `re.IGNORECASE`."""
