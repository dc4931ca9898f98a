"""The hash chain itself: any change of any field at any place is found, and nothing runs together."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, strategies as st

from tracker.audit.chain import GENESIS, Link, digest, verify

TEXTS = st.text(alphabet="甲乙ab:1", max_size=6)
LINKS = st.builds(Link, st.just(0), TEXTS, TEXTS, TEXTS, TEXTS, TEXTS)


def chained(links: list[Link]) -> list[tuple[Link, str, str]]:
    found, head = [], GENESIS
    for number, link in enumerate(links, 1):
        numbered = replace(link, seq=number)
        own = digest(numbered, head)
        found.append((numbered, head, own))
        head = own
    return found


@given(st.lists(LINKS, max_size=8))
def test_a_chain_holds(links: list[Link]):
    entries = chained(links)
    verdict = verify(entries)
    assert (verdict.rows, verdict.broken_at) == (len(links), None)
    assert verdict.head == (entries[-1][2] if entries else GENESIS)


@given(st.lists(LINKS, min_size=1, max_size=8), st.data())
def test_a_change_is_found_where_it_was_made(links: list[Link], data: st.DataObject):
    entries = chained(links)
    place = data.draw(st.integers(0, len(entries) - 1))
    name = data.draw(st.sampled_from(["at", "actor", "action", "subject", "body"]))
    link, previous, own = entries[place]
    entries[place] = (replace(link, **{name: getattr(link, name) + "改"}), previous, own)
    verdict = verify(entries)
    assert (verdict.rows, verdict.broken_at) == (place, place + 1)


@given(st.lists(LINKS, min_size=2, max_size=8), st.data())
def test_leaving_one_out_and_swapping_two_are_found(links: list[Link], data: st.DataObject):
    entries = chained(links)
    place = data.draw(st.integers(0, len(entries) - 2))
    assert verify(entries[:place] + entries[place + 1 :]).broken_at is not None
    swapped = [*entries[:place], entries[place + 1], entries[place], *entries[place + 2 :]]
    assert verify(swapped).broken_at is not None


def test_fields_do_not_run_together():
    assert digest(Link(1, "ab", "c", "", "", ""), GENESIS) != digest(Link(1, "a", "bc", "", "", ""), GENESIS)
