"""Text files: encodings, delimiters, quotes."""

import pytest

from governance.imports.delimited import encoding_of, read_rows
from governance.imports.limits import LONGEST_CELL, Unreadable


def cells(content: bytes) -> list[list[str]]:
    return [row for _, row in read_rows(content, encoding=encoding_of(content))]


class TestEncodingOf:
    @pytest.mark.parametrize(
        "encoding",
        ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
    )
    def test_reads_the_same_words_in_each(self, encoding: str) -> None:
        content = "Name,Größe\nZoë,5 £\n".encode(encoding)
        assert cells(content) == [["Name", "Größe"], ["Zoë", "5 £"]]

    def test_lets_a_few_undefined_bytes_through(self) -> None:
        content = b"a,b\nQuantum\x9d system,\xa35\n" + b"x,y\n" * 100
        assert encoding_of(content) == "cp1252"
        assert cells(content)[1] == ["Quantum\ufffd system", "£5"]

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"a,b\n1,\x002\n", "NUL byte in line 2"),
            (b"\xff\xfea\x00b\x00\xd8\xd8", "starts like UTF-16"),
            ("日本語のデータ、表".encode("shift_jis") * 30, "neither UTF-8 nor Windows-1252"),
        ],
    )
    def test_refuses_what_makes_no_sense(self, content: bytes, why: str) -> None:
        with pytest.raises(Unreadable, match=why):
            encoding_of(content)


class TestReadRows:
    @pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
    def test_finds_the_delimiter(self, sign: str) -> None:
        text = f'a{sign}b{sign}"c, d; e"\n1{sign}2{sign}3\n'
        assert cells(text.encode()) == [["a", "b", "c, d; e"], ["1", "2", "3"]]

    def test_believes_a_first_line_that_names_it(self) -> None:
        assert cells(b"sep=|\na,b|c\n1|2\n") == [["a,b", "c"], ["1", "2"]]

    def test_counts_lines_across_breaks_inside_cells(self) -> None:
        rows = list(read_rows(b'a,b\n"1\n2",3\r\n4,5\n', encoding="utf-8"))
        assert [line for line, _ in rows] == [1, 2, 4]

    def test_keeps_a_lone_return_inside_a_cell(self) -> None:
        assert cells(b'a,b\r\n"1\r2",3\r\n') == [["a", "b"], ["1\r2", "3"]]

    def test_reads_one_column(self) -> None:
        assert cells(b"a\nb\n") == [["a"], ["b"]]

    def test_keeps_formulas_as_text(self) -> None:
        assert cells(b"a,b\n=1+1,@SUM(A1)\n")[1] == ["=1+1", "@SUM(A1)"]

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b'a,b\n"1,2\n3,4\n', "line 2 a quote is opened and never closed"),
            (b'a,b\n"1"x,2\n', "line 2 a quote ends in the middle of a cell"),
            (b"a,b\n" + b"x" * (LONGEST_CELL + 1) + b",1\n", "line 2 .* has more than 100000"),
        ],
    )
    def test_says_where_it_cannot_go_on(self, content: bytes, why: str) -> None:
        with pytest.raises(Unreadable, match=why):
            cells(content)
