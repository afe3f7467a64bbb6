"""Writing e-mail addresses in the one form that names an account."""

import pytest

from governance.services.addresses import (
    LONGEST_ADDRESS,
    AddressRefused,
    folded_address,
    normal_address,
)


class TestFoldedAddress:
    @pytest.mark.parametrize(
        "typed",
        [
            "anna@mill.example",
            "  Anna@Mill.Example\n",
            "ANNA@MILL.EXAMPLE",
            "ａｎｎａ@mill.example",  # noqa: RUF001 - full width, as some keyboards write
            "anna＠mill.example",  # noqa: RUF001
        ],
    )
    def test_is_one_for_all_spellings_of_an_address(self, typed: str) -> None:
        assert folded_address(typed) == "anna@mill.example"

    def test_refuses_nothing(self) -> None:
        assert folded_address("Müller") == "müller"


class TestNormalAddress:
    def test_returns_the_address_in_its_one_form(self) -> None:
        assert normal_address(" Anna.O'Neil+gate@Mill.Example ") == "anna.o'neil+gate@mill.example"

    def test_takes_the_kelvin_sign_for_the_letter_it_is_folded_to(self) -> None:
        assert normal_address("\u212aarl@mill.example") == "karl@mill.example"

    @pytest.mark.parametrize(
        "typed",
        [
            "mıke@mill.example",  # a dotless i is not an i  # noqa: RUF001
            "müller@mill.example",
            "mu\u0308ller@mill.example",
            "аnna@mill.example",  # a Cyrillic a  # noqa: RUF001
            "anna@mïll.example",
            "anna\u200b@mill.example",
            "\u202eanna@mill.example",
        ],
    )
    def test_refuses_what_only_looks_like_plain_letters(self, typed: str) -> None:
        with pytest.raises(AddressRefused, match="plain letters"):
            normal_address(typed)

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            "anna",
            "anna@",
            "@mill.example",
            "anna@mill",
            "anna@mill.example,eve@evil.example",
            "anna@mill.example\r\nBcc: eve@evil.example",
            "anna @mill.example",
            '"anna"@mill.example',
            "anna\x00@mill.example",
            f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.example.org",
        ],
    )
    def test_refuses_what_is_no_address(self, typed: str) -> None:
        with pytest.raises(AddressRefused, match="not an e-mail address"):
            normal_address(typed)

    def test_takes_the_longest_that_fits_the_column(self) -> None:
        local = "a" * 60
        domain = ".".join(["b" * 60, "c" * 60, "d" * 60, "e"])
        room = LONGEST_ADDRESS - len(f"{local}@{domain}")
        address = f"{local}@{domain}{'e' * room}"
        assert len(address) == LONGEST_ADDRESS
        assert normal_address(address) == address
