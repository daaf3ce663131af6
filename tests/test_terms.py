"""Terms of the glossary are links at their first use on a page, and nowhere else."""

import re

import pytest
from markup import Markup

from utils.evidence.glossary import Term
from utils.report.terms import linked

TERMS = [
    Term(term="killed", means="Dead.", is_not="Hurt.", forms=("killed",)),
    Term(term="grey zone", means="Nobody's.", is_not="Held.", forms=("grey zone", "grey zones")),
    Term(term="supported", means="Likely.", is_not="Proven.", forms=("supported",)),
]
ADDRESS = "../glossary.html"


def link(anchor: str, words: str) -> str:
    return f'<a class="term" href="{ADDRESS}#term-{anchor}">{words}</a>'


def test_the_first_use_is_linked_and_no_other():
    body = linked("<p>Killed, and killed. A grey zone.</p><p>killed</p>", TERMS, ADDRESS)
    assert body == (
        f"<p>{link('killed', 'Killed')}, and killed. A {link('grey-zone', 'grey zone')}.</p><p>killed</p>"
    )


@pytest.mark.parametrize(
    "markup",
    [
        "<h2>killed</h2>",
        '<a href="x">who was <b>killed</b></a>',
        "<pre><span>killed</span></pre>",
        "<code>killed</code>",
        "<button>killed</button>",
        "<summary>killed</summary>",
        "<template><p>killed</p></template>",
        "<svg><svg></svg><text>killed</text></svg>",
        "<th>killed</th>",
        "<!-- killed -->",
        '<p title="killed">unkilled</p>',
        '<span class="visually-hidden">killed <br> killed</span>',
    ],
)
def test_a_word_where_no_link_may_stand_is_left_for_its_next_use(markup):
    assert linked(f"{markup}<p>killed</p>", TERMS, ADDRESS) == f"{markup}<p>{link('killed', 'killed')}</p>"


def test_a_label_is_linked_with_its_mark_and_its_own_markup_stays():
    badge = '<span class="badge badge-supported">Supported</span>'
    body = linked(f"<td>{badge}</td><td>{badge}</td>", TERMS, ADDRESS)
    assert body == (
        f'<td><a class="term term-label" href="{ADDRESS}#term-supported">{badge}</a></td><td>{badge}</td>'
    )


def test_a_term_that_the_page_links_already_is_left_alone():
    body = f'<p>killed</p><p><a href="{ADDRESS}#term-killed">killed</a></p>'
    assert linked(body, TERMS, ADDRESS) == body


def test_the_page_stays_well_formed_and_its_words_the_same(archive):
    every = " ".join(form for term in archive.glossary for form in term.forms)
    body = f'<div><p>{every} &amp; more<br>{every}</p><p><a href="x">{every}</a></p><i>{every}</i></div>'
    found = linked(body, archive.glossary, ADDRESS)
    assert Markup(found).unmatched == []
    assert re.sub("<[^>]*>", "", found) == re.sub("<[^>]*>", "", body)
    assert found.count('class="term') == len(archive.glossary)


def test_labels_reading_firmness_and_teller_are_in_the_glossary(archive):
    terms = {term.term for term in archive.glossary}
    labels = {"supported", "refuted", "conflicting evidence", "not enough evidence"}
    assert labels | {"reading", "firmness", "teller", "telling"} <= terms
    assert [term.term for term in archive.glossary] == sorted(terms)
