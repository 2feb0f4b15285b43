"""Romanization: how readers write Russian and Armenian in Latin letters.

A line is a Latin spelling and the native ones that it may stand for, each with a cost if it is
less likely (1 is about e times). `^` is the beginning of a word and `$` its end; `-` is nothing.
The native side is folded: ё is е, and և, եւ, եվ are one letter. The schemes that went in are
ISO 9, GOST 7.79, BGN/PCGN, passports (ICAO) and what people type for Russian; ISO 9985, Hübschmann
and Meillet, BGN/PCGN and what people type for Armenian.
"""

from collections import defaultdict

Rules = dict[str, tuple[tuple[str, float], ...]]
"""What a spelling may stand for, with the cost of each."""

LATIN_TO_RUSSIAN = """
a а | b б бь4 | v в вь3 | w в ш2 щ3 | g г | d д дь3 | e е э1 | f ф | z з зь3 ж4 | i и й2 ы2
j й ж1 дж2 ь2 | k к | l л ль1 | m м мь4 | n н нь2 | o о | p п пь4 | r р рь2 | s с сь2 | t т ть2
u у ю2 | h х г2 | x х кс1 | y ы й1 и1 ь2 ъ4 | c ц к с2 | q к ку3 | ' ь ъ1 -1 | 4 ч | 6 ш | 3 з
zh ж зх4 | tsya ться тся | tsia ться тся | tsja ться тся | t$ т ть | sh$ ш шь щ2 | ch$ ч чь х2
zh$ ж жь | l$ л ль | n$ н нь1 | ieia ъя2 | ieiu ъю2 | ln льн лн1 | iva ива ыва | au ау аю
eu еу ею | shy$ щий ший | shi$ щи ши щий | kh х кх3 | ts ц тс1 | tz ц | tc ц тс2 | cz ц ч1
ch ч х2 | tch ч тч | ck к кк2 | sh ш щ2 сх3 | sch щ ш1 сч2 шч3 | shch щ шч3 | shh щ | sc щ1 ск сц1
sh' щ | dzh дж | dj дж | dg дж2 дг | jh ж | ph ф пх3 | th т тх2 | gh г гх1 | ks кс | ou у оу1
oo у1 оо | ee и1 ее | yu ю ью1 ъю4 | iu ю иу1 ью2 | ju ю ью1 жу1 джу2 | ya я ья1 ъя2
ia я ия ья2 ъя3 иа1 | ja я ья1 ъя2 жа1 джа2 | yo е ье1 ьо1 йо1 | io ио е1 ье2 йо2 ьо2
jo е ьо2 йо1 жо1 | ye е ье1 ъе3 | je е ье1 ъе2 же1 дже2 | ie ие ье1 е3 ъе4 | ea еа я2 | cho чо че
sho шо ше | zho жо же | shcho що ще | shtch щ | ii ий ии | ij ий | iy ий ый2 | yj ый | yy ый
ai ай аи1 | ay ай | aj ай | ei ей еи1 | ey ей | ej ей | oi ой ои1 | oy ой | oj ой | ui уй уи1
uy уй | uj уй | yi ый ьи1 ыи3 | i' ьи1 | y' ы | e' э | '' ъ | č ч | š ш | ž ж | ŝ щ | šč щ | û ю
â я | ë е | è э | ^e э е1 | ^ye е | ^je е | i$ и ий1 ый3 й2 | y$ ий ый ы й1 и1 ь2
"""

