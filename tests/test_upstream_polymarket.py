"""Prediction markets: hand-made markets with known answers, and the pinned files."""

from pathlib import Path
from types import SimpleNamespace

import pandas
import pytest
from ours import TABLES

from utils.evidence.datasets import Correction
from utils.evidence.tables import read_table
from utils.upstream import polymarket
from utils.upstream.inputs import Inputs

MARKETS = "question,createdAt,closedTime,volume,winning_outcome,prediction_price"
PRICES = "Date (UTC),Timestamp (UTC),Donald Trump,Joe Biden"
# 1706745602 is two seconds after midnight of 1 February 2024, UTC.
PRICE = "02-01-2024 00:00,1706745602,0.50456,NA"


def market(question: str, outcome: str = "No", closed: str = "2024-09-01 12:00:00+00") -> str:
    return f'"{question}",2024-08-10T09:00:00.5Z,{closed},1000.5001,{outcome},0.99'


def made(folder: Path, markets: tuple[str, ...] = (), prices: tuple[str, ...] = (PRICE,), **headers: str):
    files = {
        "outcomes.csv": "\n".join([headers.get("markets_header", MARKETS), *markets]) + "\n",
        "pres_daily.csv": "\n".join([headers.get("prices_header", PRICES), *prices]) + "\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    datasets = {"polymarket": SimpleNamespace(corrections=())}
    return Inputs(datasets, {"polymarket": {name: folder / name for name in files}})


@pytest.fixture(scope="module")
def found(inputs: Inputs) -> dict[str, pandas.DataFrame]:
    return polymarket.tables(inputs)


def test_a_market_on_the_war_is_listed_with_days_in_utc_and_whole_dollars(tmp_path: Path):
    row = market("Will Ukraine hold Kursk through Aug 31? ", "Yes", "2024-08-31 23:30:00-02")
    frame = polymarket.tables(made(tmp_path, (row,)))["markets"]
    assert list(frame.itertuples(index=False, name=None)) == [
        ("Will Ukraine hold Kursk through Aug 31?", "2024-08-10", "2024-09-01", "Yes", 1001)
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Russia x Ukraine Ceasefire in 2024?",
        "Will Zelensky meet with Trump in September?",
        "Crimean bridge hit before 2025?",
        "Ukraine aid package in April?",
        "Trump ends Ukraine war before inauguration?",
    ],
)
def test_questions_that_are_meant(tmp_path: Path, question: str):
    frame = polymarket.tables(made(tmp_path, (market(question),)))["markets"]
    assert list(frame["question"]) == [question]


@pytest.mark.parametrize(
    "question",
    [
        "Will Zelensky say Putin wants war during his UN address?",
        "Israel x Hamas ceasefire in 2024?",
        "Will Russia invade Alaska before March?",
        "Will Ukraine win Eurovision 2024?",
        "Will Ukraine beat Georgia?",
        "Will Sweden join NATO by March 31?",
        "North Korea x South Korea military clash in 2024?",
        "Russian Ruble at 120 to $1 USD in November?",
    ],
)
def test_questions_that_are_not_meant(tmp_path: Path, question: str):
    assert polymarket.tables(made(tmp_path, (market(question),)))["markets"].empty


def test_a_market_without_outcome_or_end_is_not_closed(tmp_path: Path):
    rows = (market("Will Russia capture A?", outcome=""), market("Will Russia capture B?", closed=""))
    assert polymarket.tables(made(tmp_path, rows))["markets"].empty


def test_markets_are_in_the_order_of_their_key(tmp_path: Path):
    rows = tuple(market(f"Will Russia capture {name}?") for name in "CAB")
    first = market("Will Russia capture Z?", closed="2024-08-30 12:00:00+00")
    frame = polymarket.tables(made(tmp_path, (*rows, first)))["markets"]
    assert [question[-2] for question in frame["question"]] == ["Z", "A", "B", "C"]


def test_a_market_that_stands_twice_is_refused(tmp_path: Path):
    row = market("Will Russia capture A?")
    with pytest.raises(ValueError, match=r"stands twice.*Will Russia capture A"):
        polymarket.tables(made(tmp_path, (row, row)))


