"""Samples made for tests: people who don't exist, odd headers, and things that look like identifiers and are not."""

from __future__ import annotations

import csv
import io
import json
import random
from typing import TYPE_CHECKING

from faker import Faker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


CITIES = [
    "Lyon",
    "Porto",
    "Gdynia",
    "Leipzig",
    "Boston",
    "Madrid",
    "Leeds",
    "Nantes",
    "Bilbao",
    "Turin",
    "Ghent",
    "Graz",
]


def customers(rows: int = 200, *, seed: int = 1, locale: str = "en_US") -> list[dict[str, str]]:
    """A table about people, with near misses: order numbers like telephones, SKUs, model names."""
    faker = Faker(locale)
    faker.seed_instance(seed)
    rng = random.Random(seed)
    columns: dict[str, Callable[[], str]] = {
        "customer_email": faker.email,
        "full_name": faker.name,
        "phone": lambda: "+44 20 79" + faker.numerify("## ####"),
        "signup_city": lambda: rng.choice(CITIES),
        "birth_date": lambda: faker.date_of_birth(minimum_age=18, maximum_age=80).isoformat(),
        "gender": lambda: rng.choice(["male", "female"]),
        "diagnosis": lambda: rng.choice(["asthma", "diabetes", "none"]),
        "iban": faker.iban,
        "last_ip": faker.ipv4_public,
        "order_no": lambda: faker.numerify("4###-##-####"),
        "sku": lambda: faker.bothify("??-#####").upper(),
        "phone_model": lambda: rng.choice(["Galaxy S9", "Pixel 8", "iPhone 15", "Moto G"]),
        "amount": lambda: f"{rng.uniform(5, 900):.2f}",
        "created_at": lambda: faker.date_time_this_year().isoformat(sep=" "),
        "status": lambda: rng.choice(["open", "closed", "pending"]),
        "colour": lambda: rng.choice(["Green", "White", "Brown", "Gray", "Black"]),
    }
    return [{name: make() for name, make in columns.items()} for _ in range(rows)]


#: What a scan of `customers()` must call each column.
EXPECTED = {
    "customer_email": ("direct", "EMAIL_ADDRESS"),
    "full_name": ("direct", "PERSON"),
    "phone": ("direct", "PHONE_NUMBER"),
    "signup_city": ("quasi", "LOCATION"),
    "birth_date": ("quasi", "DATE_OF_BIRTH"),
    "gender": ("quasi", "GENDER"),
    "iban": ("direct", "IBAN_CODE"),
    "last_ip": ("direct", "IP_ADDRESS"),
    "order_no": ("none", ""),
    "sku": ("none", ""),
    "phone_model": ("none", ""),
    "amount": ("none", ""),
    "created_at": ("none", ""),
    "status": ("none", ""),
    "colour": ("none", ""),
}


def as_csv(rows: Sequence[dict[str, str]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding, errors="replace")


def messages(count: int = 300, *, seed: int = 2, share: float = 0.4) -> list[str]:
    """Support chat: `share` of the messages name a person, an e-mail address or a place."""
    faker = Faker("en_US")
    faker.seed_instance(seed)
    rng = random.Random(seed)
    holding = [
        lambda: f"Hi, I'm {faker.name()} and my order has not arrived.",
        lambda: f"Please write to {faker.email()} about the refund.",
        lambda: f"My name is {faker.name()}, I live in {rng.choice(['Paris', 'London', 'Boston', 'Madrid'])}.",
        lambda: f"Call me back on +44 20 79{faker.numerify('## ####')} when you can.",
    ]
    plain = [
        "The app is slow and I can not log in since the last update.",
        "Where is my package? The tracking page has not changed for a week.",
        "Thank you, the problem is solved and I am happy with the answer.",
        "I was charged two times for the same order this month, please check.",
    ]
    return [
        rng.choice(holding)() if rng.random() < share else rng.choice(plain) + f" Ticket {n}." for n in range(count)
    ]


def as_jsonl(texts: Sequence[str]) -> bytes:
    return "".join(json.dumps({"id": n, "message": text}) + "\n" for n, text in enumerate(texts)).encode()
