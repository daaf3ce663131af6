"""The article under test, as a type: all that a site of its own needs, with what is said where nothing is.

A folder says in `article.yaml` what its report is called, who made it, under which licence it is, on which
sides the tellers stand, and what a party is called whose own word is partial. No text of the report has any
of it from elsewhere.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from ..words import Told
from .cells import Address, Contact, Day, Identifier, Name, Site, Text
from .schema import Record

__all__ = ["Article", "Highlight", "Licence", "Mark", "Partial", "Party", "Summary"]


def _colour(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise ValueError('six hexadecimal digits after a #, in quotation marks, as "#0072B2"')
    return value


Colour = Annotated[str, BeforeValidator(_colour)]


class Party(Record):
    """A side that tellers stand on."""

    name: Text
    partial: bool = Field(
        False, description="has a part in the matter, so that its figures are a party's claim"
    )
    # Without one it gets the next colour of the palette.
    colour: Colour = Field("", description="its colour in all figures")


class Partial(Record):
    """What a party is called whose own word is partial: a warring party, a candidate, a company."""

    one: Text = Field(default="interested party", description="one such party, without an article")
    many: Text = Field(default="interested parties", description="several of them")

    @property
    def a_party(self) -> str:
        """One such party with its article: "a warring party", "an interested party"."""
        return f"{'an' if self.one[0] in 'aeiouAEIOU' else 'a'} {self.one}"

    def tell(self, text: str) -> str:
        """A text of the engine, which knows interested parties alone, in the words of an article."""
        for own, told in (("an interested party", self.a_party), ("interested party", self.one)):
            text = text.replace(own, told)
        return text.replace("interested parties", self.many)


class Licence(Record):
    """Under which licence text and data may be used."""

    name: Text = Field(description="its short name, as CC BY 4.0")
    address: Address | None = Field(None, description="where its text stands")
    exceptions: Text | None = Field(None, description="what is under another one, in words after 'but for'")


class Highlight(Record):
    """A figure of a notebook that the report shows on its front page."""

    finding: Text = Field(description="what it shows, in a sentence or two")
    notebook: Identifier = Field(description="the notebook that draws it")
    figure: Text = Field(description="words of the figure's title; without such a figure, the first is taken")


class Summary(Record):
    """What the article said and what is true of it, for the top of the front page, written by people."""

    text: Text = Field(description="three sentences that a newspaper could print")
    written_for: dict[Identifier, Told] = Field(
        description="the labels of today, by claim, that the text rests on; with other labels it is not shown"
    )


class Mark(Record):
    """An event that the replay of the verdicts marks."""

    event: Identifier = Field(description="an id of events.csv")
    words: Text = Field(description="its name, in a few words")


class Article(Record):
    """The article under test; none of its text is kept."""

    title: Text = Field(description="what this collection calls it; not the article's own headline")
    name: Text | None = Field(None, description="what the report is called; the title where it has no name")
    form: Text = Field("news article", description="what the article is: news article, speech, leaflet")
    language: Text
    published: Day = Field(description="the article's clock: the day as of which its claims are first judged")
    day_known: Literal["stated", "guess"] = Field(
        "stated", description="whether the day of publication is stated somewhere, or a guess"
    )
    dating: Text = Field(description="how the day of publication is known")
    description: Text | None = Field(None, description="what the article is, in a sentence without its words")
    answer: Summary | None = Field(None, description="what it said and what is true of it")
    history_from: Day = Field(description="first day of the history of the verdicts")
    known_until: Day | None = Field(
        None, description="the last day whose news were looked for; nothing here is published or read later"
    )
    parties: Annotated[dict[Name, Party], Field(min_length=1)]
    partial_party: Partial = Field(Partial(), description="what a party is called whose own word is partial")
    highlights: tuple[Highlight, ...] = Field((), description="figures for the front page of the report")
    marks: tuple[Mark, ...] = Field((), description="events that the replay of the verdicts marks")
    made_by: Text | None = Field(None, description="who made this collection and why, for its readers")
    author: Text | None = Field(None, description="who is cited as the author")
    version: Text | None = Field(None, description="the version of the work, for those who cite it")
    licence: Licence | None = Field(None, description="the licence of its text and data")
    contact: Contact | None = Field(None, description="where readers report errors: a mail or web address")
    speakers: dict[Text, Address] = Field(
        {}, description="home pages of speakers, by the name in claims.yaml"
    )
    address: Site | None = Field(None, description="the web address under which the report is published")

    @field_validator("history_from")
    @classmethod
    def _before_the_article(cls, day: date, told: ValidationInfo) -> date:
        if (published := told.data.get("published")) is not None and day > published:
            raise ValueError(f"a day not after the article's, {published}")
        return day

    @property
    def called(self) -> str:
        """The name of the report."""
        return self.name or self.title

    @property
    def noun(self) -> str:
        """What the article is called after its first naming: its form, or "article" where it is one."""
        return "article" if self.form.lower().endswith("article") else self.form

    @property
    def partial_words(self) -> Partial | None:
        """What a party is called whose own word is partial; None where no party's is."""
        return self.partial_party if any(party.partial for party in self.parties.values()) else None
