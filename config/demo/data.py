"""The demonstration's files: a customers table, a few thousand support messages, and the schema both come from."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from config.demo import words

CUSTOMERS: Final = 1_200
MESSAGES: Final = 4_812
SEED: Final = 20_261_122

SCHEMA_V1: Final = """\
-- Support platform, production schema
CREATE TABLE customers (
    customer_id   integer PRIMARY KEY,
    full_name     varchar(120) NOT NULL,
    email         varchar(200) NOT NULL UNIQUE,
    phone         varchar(40),
    birth_year    smallint,
    city          varchar(80),
    postcode      varchar(12),
    country       char(2) NOT NULL,
    plan          varchar(20) NOT NULL,
    signed_up_on  date NOT NULL
);

CREATE TABLE chats (
    message_id   bigint PRIMARY KEY,
    customer_id  integer NOT NULL REFERENCES customers (customer_id),
    agent        varchar(20) NOT NULL,
    sent_at      timestamp NOT NULL,
    message      text NOT NULL
);

CREATE TABLE labels (
    message_id  bigint PRIMARY KEY REFERENCES chats (message_id),
    sentiment   varchar(10) NOT NULL CHECK (sentiment IN ('negative', 'neutral', 'positive')),
    labelled_by varchar(20) NOT NULL
);
COMMENT ON COLUMN chats.message IS 'What the customer wrote, as typed';
"""

SHOP_SCHEMA: Final = """\
CREATE TABLE shoppers (
    shopper_id     integer PRIMARY KEY,
    email          varchar(200) NOT NULL,
    year_of_birth  smallint,
    gender         char(1),
    postcode       varchar(12)
);
CREATE TABLE purchases (
    purchase_id  bigint PRIMARY KEY,
    shopper_id   integer REFERENCES shoppers (shopper_id),
    product      varchar(80),
    price        numeric(8, 2),
    bought_at    timestamp
);
"""


@dataclass(frozen=True, slots=True)
class Customer:
    number: int
    first: str
    last: str
    email: str
    phone: str
    birth_year: int
    city: str
    postcode: str
    country: str
    plan: str
    signed_up: date


def customers() -> list[Customer]:
    """The same invented people on every run."""
    draw = random.Random(SEED)  # noqa: S311 - repeatable, nothing secret
    return [_customer(number, draw) for number in range(1, CUSTOMERS + 1)]


def _customer(number: int, draw: random.Random) -> Customer:
    first, last = draw.choice(words.FIRST), draw.choice(words.LAST)
    city, country, postcode = draw.choice(words.CITIES)
    return Customer(
        number=number,
        first=first,
        last=last,
        email=f"{_plain(first)}.{_plain(last)}{number}@{draw.choice(words.DOMAINS)}",
        phone=f"+49 30 {draw.randint(2_000_000, 9_999_999)}",
        birth_year=int(draw.triangular(1948, 2007, 1988)),
        city=city,
        postcode=postcode,
        country=country,
        plan=draw.choices(words.PLANS, weights=(50, 30, 15, 5))[0],
        signed_up=date(2022, 1, 3) + timedelta(days=draw.randrange(1_500)),
    )


def _plain(name: str) -> str:
    table = str.maketrans("éáíóúñ", "eaioun")
    return name.lower().translate(table)


def customers_csv() -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        [
            "customer_id",
            "full_name",
            "email",
            "phone",
            "birth_year",
            "city",
            "postcode",
            "country",
            "plan",
            "signed_up_on",
        ]
    )
    for c in customers():
        name = f"{c.first} {c.last}"
        writer.writerow(
            [
                c.number,
                name,
                c.email,
                c.phone,
                c.birth_year,
                c.city,
                c.postcode,
                c.country,
                c.plan,
                c.signed_up.isoformat(),
            ]
        )
    return out.getvalue().encode()


def chats_parquet() -> bytes:
    """4,812 messages with their labels, as the training job reads them."""
    draw = random.Random(SEED + 1)  # noqa: S311 - repeatable, nothing secret
    people = customers()
    rows = [_message(number, draw.choice(people), draw) for number in range(1, MESSAGES + 1)]
    names = ("message_id", "customer_id", "agent", "sent_at", "message", "sentiment")
    table = pa.table({name: [row[i] for row in rows] for i, name in enumerate(names)})
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()


def _message(number: int, who: Customer, draw: random.Random) -> tuple[int, int, str, datetime, str, str]:
    text, sentiment = draw.choice(words.MESSAGES)
    filled = text.format(
        name=f"{who.first} {who.last}",
        first=who.first,
        email=who.email,
        city=who.city,
        phone=who.phone,
        order=f"A-{draw.randint(100_000, 999_999)}",
        day=draw.choice(words.DAYS),
        product=draw.choice(words.PRODUCTS),
    )
    sent = datetime(2025, 1, 1, 8) + timedelta(minutes=draw.randrange(600_000))  # noqa: DTZ001 - a column without zone
    return number, who.number, draw.choice(words.AGENTS), sent, filled, sentiment


def shoppers_csv(*, later: bool = False) -> bytes:
    """600 of the same invented people as shoppers, with what a recommender would read about them.

    The later export of the two has more of them, and telephone numbers.
    """
    draw = random.Random(SEED + 2)  # noqa: S311 - repeatable, nothing secret
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    header = ["shopper_id", "email", "year_of_birth", "gender", "postcode", "last_product", "spent_eur"]
    writer.writerow([*header, "phone"] if later else header)
    for c in customers()[: 700 if later else 600]:
        spent = f"{draw.triangular(4, 900, 60):.2f}"
        row = [c.number, c.email, c.birth_year, draw.choice("fm"), c.postcode, draw.choice(words.GOODS), spent]
        writer.writerow([*row, c.phone] if later else row)
    return out.getvalue().encode()