LATIN_TO_ARMENIAN = """
a ա | b բ պ4 | g գ ղ4 կ4 | d դ տ4 | e ե է1 ը3 | z զ ս4 | i ի | l լ ղ4 | x խ ղ1 քս3 | k կ ք1 | h հ
j ջ ձ1 ճ1 ժ1 յ1 | m մ | n ն | o ո օ1 | p պ փ1 բ4 | s ս զ4 | v վ ւ3 | r ր ռ1 | u ու | w ւ1 վ ու2
q ք ղ3 | f ֆ | y յ ը1 ի3 | t տ թ1 դ4 | c ց ծ1 ք3 կ4 | @ ը | 8 ը | ' - | gh ղ գհ4 | zh ժ զհ4
kh խ քհ4 կհ4 | ts ց ծ1 տս2 թս3 | tz ծ ձ2 | dz ձ դզ3 ծ3 | dj ջ ճ3 | jh ժ ջ1 | ch չ ճ | tch ճ չ2
sh շ սհ3 | ph փ պհ3 | th թ տհ3 | rr ռ րր2 | ow ու | ou ու | oo ու | ev և | yev և | iev և | ew և
t' թ | p' փ | k' ք | c' ց | ch' չ | ts' ց | r' ռ | e' է | j' ջ | ee ի ե1 եե1 | ye ե յե1 եե3 ըե4
ie ե1 իե իէ2 | ya յա | ia իա յա1 | yo յո | io իո յո1 | yu յու | iu յու իու1 | ju յու2 ջու | ay այ
ai այ աի2 | ey եյ էյ1 | oy ույ2 ոյ | uy ույ | aj այ1 աջ | iwn յուն | č ճ չ1 | č' չ | š շ | ž ժ | ǰ ջ
ł ղ | ġ ղ | ě ը | ë ը | ə ը | ē է | ō օ | ṙ ռ | ç ց ծ | e$ ե ը է1 | ^e$ է ե1 ը1 | ^e ե է ը2 | ^ye ե
^o օ ո | ^vo ո վո1 | vo վո ո1 | ^y ը յ1 | ^ev և | ^yev և
"""

# What the letters of Russian and Armenian names become in English besides the above.
RUSSIAN_TO_LATIN = """
а a u2 o2 | ай ay ai i1 | в v w | г g h1 | дж j g dg | е e ye1 ie2 | и i y e2 ee2 | й y i
к k c ck q | кс x ks | о o a2 | с s c ss | з z s | т t th1 tt1 | у u oo ou w1 | уо wa wo
х h ch kh | ш sh ch | ь - | ъ - | э e a | ю u yu ew | ф f ph ff | л l ll | н n nn1 | п p pp1
р r rr1 | ы y i | $ - e2 | е$ e -2 | а$ a -2 | у$ u -2 | ы$ y -2 | ом$ om -2
"""
ARMENIAN_TO_LATIN = """
ու u oo ou w1 | և ev ew | կ k c ck | ք k c q | վ v w | ֆ f ph | ը e y | է e a | ե e ye1 | օ o
ս s c ss | հ h | յ y i | թ t th | այ ay ai i1 | իկ ic ik | ու o2 | $ - e2
"""


def _read(text: str) -> Rules:
    rules = {}
    for line in text.replace("\n", "|").split("|"):
        spelling, *meanings = line.split() or [""]
        if meanings:
            rules[spelling] = tuple(map(_price, meanings))
    return rules


def _price(meaning: str) -> tuple[str, float]:
    letters = meaning.rstrip("0123456789")
    return letters.replace("-", ""), float(meaning[len(letters) :] or 0)


def _invert(rules: Rules, more: str) -> Rules:
    costs: dict[str, dict[str, float]] = defaultdict(dict)
    for spelling, meanings in rules.items():
        for native, cost in meanings:
            if native and spelling.isalpha():
                costs[native][spelling] = min(cost, costs[native].get(spelling, cost))
    for native, spellings in _read(more).items():
        costs[native] |= dict(spellings)
    return {native: tuple(spellings.items()) for native, spellings in costs.items()}


_RUSSIAN = _read(LATIN_TO_RUSSIAN)
_ARMENIAN = _read(LATIN_TO_ARMENIAN)

RULES: dict[tuple[str, str], Rules] = {
    ("LATIN", "CYRILLIC"): _RUSSIAN,
    ("LATIN", "ARMENIAN"): _ARMENIAN,
    ("CYRILLIC", "LATIN"): _invert(_RUSSIAN, RUSSIAN_TO_LATIN),
    ("ARMENIAN", "LATIN"): _invert(_ARMENIAN, ARMENIAN_TO_LATIN),
}
"""Rules by the script that was typed and the one that was meant."""
