# ruff: noqa: E501 - a line a concept reads better than a concept over five lines
"""The part to tune on: shops, staff, patients, pupils, banks, telephones, logs, sensors, stock, places, money, sports."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from tests.benchmarks.generate.tables import Concept, Part, Trade
from tests.benchmarks.generate.tables_rows import Row

D, Q, N = "direct", "quasi", "none"


def local(row: Row, method: str, fallback: str) -> str:
    """A Faker method not every locale has."""
    make: Any = getattr(row.faker, method, None)
    return str(make() if make else getattr(row.faker, fallback)())


def _mail(row: Row) -> str:
    name = f"{row.first}.{row.last}".lower().encode("ascii", "ignore").decode().replace(" ", "") or "kontakt"
    return f"{name}{row.rng.choice(('', str(row.rng.randint(1, 99))))}@{row.faker.free_email_domain()}"


def _order(row: Row) -> str:
    return row.faker.numerify(
        row.few("order form", 1, lambda: row.pick("###-####", "2024-#####", "45########", "ORD-######"))
    )


def _coordinate(row: Row, low: float, high: float) -> str:
    return f"{row.rng.uniform(low, high):.5f}"


CONCEPTS: Final[dict[str, Concept]] = {
    # people
    "first": Concept(D, {"en": "first name;fname;given name", "fr": "prénom", "de": "Vorname", "es": "nombre", "it": "nome", "nl": "voornaam",
        "pl": "imie", "pt": "primeiro nome", "ja": "名"}, lambda r: r.first),
    "last": Concept(D, {"en": "last name;surname;lname", "fr": "nom de famille;nom", "de": "Nachname;Familienname", "es": "apellidos;apellido",
        "it": "cognome", "nl": "achternaam", "pl": "nazwisko", "pt": "sobrenome", "ja": "姓"}, lambda r: r.last),
    "full": Concept(D, {"en": "full name;name;customer name;cust nm1", "fr": "nom complet", "de": "Name;Kundenname", "es": "nombre completo",
        "it": "nominativo", "nl": "naam", "pl": "imie i nazwisko", "pt": "nome completo", "ja": "氏名"}, lambda r: f"{r.first} {r.last}"),
    "inverted": Concept(D, {"en": "name;employee name;patient name", "de": "Name", "fr": "nom"}, lambda r: f"{r.last}, {r.first}"),
    "email": Concept(D, {"en": "email;e mail;email address;contact email", "fr": "courriel;adresse mail", "de": "E-Mail", "es": "correo electronico",
        "it": "posta elettronica", "nl": "emailadres", "pl": "adres email", "pt": "endereço de email", "ja": "メール"}, _mail),
    "phone": Concept(D, {"en": "phone;tel;mobile number;phone no", "fr": "téléphone;portable", "de": "Telefon;Handynummer", "es": "teléfono;móvil",
        "it": "cellulare", "nl": "telefoonnummer", "pl": "telefon", "pt": "telefone;celular", "ja": "電話番号"}, lambda r: r.faker.phone_number()),
    "address": Concept(D, {"en": "address;street;street address;addr1", "fr": "adresse;rue", "de": "Anschrift;Straße", "es": "dirección;calle",
        "it": "indirizzo", "nl": "adres", "pl": "ulica", "pt": "endereço", "ja": "住所"}, lambda r: r.faker.street_address()),
    "city": Concept(Q, {"en": "city;town", "fr": "ville;commune", "de": "Ort;Wohnort", "es": "ciudad", "it": "città;comune", "nl": "woonplaats",
        "pl": "miasto", "pt": "cidade", "ja": "市区町村"}, lambda r: r.town),
    "postcode": Concept(Q, {"en": "postcode;zip;zip code;postal code", "fr": "code postal;cp", "de": "PLZ", "es": "código postal", "it": "cap",
        "nl": "postcode", "pl": "kod pocztowy", "pt": "cep", "ja": "郵便番号"}, lambda r: r.faker.postcode()),
    "state": Concept(Q, {"en": "state;region", "fr": "région", "de": "Bundesland", "es": "provincia", "it": "regione", "pl": "województwo",
        "pt": "estado"}, lambda r: local(r, "state_abbr" if r.style.minors else "state", "city")),
    "country": Concept(Q, {"en": "country;country of residence", "fr": "pays", "de": "Land", "es": "país", "it": "paese", "pt": "país"},
        lambda r: r.faker.country()),
    "birth": Concept(Q, {"en": "date of birth;dob;birth date;birthday", "fr": "date de naissance", "de": "Geburtsdatum", "es": "fecha de nacimiento",
        "it": "data di nascita", "nl": "geboortedatum", "pl": "data urodzenia", "pt": "data de nascimento", "ja": "生年月日"},
        lambda r: r.written(r.birth)),
    "birth_year": Concept(Q, {"en": "birth year;year of birth;yob", "de": "Geburtsjahr", "fr": "année de naissance"}, lambda r: str(r.birth.year)),
    "age": Concept(Q, {"en": "age;patient age;age years", "fr": "âge", "de": "Alter", "es": "edad", "it": "età", "nl": "leeftijd", "pl": "wiek",
        "pt": "idade", "ja": "年齢"}, lambda r: str(2024 - r.birth.year)),
    "age_band": Concept(Q, {"en": "age group;age band", "de": "Altersgruppe", "fr": "tranche d'âge"},
        lambda r: f"{(2024 - r.birth.year) // 10 * 10}-{(2024 - r.birth.year) // 10 * 10 + 9}"),
    "sex": Concept(Q, {"en": "sex;gender", "fr": "sexe", "de": "Geschlecht", "es": "sexo", "it": "sesso", "nl": "geslacht", "pl": "płeć",
        "pt": "sexo", "ja": "性別"}, lambda r: r.style.sexes[not r.male]),
    "marital": Concept(Q, {"en": "marital status;civil status", "fr": "situation familiale", "de": "Familienstand", "es": "estado civil",
        "it": "stato civile"}, lambda r: r.pick("single", "married", "divorced", "widowed") if not r.style.upper else r.pick("S", "M", "D", "W")),
    "nationality": Concept(Q, {"en": "nationality;citizenship", "fr": "nationalité", "de": "Staatsangehörigkeit", "es": "nacionalidad"},
        lambda r: r.pick("French", "German", "British", "Italian", "Spanish", "Polish", "Turkish", "American", "Indian", "Chinese")),
    "ethnicity": Concept(Q, {"en": "ethnicity;race;ethnic group"}, lambda r: r.pick("White", "Black", "Asian", "Hispanic", "Other", "Mixed")),
    "religion": Concept(Q, {"en": "religion;faith", "de": "Konfession"}, lambda r: r.pick("catholic", "protestant", "muslim", "none", "jewish")),
    "job": Concept(Q, {"en": "job title;occupation;position", "fr": "profession;métier", "de": "Beruf", "es": "profesión", "it": "professione",
        "nl": "beroep", "pl": "zawód", "pt": "profissão", "ja": "職業"}, lambda r: r.faker.job()),
    "education": Concept(Q, {"en": "education;highest degree"}, lambda r: r.pick("High school", "Bachelor", "Master", "PhD", "Some college")),
    "title": Concept(Q, {"en": "title;salutation", "de": "Anrede", "fr": "civilité"}, lambda r: {"de": ("Herr", "Frau"), "fr": ("M.", "Mme")}.get(
        r.faker.locales[0][:2], ("Mr", "Mrs"))[not r.male]),
    "username": Concept(D, {"en": "username;login;user name", "de": "Benutzername", "fr": "identifiant de connexion"}, lambda r: r.faker.user_name()),
    "person_id": Concept(D, {"en": "customer id;user id;employee id;patient id;member id", "de": "Kundennummer", "fr": "numéro client",
        "es": "id cliente"}, lambda r: str(10_000 + r.n * 7) if not r.style.upper else f"C{r.n + 1000:06d}"),
    "national": Concept(D, {"en": "ssn;national id;social security number", "fr": "numéro de sécurité sociale", "de": "Sozialversicherungsnummer",
        "es": "dni", "it": "codice fiscale", "nl": "bsn", "pl": "pesel", "pt": "cpf", "ja": "マイナンバー"},
        lambda r: r.faker.cpf() if hasattr(r.faker, "cpf") else r.faker.pesel() if hasattr(r.faker, "pesel") else r.faker.ssn()),
    "iban": Concept(D, {"en": "iban;account iban", "de": "IBAN"}, lambda r: r.faker.iban()),
    "card": Concept(D, {"en": "card number;credit card;cc no", "de": "Kreditkartennummer"}, lambda r: r.faker.credit_card_number()),
    "ip": Concept(D, {"en": "ip;ip address;client ip;last login ip"}, lambda r: r.faker.ipv4_public()),
    "mac": Concept(D, {"en": "mac address;device mac"}, lambda r: r.faker.mac_address()),
    "salary": Concept(Q, {"en": "salary;annual income", "de": "Gehalt", "fr": "salaire"}, lambda r: str(r.rng.randint(18, 140) * 1000)),
    # of people, naming nobody
    "signup": Concept(N, {"en": "created at;signup date;registered on", "de": "Anlagedatum", "fr": "date de création"}, lambda r: r.written(r.recent)),
    "active": Concept(N, {"en": "is active;newsletter;email verified;opt in"}, lambda r: r.pick("0", "1") if r.style.minors else r.pick("true", "false")),
    "spent": Concept(N, {"en": "total spent;balance;lifetime value", "de": "Umsatz"}, lambda r: f"{r.rng.uniform(0, 5000):.2f}"),
    "visits": Concept(N, {"en": "visits;login count;num orders;points"}, lambda r: str(r.rng.randint(0, 120))),
    "plan": Concept(N, {"en": "plan;tier;segment"}, lambda r: r.pick("basic", "premium", "gold", "A", "B")),
    "department": Concept(N, {"en": "department;dept;team"}, lambda r: r.pick("Sales", "Finance", "IT", "Marketing", "HR", "Operations")),
    "phone_model": Concept(N, {"en": "phone model;device"}, lambda r: r.pick("iPhone 14", "Galaxy S21", "Pixel 7", "Moto G", "Nokia 3310")),
    "address_type": Concept(N, {"en": "address type;phone type"}, lambda r: r.pick("home", "work", "billing", "mobile")),
    "score": Concept(N, {"en": "score;rating;grade point"}, lambda r: f"{r.rng.uniform(0, 10):.1f}"),
    "measure": Concept(N, {"en": "glucose;blood pressure;bmi;cholesterol"}, lambda r: str(r.rng.randint(60, 220))),
    "grade": Concept(N, {"en": "grade;mark;math score"}, lambda r: str(r.rng.randint(1, 100))),
    # things
    "order": Concept(N, {"en": "order id;order number;invoice no;order ref", "de": "Auftragsnummer", "fr": "numéro de commande"}, _order),
    "product_id": Concept(N, {"en": "product id;item no;article id"}, lambda r: str(r.rng.randint(100, 99_999))),
    "sku": Concept(N, {"en": "sku;part number;article code"}, lambda r: r.faker.bothify("??-####-?").upper()),
    "ean": Concept(N, {"en": "ean;barcode;gtin"}, lambda r: r.faker.ean13()),
    "isbn": Concept(N, {"en": "isbn"}, lambda r: r.faker.isbn13()),
    "product": Concept(N, {"en": "product name;name;item;description", "de": "Produktname;Artikel", "fr": "nom du produit", "es": "producto"},
        lambda r: f"{r.pick('Oak', 'Steel', 'Blue', 'Classic', 'Victoria', 'Austin', 'Madison', 'Smart')} "
        f"{r.pick('Chair', 'Lamp', 'Bag', 'Shoe', 'Kettle', 'Jacket', 'Table', 'Speaker')} {r.pick('', 'XL', '200', 'Pro', 'II')}".strip()),
    "brand": Concept(N, {"en": "brand;manufacturer;vendor"}, lambda r: r.few("brands", 12, r.faker.company)),
    "company": Concept(N, {"en": "company;company name;supplier name", "de": "Firma", "fr": "société", "es": "empresa"}, lambda r: r.faker.company()),
    "category": Concept(N, {"en": "category;product type;department name"}, lambda r: r.pick("Garden", "Kitchen", "Toys", "Books", "Sport", "Office")),
    "colour": Concept(N, {"en": "color;colour", "de": "Farbe"}, lambda r: r.pick("red", "blue", "Black", "white", "green", "silver", "navy")),
    "price": Concept(N, {"en": "price;unit price;amount;total", "de": "Preis", "fr": "prix"}, lambda r: f"{r.rng.uniform(1, 900):.2f}"),
    "quantity": Concept(N, {"en": "quantity;qty;stock", "de": "Menge"}, lambda r: str(r.rng.randint(1, 90))),
    "when": Concept(N, {"en": "order date;timestamp;updated at;date", "de": "Datum", "fr": "date"}, lambda r: r.written(r.recent)),
    "moment": Concept(N, {"en": "timestamp;created at;event time"}, lambda r: f"{r.recent} {r.rng.randint(0, 23):02d}:{r.rng.randint(0, 59):02d}:07"),
    "status": Concept(N, {"en": "status;state;stage"}, lambda r: r.pick("open", "closed", "pending", "shipped", "cancelled")),
    "tracking": Concept(N, {"en": "tracking number;awb"}, lambda r: r.faker.numerify("1Z##############")),
    "version": Concept(N, {"en": "version;firmware;build"}, lambda r: r.faker.numerify("#.#.##")),
    "version4": Concept(N, {"en": "app version;release"}, lambda r: f"{r.rng.randint(1, 9)}.{r.rng.randint(0, 20)}.{r.rng.randint(0, 40)}.0"),
    "uuid": Concept(N, {"en": "id;event id;request id;uuid"}, lambda r: r.faker.uuid4()),
    "serial": Concept(N, {"en": "serial no;asset tag"}, lambda r: r.faker.bothify("SN########")),
    "url": Concept(N, {"en": "url;image url;link"}, lambda r: r.faker.url() + "p/" + r.faker.slug()),
    "file": Concept(N, {"en": "file name;path"}, lambda r: r.faker.file_path(depth=2)),
    "host": Concept(N, {"en": "mail server;host;server address"}, lambda r: f"{r.pick('srv', 'mx', 'db')}{r.rng.randint(1, 40)}.internal"),
    "level": Concept(N, {"en": "level;severity"}, lambda r: r.pick("INFO", "WARN", "ERROR", "DEBUG")),
    "http": Concept(N, {"en": "status code;code"}, lambda r: r.pick("200", "301", "404", "500", "201")),
    "method": Concept(N, {"en": "method;verb"}, lambda r: r.pick("GET", "POST", "PUT")),
    "bytes": Concept(N, {"en": "bytes;size;duration ms"}, lambda r: str(r.rng.randint(10, 90_000))),
    "currency": Concept(N, {"en": "currency;ccy"}, lambda r: r.pick("USD", "EUR", "GBP")),
    "country_code": Concept(N, {"en": "country code;market"}, lambda r: r.pick("US", "DE", "FR", "GB", "IT")),
    "sensor": Concept(N, {"en": "sensor id;device;node"}, lambda r: f"s-{r.rng.randint(1, 30):03d}"),
    "temperature": Concept(N, {"en": "temperature;humidity;value", "de": "Temperatur"}, lambda r: f"{r.rng.uniform(-10, 45):.1f}"),
    "integer_reading": Concept(N, {"en": "reading;level;pct"}, lambda r: str(r.rng.randint(0, 100))),
    "battery": Concept(N, {"en": "battery;voltage"}, lambda r: f"{r.rng.uniform(2, 5):.2f}"),
    "store_city": Concept(N, {"en": "city;store city;warehouse", "de": "Ort", "fr": "ville"}, lambda r: r.town),
    "store_postcode": Concept(N, {"en": "postcode;zip"}, lambda r: r.faker.postcode()),
    "store_address": Concept(N, {"en": "store address;address;location"}, lambda r: r.faker.street_address()),
    "store_lat": Concept(N, {"en": "lat;latitude"}, lambda r: _coordinate(r, 40, 55)),
    "store_lon": Concept(N, {"en": "lon;longitude"}, lambda r: _coordinate(r, -5, 20)),
    "place": Concept(N, {"en": "name;city;station", "de": "Stadt", "fr": "commune"}, lambda r: r.town),
    "thing_country": Concept(N, {"en": "country;country name", "de": "Land"}, lambda r: r.faker.country()),
    "population": Concept(N, {"en": "population;area;elevation"}, lambda r: str(r.rng.randint(900, 900_000))),
    "year": Concept(N, {"en": "year;season;model year"}, lambda r: str(r.rng.randint(1960, 2023))),
    "ticker": Concept(N, {"en": "ticker;symbol"}, lambda r: r.faker.lexify("???").upper()),
    "volume": Concept(N, {"en": "volume;open;close"}, lambda r: str(r.rng.randint(1000, 9_000_000))),
    "ratio": Concept(N, {"en": "rate;ratio;pct change"}, lambda r: f"{r.rng.uniform(-1, 1):.4f}"),
    "team": Concept(N, {"en": "team;club"}, lambda r: r.few("teams", 10, lambda: r.town) + r.pick(" FC", " United", " Tigers")),
    "position": Concept(N, {"en": "pos;position"}, lambda r: r.pick("GK", "DF", "MF", "FW")),
    "goals": Concept(N, {"en": "goals;assists;minutes"}, lambda r: str(r.rng.randint(0, 60))),
    "height": Concept(N, {"en": "height;weight"}, lambda r: str(r.rng.randint(160, 210))),
    "delivery": Concept(N, {"en": "delivery date;due date"}, lambda r: r.written(r.recent + timedelta(days=3))),
    "course": Concept(N, {"en": "course;class;subject"}, lambda r: r.pick("Algebra I", "History", "Biology", "French", "Art", "Physics 2")),
    "note": Concept(N, {"en": "note;comment"}, lambda r: r.pick("call back later", "paid in full", "no answer", "see file", "waiting for parts")),
}  # fmt: skip

TRADES: Final[dict[str, Trade]] = {
    "shop customers": Trade(("customers.csv", "kunden.csv", "clients_export.csv", "data.csv"),
        "person_id first! last! email! phone address city postcode state country sex birth signup active spent visits plan company"),
    "shop orders": Trade(("orders.csv", "sales.csv", "bestellungen.csv"),
        "order! full email address city postcode country product quantity! price! currency when! status tracking"),
    "staff": Trade(("employees.csv", "hr.csv", "mitarbeiter.csv", "staff_list.csv"),
        "person_id! full! email job! department! salary sex birth age nationality marital education signup phone active"),
    "staff names inverted": Trade(("HRDataset.csv", "payroll.csv"), "inverted! person_id salary! job department sex marital ethnicity birth score when"),
    "patients": Trade(("patients.csv", "admissions.csv", "dataset.csv"),
        "person_id inverted age! sex! birth city postcode ethnicity measure! religion marital national when score"),
    "survey": Trade(("survey.csv", "responses.csv", "train.csv"), "age! sex! education! marital job! ethnicity salary country age_band score! birth_year active"),
    "pupils": Trade(("students.csv", "schueler.csv", "grades.csv"), "person_id first! last! birth sex course! grade! score email address city when"),
    "bank": Trade(("accounts.csv", "bank_clients.csv"), "full! iban! card birth national phone spent! currency when postcode city title active"),
    "telephone company": Trade(("subscribers.csv", "cdr.csv"), "phone! full email person_id plan! visits! phone_model active when address_type spent postcode"),
    "web log": Trade(("access_log.csv", "events.csv", "analytics.csv"), "moment! ip! method! http! url bytes! username uuid version4 level file"),
    "app log": Trade(("app.csv", "log.csv"), "moment! level! host! uuid file bytes version http"),
    "sensors": Trade(("sensors.csv", "telemetry.csv", "iot.csv"), "sensor! moment! temperature! battery integer_reading! version serial status active"),
    "products": Trade(("products.csv", "catalog.csv", "artikel.csv"), "product_id! sku product! brand category! colour price! quantity ean! url active version"),
    "books": Trade(("books.csv", "titles.csv"), "isbn! product price! year! category score quantity url"),
    "stock": Trade(("inventory.csv", "warehouse.csv"), "sku! product! quantity! store_city! company when serial status price category"),
    "shops": Trade(("stores.csv", "branches.csv", "filialen.csv"), "product_id store_city! store_postcode! store_address! store_lat store_lon population active when url"),
    "places": Trade(("cities.csv", "stations.csv", "geo.csv"), "place! thing_country! store_lat! store_lon! population! country_code year"),
    "money": Trade(("prices.csv", "stocks.csv", "transactions.csv"), "ticker! when! volume! ratio! price! currency company year"),
    "suppliers": Trade(("suppliers.csv", "vendors.csv", "companies.csv"), "product_id company! thing_country! category score! url currency when status"),
    "players": Trade(("players.csv", "squad.csv", "spieler.csv"), "full! team! position! goals! age nationality! height! birth score salary"),
    "subscribers": Trade(("newsletter.csv", "users.csv", "accounts.csv"), "person_id email! username! ip signup! active! country mac plan version4"),
    "tickets": Trade(("tickets.csv", "support.csv"), "order! full email! status! level note when! category phone"),
}  # fmt: skip

PART: Final = Part(
    TRADES,
    CONCEPTS,
    ("en_US", "en_US", "en_GB", "fr_FR", "de_DE", "es_ES", "it_IT", "nl_NL", "pl_PL", "pt_BR", "ja_JP"),
    seed=4_000,
)
