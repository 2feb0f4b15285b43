from flask.testing import FlaskClient

from caliber_site.qr import draw_qr


def test_code_is_drawn_without_style_or_script() -> None:
    code = draw_qr("https://paper.example/arm/post/liche")
    assert code.startswith("<svg")
    assert "style" not in code
    assert "script" not in code


def test_addresses_have_different_codes() -> None:
    assert draw_qr("https://paper.example/en/post/a") != draw_qr("https://paper.example/en/post/b")


def test_code_of_an_article_is_that_of_its_public_address(client: FlaskClient) -> None:
    answer = client.get("/arm/qr/liche.svg")
    assert answer.text == draw_qr("http://localhost/arm/post/liche")
    assert answer.content_type == "image/svg+xml"
