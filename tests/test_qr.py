from caliber_site.qr import qr_code


def test_code_is_drawn_without_style_or_script() -> None:
    code = qr_code("https://paper.example/arm/post/liche")
    assert code.startswith("<svg")
    assert "style" not in code
    assert "script" not in code


def test_addresses_have_different_codes() -> None:
    assert qr_code("https://paper.example/en/post/a") != qr_code("https://paper.example/en/post/b")
