"""The forms of a word share a lemma; words that only look alike do not."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from caliber_site.search.folding import fold
from caliber_site.search.lemmas import MOST, lemmas


def shared(one: str, other: str) -> set[str]:
    return set(lemmas(fold(one))) & set(lemmas(fold(other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ребёнка", "детьми"),
        ("идти", "шёл"),
        ("лечь", "ляжет"),
        ("день", "дню"),
        ("хороший", "лучший"),
        ("договориться", "договорились"),
        ("построить", "построенных"),
        ("журнал", "журналом"),
        ("Дроздов", "Дроздову"),
        ("Зеленский", "Зеленского"),
        ("блокчейн", "блокчейном"),
        ("импортозамещение", "импортозамещению"),
        ("веб-сайт", "вебсайтами"),
    ],
)
def test_russian_forms_meet(one: str, other: str) -> None:
    assert shared(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("книга", "книжный"),
        ("журнал", "журналист"),
        ("стол", "столица"),
        ("банк", "банкет"),
        ("решить", "решение"),
        ("ограниченная", "ограничить"),
    ],
)
def test_russian_words_stay_apart(one: str, other: str) -> None:
    assert not shared(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("տուն", "տանը"),
        ("տուն", "տներից"),
        ("մարդ", "մարդիկ"),
        ("քաղաք", "քաղաքներում"),
        ("հայր", "հոր"),
        ("օր", "օրվա"),
        ("հանրապետություն", "հանրապետության"),
        ("հանրապետություն", "հանրապետություններում"),
        ("կառավարություն", "կառավարությամբ"),
        ("գրել", "գրված"),
        ("գնալ", "գնացին"),
        ("տալ", "տվեց"),
        ("կառուցել", "չկառուցեցին"),
        ("կառուցել", "կկառուցվի"),
        ("բարձր", "ամենաբարձր"),
        ("ընտրություն", "ընտրություններն"),
        ("Հայաստանի", "Հայաստանը"),
        ("Զելենսկի", "Զելենսկու"),
        ("բլոկչեյն", "բլոկչեյնից"),
        ("ստարտափ", "ստարտափներին"),
        ("Բորատինո", "Բորատինոյի"),
    ],
)
def test_armenian_forms_meet(one: str, other: str) -> None:
    assert shared(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("գիր", "գիրք"),
        ("հայ", "հայր"),
        ("տուն", "տոն"),
        ("քաղաք", "քաղաքական"),
        ("նստել", "նստեցրին"),
        ("Երևան", "երևացին"),
        ("գրող", "գրել"),
    ],
)
def test_armenian_words_stay_apart(one: str, other: str) -> None:
    assert not shared(one, other)


@pytest.mark.parametrize(
    ("classical", "today"),
    [
        ("ազատութիւն", "ազատություն"),
        ("գիւղի", "գյուղ"),
        ("Յակոբեան", "Հակոբյան"),
        ("յոյսով", "հույս"),
        ("մէկ", "մեկը"),
    ],
)
def test_classical_armenian_spelling_meets_todays(classical: str, today: str) -> None:
    assert shared(classical, today)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("city", "cities"),
        ("go", "went"),
        ("mouse", "mice"),
        ("write", "written"),
        ("teach", "taught"),
        ("far", "farther"),
        ("analysis", "analyses"),
        ("minister", "minister’s"),
        ("Kotaks", "Kotak"),
        ("podcaster", "podcasters"),
        ("vlogging", "vlogged"),
        ("Beijing", "Beijing's"),
    ],
)
def test_english_forms_meet(one: str, other: str) -> None:
    assert shared(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("universe", "university"),
        ("minis", "ministry"),
        ("news", "new"),
        ("general", "generate"),
        ("exciting", "excited"),
        ("policy", "police"),
    ],
)
def test_english_words_stay_apart(one: str, other: str) -> None:
    assert not shared(one, other)


@pytest.mark.parametrize("word", ["т", "стали", "գրի", "left", "ا", "2", "12-25", "-"])
def test_word_has_one_to_four_lemmas(word: str) -> None:
    assert 1 <= len(lemmas(word)) <= MOST


def test_threads_agree() -> None:
    words = ["людей", "մարդկանց", "people", "сталью", "տներում", "wrote"]
    lemmas.cache_clear()
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: [lemmas(word) for word in words], range(24)))
    assert all(answer == answers[0] for answer in answers)


def test_importing_loads_no_dictionary() -> None:
    code = (
        "from caliber_site.search.lemmas import lexicon, russian, lemmas; "
        "print(lexicon._read_lexicon.cache_info().currsize, russian._load.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "0"]
