"""What every feed shares."""

from caliber_site.atom import tag_uri, xml_text


def test_tag_uri_has_neither_scheme_nor_port() -> None:
    address = "https://news.example:8443"
    assert tag_uri(address, "edition", "budget", "hy") == "tag:news.example,2026:edition/budget/hy"


def test_part_of_a_tag_uri_is_one_part_whatever_it_holds() -> None:
    uri = tag_uri("https://news.example", "edition", "a/b c", "ru")
    assert uri == "tag:news.example,2026:edition/a%2Fb%20c/ru"


def test_characters_that_xml_does_not_know_are_left_out() -> None:
    assert xml_text("a\x00b\x0bc\x1b\ud800\ufffe\td") == "abc\td"
