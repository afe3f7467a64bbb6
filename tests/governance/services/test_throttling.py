"""Counting attempts: who guesses is slowed down, and nobody else."""

from datetime import timedelta
from unittest.mock import Mock, patch

import pytest
from django.core.cache import cache

from governance.services import throttling
from governance.services.throttling import Bucket, Limit, TooManyAttempts, give_back, take
from tests.factories import NOW

FEW = Limit("few", 3, 60)
MANY = Limit("many", 5, 300)
# as the cache answers that is to ignore that Redis is away
AWAY = Mock(add=Mock(return_value=None), incr=Mock(return_value=None), decr=Mock(return_value=None))


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()
    throttling._own.clear()


def taken(*buckets: Bucket, times: int, after: timedelta = timedelta()) -> int:
    """Return how many of so many attempts were let through."""
    let_through = 0
    for _ in range(times):
        try:
            take(buckets=buckets, at=NOW + after)
        except TooManyAttempts:
            continue
        let_through += 1
    return let_through


class TestTake:
    def test_lets_so_many_through_and_no_more(self) -> None:
        assert taken(Bucket(FEW, "anna"), times=10) == 3

    def test_counts_each_bucket_by_itself(self) -> None:
        assert taken(Bucket(FEW, "anna"), times=10) == 3
        assert taken(Bucket(FEW, "berta"), times=10) == 3
        assert taken(Bucket(MANY, "anna"), times=10) == 5

    def test_begins_afresh_at_the_moment_it_names(self) -> None:
        bucket = Bucket(FEW, "anna")
        taken(bucket, times=3)
        with pytest.raises(TooManyAttempts) as refusal:
            take(buckets=[bucket], at=NOW + timedelta(seconds=20))
        assert refusal.value.until == NOW + timedelta(seconds=60)
        assert taken(bucket, times=1, after=timedelta(seconds=59)) == 0
        assert taken(bucket, times=9, after=timedelta(seconds=60)) == 3

    def test_names_the_latest_moment_of_all_full_buckets(self) -> None:
        buckets = [Bucket(FEW, "anna"), Bucket(MANY, "anna")]
        taken(*buckets, times=5)
        with pytest.raises(TooManyAttempts) as refusal:
            take(buckets=buckets, at=NOW)
        assert refusal.value.until == NOW + timedelta(seconds=300)

    def test_keeps_no_address_in_the_cache(self) -> None:
        take(buckets=[Bucket(FEW, "anna@mill.example")], at=NOW)
        assert "anna" not in throttling._key(Bucket(FEW, "anna@mill.example"), at=NOW)

    def test_goes_on_counting_where_the_cache_is_away(self) -> None:
        with patch.object(throttling, "cache", AWAY):
            assert taken(Bucket(FEW, "anna"), times=10) == 3
            assert taken(Bucket(FEW, "berta"), times=1) == 1


class TestGiveBack:
    def test_counts_no_attempt_that_was_right(self) -> None:
        bucket = Bucket(FEW, "anna")
        for _ in range(10):
            take(buckets=[bucket], at=NOW)
            give_back(buckets=[bucket], at=NOW)
        assert taken(bucket, times=5) == 3

    def test_takes_nothing_out_of_what_is_no_longer_there(self) -> None:
        give_back(buckets=[Bucket(FEW, "anna")], at=NOW)
        assert taken(Bucket(FEW, "anna"), times=5) == 3
