"""The collector is off for a while, and as it was afterwards."""

import gc

import pytest

from governance.imports.quiet import without_collection


class TestWithoutCollection:
    def test_switches_it_on_again_even_after_a_fault(self) -> None:
        def fail() -> None:
            assert not gc.isenabled()
            raise RuntimeError

        with pytest.raises(RuntimeError), without_collection():
            fail()
        assert gc.isenabled()

    def test_leaves_it_off_where_it_was_off(self) -> None:
        gc.disable()
        try:
            with without_collection():
                assert not gc.isenabled()
            assert not gc.isenabled()
        finally:
            gc.enable()
