# ruff: noqa: E501 - a line a concept reads better than a concept over five lines
"""The part to measure on, never looked at while tuning: libraries, flights, claims, donations, homes, trials, taxis, museums.

Other trades, header words, locales and ways to write values than the part to tune on.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from tests.benchmarks.generate.tables import Concept, Part, Trade
from tests.benchmarks.generate.tables_rows import Row

D, Q, N = "direct", "quasi", "none"


def _mail(row: Row) -> str:
    return f"{row.faker.user_name()}@{row.faker.domain_name()}"


def _band(row: Row) -> str:
    age = 2024 - row.birth.year
    return "<18" if age < 18 else "65+" if age >= 65 else f"{age // 5 * 5} to {age // 5 * 5 + 4}"


CONCEPTS: Final[dict[str, Concept]] = {
    "forename": Concept(D, {"en": "forename;given;christian name", "de": "Rufname", "fr": "prénom usuel", "es": "primer nombre",
        "pt": "nome próprio", "sv": "förnamn", "da": "fornavn"}, lambda r: r.first),
    "family": Concept(D, {"en": "family name;last;surnm", "de": "Familienname", "fr": "nom de naissance", "es": "primer apellido",
        "pt": "apelido", "sv": "efternamn", "da": "efternavn"}, lambda r: r.last),
    "whole": Concept(D, {"en": "passenger name;insured;donor;attendee name;borrower;client name", "de": "Versicherter", "es": "titular",
        "fr": "bénéficiaire", "pt": "segurado"}, lambda r: f"{r.first} {r.last}"),
    "initialled": Concept(D, {"en": "contact person;holder;signed by", "de": "Ansprechpartner"}, lambda r: f"{r.first[:1]}. {r.last}"),
    "mail": Concept(D, {"en": "e-mail addr;mail;customer mail;work email", "de": "Mailadresse", "fr": "mél", "es": "correo", "pt": "email"}, _mail),
    "call": Concept(D, {"en": "cell;contact number;daytime phone;msisdn", "de": "Rufnummer", "fr": "numéro de téléphone", "es": "celular",
        "pt": "telemóvel", "sv": "mobiltelefon"}, lambda r: r.faker.phone_number()),
    "home": Concept(D, {"en": "home address;residence;mailing address;line 1", "de": "Wohnanschrift", "fr": "domicile", "es": "domicilio",
        "pt": "morada"}, lambda r: r.faker.street_address()),
    "town": Concept(Q, {"en": "home town;municipality;place of residence", "de": "Wohnort", "fr": "commune de résidence", "es": "localidad",
        "pt": "localidade"}, lambda r: r.town),
    "zip5": Concept(Q, {"en": "zip5;post code;pin code", "de": "Postleitzahl", "fr": "code postal", "es": "cod postal", "pt": "codigo postal"},
        lambda r: r.faker.postcode()),
    "land": Concept(Q, {"en": "nation;residence country", "de": "Wohnland", "es": "país de residencia"}, lambda r: r.faker.country_code("alpha-2")),
    "born": Concept(Q, {"en": "born;d o b;birth dt;bday", "de": "geb datum", "fr": "né le", "es": "fec nacimiento", "pt": "data nasc"},
        lambda r: r.written(r.birth)),
    "years": Concept(Q, {"en": "age in years;ages;age at diagnosis", "de": "Alter Jahre", "es": "edad", "pt": "idade"},
        lambda r: str(2024 - r.birth.year)),
    "band": Concept(Q, {"en": "age bracket;age range"}, _band),
    "gender": Concept(Q, {"en": "gndr;gender code;sex at birth", "de": "Geschlecht", "es": "género", "fr": "sexe", "pt": "sexo", "sv": "kön"},
        lambda r: r.style.sexes[not r.male]),
    "married": Concept(Q, {"en": "marital;relationship status", "de": "Zivilstand", "es": "estado civil"},
        lambda r: r.pick("Single", "Married", "Divorced", "Widowed", "Separated")),
    "origin": Concept(Q, {"en": "ethnic origin;racial group"}, lambda r: r.pick("White British", "Black African", "Bangladeshi", "Mixed", "Other")),
    "citizen": Concept(Q, {"en": "citizenship;nationality"}, lambda r: r.pick("Swedish", "Danish", "Canadian", "Mexican", "Indian", "Austrian", "Czech")),
    "work": Concept(Q, {"en": "profession;current job;designation", "de": "Tätigkeit", "es": "ocupación", "fr": "métier", "pt": "cargo"},
        lambda r: r.faker.job()),
    "degree": Concept(Q, {"en": "qualification;education level"}, lambda r: r.pick("Secondary", "Vocational", "Bachelor's degree", "Master's degree", "PhD")),
    "party": Concept(Q, {"en": "registered party;political party"}, lambda r: r.pick("Democrat", "Republican", "Independent", "Libertarian")),
    "faith": Concept(Q, {"en": "religious belief;denomination"}, lambda r: r.pick("Hindu", "Muslim", "Christian", "Sikh", "Buddhist", "None")),
    "illness": Concept(Q, {"en": "diagnosis;medical condition"}, lambda r: r.pick("asthma", "hypertension", "type 2 diabetes", "migraine")),
    "handle": Concept(D, {"en": "user handle;screen name;login name"}, lambda r: r.faker.user_name()),
    "member": Concept(D, {"en": "membership no;patron id;policyholder id;subject id;driver id;voter id"}, lambda r: f"{r.n + 41:05d}"),
    "passport": Concept(D, {"en": "passport no;travel document"}, lambda r: r.faker.bothify("??#######").upper()),
    "account": Concept(D, {"en": "bank account;payout iban"}, lambda r: r.faker.iban()),
    "card": Concept(D, {"en": "debit card number;pan"}, lambda r: r.faker.credit_card_number("visa")),
    "peer": Concept(D, {"en": "remote addr;source ip"}, lambda r: r.faker.ipv4_public()),
    "pay": Concept(Q, {"en": "gross pay;household income"}, lambda r: str(r.rng.randint(180, 990) * 100)),
    # near misses
    "joined": Concept(N, {"en": "joined;enrolled on;member since", "de": "Eintritt"}, lambda r: r.written(r.recent)),
    "flag": Concept(N, {"en": "consent given;phone verified;has email;is primary"}, lambda r: r.pick("Y", "N")),
    "flight": Concept(N, {"en": "flight no;service"}, lambda r: r.faker.bothify("?? ####").upper()),
    "airport": Concept(N, {"en": "from;to;origin airport"}, lambda r: r.pick("LHR", "CDG", "JFK", "ARN", "CPH", "VIE", "MEX", "DEL")),
    "seat": Concept(N, {"en": "seat;gate"}, lambda r: f"{r.rng.randint(1, 40)}{r.pick('A', 'B', 'C', 'F')}"),
    "claim": Concept(N, {"en": "claim number;case ref;booking ref"}, lambda r: r.faker.numerify("##-#####-##")),
    "paid": Concept(N, {"en": "amount paid;premium;donation amount;fare"}, lambda r: f"{r.rng.uniform(5, 3000):.2f}"),
    "points": Concept(N, {"en": "nps;satisfaction;turnout pct;loans out"}, lambda r: str(r.rng.randint(0, 10))),
    "book": Concept(N, {"en": "book title;title;work"}, lambda r: r.pick("The Long Winter", "Emma", "Jane Eyre", "Dubliners", "Hard Times", "Middlemarch")),
    "isbn10": Concept(N, {"en": "isbn 10;isbn"}, lambda r: r.faker.isbn10()),
    "shelf": Concept(N, {"en": "shelf mark;call number;locker"}, lambda r: r.faker.bothify("?? ###.#").upper()),
    "dish": Concept(N, {"en": "dish;menu item;name"}, lambda r: r.pick("Caesar salad", "Margherita", "Eggs Benedict", "Pad Thai", "Beef Wellington")),
    "venue": Concept(N, {"en": "restaurant name;venue;name"}, lambda r: f"{r.faker.last_name()}{r.pick('’s Grill', ' Bistro', ' Café', ' Kitchen', ' & Sons')}"),
    "site_town": Concept(N, {"en": "city;location;site", "de": "Standort", "es": "ciudad"}, lambda r: r.town),
    "site_street": Concept(N, {"en": "venue address;site address;address"}, lambda r: r.faker.street_address()),
    "site_zip": Concept(N, {"en": "zip;postcode"}, lambda r: r.faker.postcode()),
    "price": Concept(N, {"en": "list price;asking price;rent"}, lambda r: str(r.rng.randint(90, 900) * 1000)),
    "rooms": Concept(N, {"en": "bedrooms;floors;stars"}, lambda r: str(r.rng.randint(1, 6))),
    "square": Concept(N, {"en": "sqft;living area"}, lambda r: str(r.rng.randint(400, 4000))),
    "built": Concept(N, {"en": "year built;construction year"}, lambda r: str(r.rng.randint(1890, 2022))),
    "north": Concept(N, {"en": "y coord;latitude"}, lambda r: f"{r.rng.uniform(-35, 60):.6f}"),
    "east": Concept(N, {"en": "x coord;longitude"}, lambda r: f"{r.rng.uniform(-120, 150):.6f}"),
    "film": Concept(N, {"en": "title;movie;film title"}, lambda r: r.pick("Rebecca", "Annie Hall", "Laura", "Rocky", "Gilda", "Vertigo", "Casablanca", "Alien")),
    "director": Concept(D, {"en": "director;lead actor"}, lambda r: r.few("directors", 25, r.faker.name)),
    "genre": Concept(N, {"en": "genre;rating;certificate"}, lambda r: r.pick("Drama", "Comedy", "PG-13", "Thriller", "R")),
    "minutes": Concept(N, {"en": "runtime;duration min"}, lambda r: str(r.rng.randint(61, 240))),
    "artefact": Concept(N, {"en": "object name;artefact"}, lambda r: r.pick("Bronze bowl", "Oil lamp", "Silk robe", "Marble bust", "Iron key")),
    "inventory": Concept(N, {"en": "accession no;inventory number"}, lambda r: r.faker.numerify("19##.###.#")),
    "material": Concept(N, {"en": "material;medium;culture"}, lambda r: r.pick("bronze", "oil on canvas", "silk", "marble", "iron")),
    "rain": Concept(N, {"en": "rain mm;wind speed;temp c"}, lambda r: f"{r.rng.uniform(0, 60):.1f}"),
    "humidity": Concept(N, {"en": "humidity;cloud cover;soc pct"}, lambda r: str(r.rng.randint(12, 100))),
    "taken": Concept(N, {"en": "observed at;read at;pickup time"}, lambda r: f"{r.recent}T{r.rng.randint(0, 23):02d}:{r.rng.randint(0, 59):02d}:00Z"),
    "plant": Concept(N, {"en": "plant name;unit;station name"}, lambda r: f"{r.town} {r.pick('North', 'Hydro', 'Solar Park', 'II')}"),
    "owner": Concept(N, {"en": "operator;utility;employer name;exhibitor"}, lambda r: r.faker.company()),
    "fuel": Concept(N, {"en": "fuel;technology"}, lambda r: r.pick("hydro", "solar", "gas", "wind", "coal")),
    "mega": Concept(N, {"en": "capacity mw;output"}, lambda r: f"{r.rng.uniform(1, 900):.1f}"),
    "repo": Concept(N, {"en": "repository;package name;branch"}, lambda r: f"{r.pick('core', 'web', 'data', 'auth')}-{r.pick('api', 'ui', 'sync', 'tools')}"),
    "commit": Concept(N, {"en": "commit sha;checksum"}, lambda r: r.faker.sha1()),
    "issue": Concept(N, {"en": "issue id;pr number"}, lambda r: str(r.rng.randint(1, 99_999))),
    "state": Concept(N, {"en": "state;resolution"}, lambda r: r.pick("merged", "open", "closed", "draft")),
    "semver": Concept(N, {"en": "agent version;tag"}, lambda r: f"{r.rng.randint(1, 20)}.{r.rng.randint(0, 30)}.{r.rng.randint(0, 9)}.{r.rng.randint(0, 9)}"),
    "model": Concept(N, {"en": "vehicle model;phone model;make"}, lambda r: r.pick("Corolla", "Mercedes C200", "Clio", "Megane", "Galaxy A52", "Golf")),
    "vendor": Concept(N, {"en": "mail provider;address kind;email template;name suffix"}, lambda r: r.pick("gmail", "primary", "welcome", "Jr", "outlook")),
    "wait": Concept(N, {"en": "distance km;trip minutes"}, lambda r: f"{r.rng.uniform(0.5, 30):.1f}"),
    "dose": Concept(N, {"en": "dose mg;systolic;visit number"}, lambda r: str(r.rng.randint(1, 180))),
    "arm": Concept(N, {"en": "arm;site code"}, lambda r: r.pick("placebo", "treatment A", "treatment B")),
    "ends": Concept(N, {"en": "expires;due back;renewal"}, lambda r: r.written(r.recent + timedelta(days=300))),
}  # fmt: skip

TRADES: Final[dict[str, Trade]] = {
    "library members": Trade(("patrons.csv", "library.csv"), "member forename! family! mail! home zip5 town born joined flag points ends"),
    "loans": Trade(("loans.csv", "lending.csv"), "member! book! isbn10 shelf joined ends! points"),
    "passengers": Trade(("manifest.csv", "bookings.csv"), "claim whole! passport citizen born gender flight! airport! seat! paid"),
    "insurance": Trade(("policies.csv", "claims.csv"), "claim! whole! born! gender zip5 town work illness paid! joined flag married"),
    "donors": Trade(("donations.csv", "supporters.csv"), "whole! mail! home zip5 land paid! joined! account flag"),
    "voters": Trade(("voters.csv", "roll.csv"), "member! family! forename! born! gender party! home zip5 origin town points"),
    "homes for sale": Trade(("listings.csv", "houses.csv"), "site_street site_town! site_zip price! rooms! square! built! north east"),
    "restaurants": Trade(("restaurants.csv", "venues.csv"), "venue! site_street site_town! site_zip rooms north east points"),
    "menus": Trade(("menu.csv", "dishes.csv"), "dish! paid! points flag"),
    "films": Trade(("movies.csv", "films.csv"), "film! director! built genre! minutes! points paid"),
    "conference": Trade(("attendees.csv", "registrations.csv"), "forename! family! mail! owner work land flag joined degree"),
    "trial": Trade(("subjects.csv", "study.csv", "trial_data.csv"), "member! years! gender! origin illness dose! arm! taken married degree"),
    "gym": Trade(("gym.csv", "members.csv"), "whole! born gender call mail! joined! flag paid card band"),
    "taxi": Trade(("rides.csv", "trips.csv"), "initialled! call taken! wait! paid! model points card"),
    "museum": Trade(("collection.csv", "objects.csv"), "inventory! artefact! material! built site_town"),
    "weather": Trade(("weather.csv", "stations.csv"), "plant! taken! rain! humidity! north east"),
    "power": Trade(("plants.csv", "energy.csv"), "plant! fuel! mega! owner built north east state"),
    "code": Trade(("issues.csv", "commits.csv"), "issue! repo! commit handle! mail state! taken semver"),
    "panel": Trade(("panel.csv", "respondents.csv", "test.csv"), "band gender! years! degree! work! pay party faith origin points! land"),
    "fleet": Trade(("fleet.csv", "devices.csv"), "model! semver! humidity taken! vendor flag commit"),
    "access": Trade(("vpn.csv", "sessions.csv"), "taken! peer! handle! semver vendor wait"),
}  # fmt: skip

PART: Final = Part(
    TRADES,
    CONCEPTS,
    ("en_CA", "en_IN", "en_AU", "de_AT", "es_MX", "pt_PT", "sv_SE", "da_DK", "fr_CH", "cs_CZ"),
    seed=70_000,
)
