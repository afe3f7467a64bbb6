"""The ownership map: who owns, who decides, and how that changes hands."""

import pytest
from django.test import Client
from django.urls import reverse

from governance.choices import DecisionKind
from governance.models import DecisionRight, DecisionRightEnd, Ownership, User
from governance.services.ownership import Appointment, appoint
from governance.services.rights import Before, Grant, give_right
from tests.factories import NOW, make_process
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db
DATA = DecisionKind.DATA


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def address(cast: Cast, name: str = "ownership-map", *rest: object) -> str:
    return reverse(f"governance:{name}", args=[cast.project.public_id, *rest])


def give(cast: Cast, decider: User, **terms: object) -> DecisionRight:
    kind = terms.pop("kind", DATA)
    grant = Grant(kind=kind, decider=decider, **terms)  # type: ignore[arg-type]
    return give_right(project=cast.project, grant=grant, given_by=cast.sponsor, given_at=NOW)


def give_all(cast: Cast, decider: User) -> None:
    for kind in DecisionKind:
        give(cast, decider, kind=kind)


def shown(client: Client, user: User, place: str) -> str:
    client.force_login(user)
    return client.get(place).content.decode()


class TestShowMap:
    def test_says_first_how_many_kinds_are_clear_and_lists_gaps(
        self, client: Client, cast: Cast
    ) -> None:
        process = make_process(project=cast.project, code="10", name="Order to cash")
        give(cast, cast.process_owner, process=process)
        page = shown(client, cast.auditor, address(cast))
        assert "1 of 8 kinds of decision have exactly one decider everywhere." in page
        assert "1 process has no owner." in page
        assert "Cutover: nobody decides in every process" in page
        assert "Data: nobody" not in page

    def test_lists_double_deciders_and_lets_an_executive_end_a_claim(
        self, client: Client, cast: Cast
    ) -> None:
        make_process(project=cast.project)
        give_all(cast, cast.sponsor)
        row = give(cast, cast.process_owner, before=Before.STAYS)
        page = shown(client, cast.sponsor, address(cast))
        assert "7 of 8 kinds" in page
        assert "Data in every process: Process_Owner is one of several" in page
        end = address(cast, "right-end", row.public_id)
        assert end in page
        assert end not in shown(client, cast.auditor, address(cast))
        client.force_login(cast.sponsor)
        assert client.post(end, {"reason": "One is enough."}).status_code == 302
        page = shown(client, cast.auditor, address(cast))
        assert "8 of 8 kinds" in page
        assert "One is enough." in page

    def test_flags_owners_who_are_gone_or_hold_too_much(self, client: Client, cast: Cast) -> None:
        for _ in range(6):
            make_process(project=cast.project, owner=cast.process_owner)
        give(cast, cast.business_user)
        assert "owns 6 processes; more than 5 is too many" in shown(
            client, cast.sponsor, address(cast)
        )
        User.objects.filter(pk=cast.business_user.pk).update(is_active=False)
        page = shown(client, cast.sponsor, address(cast))
        assert "Business_User (account closed) still holds 1 place" in page
        assert "Data: nobody decides" in page

    def test_is_not_for_another_client(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.other_sponsor)
        assert client.get(address(cast)).status_code == 404


class TestGive:
    def test_names_a_decider_from_the_cell_that_was_empty(self, client: Client, cast: Cast) -> None:
        process = make_process(project=cast.project)
        place = f"{address(cast, 'right-give')}?kind=DATA&process={process.public_id}"
        assert place.replace("&", "&amp;") in shown(client, cast.sponsor, address(cast))
        entered = {
            "kind": "DATA",
            "process": str(process.public_id),
            "decider": str(cast.process_owner.public_id),
        }
        assert client.post(place, entered).status_code == 302
        assert DecisionRight.objects.get().decider == cast.process_owner

    def test_refuses_a_partner_somebody_of_another_client_and_a_second_decider(
        self, client: Client, cast: Cast
    ) -> None:
        make_process(project=cast.project)
        client.force_login(cast.sponsor)
        place = address(cast, "right-give")
        for account in (cast.consultant, cast.other_sponsor, cast.stranger):
            entered = {"kind": "DATA", "decider": str(account.public_id)}
            assert client.post(place, entered).status_code == 422
        give(cast, cast.process_owner)
        entered = {"kind": "DATA", "decider": str(cast.business_user.public_id)}
        answer = client.post(place, entered)
        assert "Process_Owner decides this already. Say what becomes of that." in (
            answer.content.decode()
        )
        assert DecisionRight.objects.count() == 1
        entered |= {"before": "ENDS", "reason": "She moved on."}
        assert client.post(place, entered).status_code == 302
        page = shown(client, cast.auditor, address(cast))
        assert "Went to Business_User" in page
        assert "She moved on." in page

    def test_is_for_executives_alone(self, client: Client, cast: Cast) -> None:
        for account in (cast.project_manager, cast.process_owner, cast.consultant):
            client.force_login(account)
            for name in ("right-give", "ownership-hand-over"):
                assert client.get(address(cast, name)).status_code == 403


class TestHand:
    def test_hands_processes_and_rights_over_and_keeps_history(
        self, client: Client, cast: Cast
    ) -> None:
        owned, stood_in = make_process(project=cast.project), make_process(project=cast.project)
        named = [(owned, Appointment(cast.process_owner, cast.business_user))]
        named += [(stood_in, Appointment(cast.sponsor, cast.process_owner))]
        for process, appointment in named:
            appoint(
                process=process,
                appointment=appointment,
                assigned_by=cast.sponsor,
                assigned_at=NOW,
            )
        right = give(cast, cast.process_owner)
        client.force_login(cast.sponsor)
        entered = {
            "giver": str(cast.process_owner.public_id),
            "taker": str(cast.business_user.public_id),
            "reason": "She moved on.",
        }
        assert client.post(address(cast, "ownership-hand-over"), entered).status_code == 302
        for process in (owned, stood_in):
            process.refresh_from_db()
        assert (owned.owner, owned.deputy) == (cast.business_user, None)
        assert (stood_in.owner, stood_in.deputy) == (cast.sponsor, cast.business_user)
        end = DecisionRightEnd.objects.get(right=right)
        assert end.successor is not None
        assert end.successor.decider == cast.business_user
        assert Ownership.objects.filter(process=owned).count() == 2

    def test_refuses_a_partner_oneself_and_nothing_to_hand_over(
        self, client: Client, cast: Cast
    ) -> None:
        give(cast, cast.process_owner)
        client.force_login(cast.sponsor)
        place = address(cast, "ownership-hand-over")
        owner = str(cast.process_owner.public_id)
        for taker in (cast.consultant, cast.other_sponsor, cast.process_owner, cast.auditor):
            entered = {"giver": owner, "taker": str(taker.public_id), "reason": "Why not."}
            assert client.post(place, entered).status_code == 422
        entered = {"giver": str(cast.auditor.public_id), "taker": owner, "reason": "Why not."}
        assert client.post(place, entered).status_code == 422
        assert not DecisionRightEnd.objects.exists()