def test_a_market_that_was_never_opened_is_refused(tmp_path: Path):
    row = market("Will Russia capture A?").replace("2024-08-10T09:00:00.5Z", "")
    with pytest.raises(ValueError, match="createdAt is empty"):
        polymarket.tables(made(tmp_path, (row,)))


def test_prices_are_read_month_first_and_gaps_stay(tmp_path: Path):
    prices = (PRICE, "02-02-2024 00:00,1706832002,NA,0.3", "02-03-2024 00:00,1706918402,5e-4,0.3")
    frame = polymarket.tables(made(tmp_path, prices=prices))["trump_price"]
    assert list(frame.itertuples(index=False, name=None)) == [("2024-02-01", 0.5046), ("2024-02-03", 0.0005)]


@pytest.mark.parametrize("date", ["01-02-2024 00:00", "2024-02-01 00:00"])
def test_another_way_to_write_dates_is_refused(tmp_path: Path, date: str):
    with pytest.raises(ValueError, match=date):
        polymarket.tables(made(tmp_path, prices=(PRICE.replace("02-01-2024 00:00", date),)))


def test_corrections_are_applied(tmp_path: Path):
    wrong = Correction(
        frame="pres_daily", where={"Donald Trump": "0.50456"}, action="drop", expect=1, reason="made up"
    )
    inputs = made(tmp_path)
    inputs.datasets["polymarket"].corrections = (wrong,)
    assert polymarket.tables(inputs)["trump_price"].empty


def test_a_missing_column_is_named(tmp_path: Path):
    with pytest.raises(ValueError, match="winning_outcome"):
        polymarket.tables(made(tmp_path, markets_header=MARKETS.replace("winning_outcome", "outcome")))
    with pytest.raises(ValueError, match="Donald Trump"):
        polymarket.tables(made(tmp_path, prices_header=PRICES.replace("Donald Trump", "Trump")))


@pytest.mark.parametrize("name", ["markets", "trump_price"])
def test_the_tables_keep_to_their_models(found: dict[str, pandas.DataFrame], tmp_path: Path, name: str):
    path, problems = tmp_path / f"{name}.csv", []
    found[name].to_csv(path, index=False)
    assert read_table(path, TABLES[name], problems) is not None, problems


def test_the_markets_on_the_war(found: dict[str, pandas.DataFrame]):
    markets = found["markets"].set_index("question")
    assert len(markets) == 38
    assert (markets["opened"].min(), markets["closed"].max()) == ("2024-01-25", "2025-02-15")
    assert markets["outcome"].value_counts().to_dict() == {"No": 31, "Yes": 7}
    assert (markets["opened"] < markets["closed"]).all()
    # What the claims on Kursk and on the end of the war look at.
    kursk = markets.loc["Will Ukraine hold Kursk through 2024?"]
    assert kursk.to_list() == ["2024-08-28", "2025-01-01", "Yes", 2602340]
    end = markets.loc["Trump ends Ukraine war before inauguration?"]
    assert end.to_list() == ["2024-11-06", "2025-01-20", "No", 5108187]


def test_no_market_on_north_korean_soldiers_was_left_out(inputs: Inputs):
    raw = pandas.read_csv(inputs.file("polymarket", "outcomes.csv"), dtype=str, keep_default_na=False)
    korean = raw["question"][raw["question"].str.contains("North Korea")]
    assert len(korean) == 5
    assert not korean.str.contains("(?i)russia|ukrain|kursk|troops|soldiers").any()


def test_the_price_of_every_day(found: dict[str, pandas.DataFrame]):
    prices = found["trump_price"]
    days = pandas.date_range("2024-01-05", "2024-11-06").strftime("%Y-%m-%d")
    assert list(prices["date"]) == list(days)
    assert prices["probability"].agg(["min", "max"]).to_list() == [0.405, 0.705]
    assert prices["probability"].iloc[-1] == 0.58


def test_the_prices_of_the_candidates_leave_no_room_for_another_column(inputs: Inputs):
    # The shares of all candidates together cost about a dollar: the three that are kept cost no more than
    # that and the spread, and the rest is for candidates that are not kept.
    raw = pandas.read_csv(inputs.file("polymarket", "pres_daily.csv"))
    together = raw[["Donald Trump", "Joe Biden", "Kamala Harris"]].sum(axis=1)
    assert together.between(0.75, 1.01).all()
