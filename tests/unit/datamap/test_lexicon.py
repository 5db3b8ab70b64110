"""What headers propose: nine languages, and the words that say the opposite."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.types import Category, Identifying
from datamap.categories import LABELS, flags, is_special
from datamap.scanner.lexicon import WORTH_SHOWING, propose, tokens

PERSONAL = {
    "EMAIL_ADDRESS": (
        "email customerEmail e_mail E-Mail-Adresse custemail courriel correo メールアドレス "
        "orders[].customer.email adres_email"
    ),
    "PERSON": (
        "fname FirstName lastName customer_name contactName prénom nom_famille Vorname Nachname apellidos "
        "cognome sobrenome voornaam achternaam imię nazwisko 氏名 顧客名"
    ),
    "PHONE_NUMBER": ("phone phoneNumber mobileNo homephone fax téléphone Handynummer telefoonnummer 電話番号"),
    "DATE_OF_BIRTH": (
        "dob date_of_birth birthDate year_of_birth Geburtsdatum date_naissance fecha_nacimiento "
        "data_di_nascita geboortedatum data_urodzenia 生年月日"
    ),
    "POSTCODE": "postal_code zip PLZ code_postal codigo_postal kod_pocztowy 郵便番号",
    "LOCATION": ("billing_address shippingAddress Straße dirección indirizzo endereço ulica 住所 city"),
    "COORDINATES": ("lat longitude gps"),
    "GENDER": "gender sex geschlecht sexo 性別 gender_concept_id",
    "NATIONAL_ID": "codice_fiscale cpf BSN PESEL dni マイナンバー tax_id",
    "JOB": "occupation jobTitle ContactTitle beruf zawod 職業",
}
#: The same in languages and spellings that came later.
PERSONAL_ELSEWHERE = {
    "PERSON": "förnamn efternavn sukunimi příjmení soyadı фамилия 姓名 성명",
    "DATE_OF_BIRTH": "födelsedatum fodselsdato syntymäaika datum_narození doğum_tarihi дата_рождения 出生日期 birth_yr",
    "GENDER": "kön kjønn sukupuoli pohlaví cinsiyet пол 性别 성별",
    "PHONE_NUMBER": "puhelin телефон 手机号 전화번호 tel_mobile",
    "AGE": "ålder alder ikä věk возраст 年龄 나이 age_cat",
    "MARITAL_STATUS": "marstat nev_mar civilstånd",
    "EDUCATION": "educ edlevel utbildning 学历",
}
NOT_PERSONAL = (
    "phone_model address_type mail_server product_name ProductName file_name hostname email_verified "
    "email_count phone_type order_id amount price quantity status created_at category_name "
    "album_title track_name market_cap company_name table_name page_age is_active has_email "
    "address_id server_address memory_address event_name department_name color unit_price 商品名 会社名 "
    "race_time state_machine model_name email_template mailing_list_id email_sent_at name_type "
    "genre_id class_name cap_shape sin_theta"
)


@pytest.mark.parametrize(
    ("entity", "name"), [(entity, name) for entity, names in PERSONAL.items() for name in names.split()]
)
def test_headers_of_personal_data_are_proposed(entity: str, name: str) -> None:
    proposal = propose(name)
    assert (proposal.entity, proposal.confidence >= WORTH_SHOWING) == (entity, True)
    assert proposal.reasons and proposal.category is not Category.NONE


@pytest.mark.parametrize(
    ("entity", "name"), [(entity, name) for entity, names in PERSONAL_ELSEWHERE.items() for name in names.split()]
)
def test_headers_of_more_languages_and_surveys_are_proposed(entity: str, name: str) -> None:
    assert propose(name).entity == entity


@pytest.mark.parametrize(
    ("short", "name"), [("FRST_NM", "first name"), ("DT_OF_BIRTH", "date of birth"), ("CUST_ADDR", "customer address")]
)
def test_short_forms_of_old_systems_are_written_out(short: str, name: str) -> None:
    assert propose(short).entity == propose(name).entity != ""


@pytest.mark.parametrize("name", NOT_PERSONAL.split())
def test_negative_words_keep_things_out(name: str) -> None:
    assert propose(name).confidence < WORTH_SHOWING


def test_the_table_says_whose_name_it_is() -> None:
    assert propose("name", table="customers").confidence > 0.85
    assert propose("name", table="products").category is Category.NONE
    assert WORTH_SHOWING < propose("name").confidence < propose("name", table="patients").confidence


def test_a_declared_type_can_rule_a_header_out() -> None:
    assert propose("email", type_="boolean").category is Category.NONE
    assert propose("phone", type_="timestamp with time zone").category is Category.NONE
    assert propose("customer", type_="bigint").entity == "PERSON_ID"
    assert propose("has_diabetes", type_="boolean").category is Category.HEALTH


def test_special_categories_carry_their_article() -> None:
    assert flags(propose("blood_type").category) == {"art9"}
    assert flags(propose("criminal_record").category) == {"art10"}
    assert is_special(propose("religion").category) and not is_special(propose("email").category)


def test_quasi_identifiers_are_their_own_class() -> None:
    quasi = {name: propose(name).identifying for name in ("dob", "postcode", "sex", "occupation", "race")}
    assert set(quasi.values()) == {Identifying.QUASI}
    assert propose("ssn").identifying is Identifying.DIRECT


def test_every_category_has_its_names_elsewhere() -> None:
    assert set(LABELS) == set(Category)


def test_glued_words_come_apart() -> None:
    assert tokens("customerPhoneNumber") == ("customer", "phone", "number")
    assert tokens("custphonenumber")[0] in {"cust", "custphonenumber"}
    assert tokens("Straße_Nr2") == ("strasse", "nr")


@given(st.text(max_size=80), st.text(max_size=20), st.text(max_size=20))
def test_any_name_gets_an_answer_between_nothing_and_certain(name: str, table: str, type_: str) -> None:
    proposal = propose(name, table=table, type_=type_)
    assert 0 <= proposal.confidence <= 1
    assert (proposal.category is Category.NONE) == (proposal.confidence == 0)


@given(
    st.sampled_from(["first name", "date of birth", "postal code", "phone number", "credit card"]),
    st.sampled_from(["snake", "camel", "kebab", "glued", "upper"]),
)
def test_the_way_a_header_is_spelled_does_not_matter(phrase: str, style: str) -> None:
    words = phrase.split()
    spelled = {
        "snake": "_".join(words),
        "camel": words[0] + "".join(word.title() for word in words[1:]),
        "kebab": "-".join(words),
        "glued": "".join(words),
        "upper": "_".join(words).upper(),
    }[style]
    assert propose(spelled).entity == propose(phrase).entity
