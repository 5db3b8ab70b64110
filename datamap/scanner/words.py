"""The words headers are made of, in nine languages: en fr de es pt it nl pl ja. Data only; `lexicon` reads it.

A phrase matches split (`first_name`) or glued (`firstname`). Accents are folded before matching, so they are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.types import Category, Identifying

C = Category
DIRECT, QUASI, NONE = Identifying.DIRECT, Identifying.QUASI, Identifying.NONE


@dataclass(frozen=True, slots=True)
class Entry:
    """`weight` is the confidence a bare match earns; `words` are phrases parted by semicolons."""

    entity: str
    category: Category
    identifying: Identifying
    weight: float
    words: str


#: A bare "name" and its like: whose name is decided by the words beside it and by the table.
BARE_NAME: Final = (
    "first; last; middle; maiden; name; nom; navn; namn; nimi; jmeno; nazov; isim; имя; 姓名; "
    "이름; nome; nombre; naam; nazwa; namn; bezeichnung; 名称; names; nm; nombres; noms"
)

ENTRIES: Final = (
    Entry(
        "PERSON",
        C.IDENTITY,
        DIRECT,
        0.92,
        "ship name; ship to name; bill to name; shipping name; billing name; recipient name; first name; "
        "firstname; fname; given name; forename; christian name; last name; lastname; lname; "
        "surname; family name; middle name; "
        "mname; middle initial; maiden name; mothers maiden name; mother maiden name; full name;"
        "fullname; legal name; real name; person name; "
        "personal name; birth name; nick name; nickname; preferred name; display name; cardholder name;"
        "card holder; cardholder; account holder; "
        "account holder name; name on card; next of kin; emergency contact; emergency contact name;"
        "contact name; contact person; initials; "
        "salesperson; sales rep name; sales person; insured name; policyholder; policy holder; payee;"
        "payee name; beneficiary name; "
        "first nm; last nm; frst nm; lst nm; name first; name last; fio; honorific; alumni name;"
        "prenom; prenoms; nom de famille; nom complet; nom naissance; nom de naissance; nom usage;"
        "nom jeune fille; nom prenom; interlocuteur; "
        "vorname; vornamen; nachname; familienname; zuname; rufname; geburtsname; vollname;"
        "vollstandiger name; ansprechpartner; ansprechperson; "
        "vor und nachname; name vorname; kundenname; mitarbeitername;"
        "nombre completo; primer nombre; segundo nombre; apellido; apellidos; primer apellido;"
        "segundo apellido; apellido paterno; "
        "apellido materno; nombre y apellidos; titular;"
        "primeiro nome; sobrenome; apelido; nome completo; ultimo nome; nome social; nome da mae;"
        "nome mae; nome pai; "
        "cognome; nome cognome; nome e cognome; nominativo; intestatario;"
        "voornaam; voornamen; achternaam; tussenvoegsel; roepnaam; volledige naam; geboortenaam;"
        "contactpersoon; voorletters; familienaam; "
        "imie; imiona; nazwisko; imie nazwisko; imie i nazwisko; nazwisko rodowe; imie ojca; imie matki;"
        "osoba kontaktowa; "
        "氏名; 姓名; お名前; 名前; 苗字; 名字; 姓; 名; フリガナ; ふりがな; カナ氏名; 氏名カナ; 顧客名;"
        "患者名; 担当者名; 担当者; 社員名; 会員名; 利用者名; 旧姓",
    ),
    Entry(
        "EMAIL_ADDRESS",
        C.CONTACT,
        DIRECT,
        0.95,
        "email; e mail; mail; email address; e mail address; mail address; email addr; eml; emailid;"
        "email id; mailid; contact email; gmail; "
        "courriel; adresse mail; adresse email; adresse e mail; adresse electronique; mel; emailadresse;"
        "e mail adresse; mailadresse; "
        "mail adresse; correo; correo electronico; direccion correo; direccion de correo;"
        "endereco eletronico; endereco de email; email endereco; "
        "correio eletronico; correio; posta elettronica; indirizzo email; indirizzo mail; pec;"
        "e mailadres; mailadres; emailadres; "
        "adres email; adres e mail; adres mailowy; poczta elektroniczna; poczta; メール; メールアドレス; eメール;"
        "電子メール; イーメール; recovery email; "
        "paypal email; reply to; from addr; to addr; sender email; from email; to email; cc email; bcc email",
    ),
    Entry(
        "PHONE_NUMBER",
        C.CONTACT,
        DIRECT,
        0.93,
        "phone; telephone; tel; tele; phone number; phone no; phone nbr; phone nr; phonenum; phoneno;"
        "tel no; telno; telnum; mobile; mobile phone; "
        "mobile number; mobile no; mob; mobno; cell; cell phone; cellphone; cell number; cell no;"
        "landline; fax; fax number; fax no; faxno; msisdn; "
        "whatsapp; whatsapp number; contact number; contact no; phone home; phone work; work phone;"
        "home phone; day phone; ph no; phn; caller id; "
        "caller number; callee; dialed number; ani; sms number; phone1; phone2; pager;"
        "telephone portable; telephone fixe; portable; numero telephone; numero de telephone; num tel;"
        "tel portable; telecopie; gsm; "
        "telefon; telefonnummer; telefonnr; tel nr; telnr; handy; handynummer; handynr; mobil;"
        "mobilnummer; mobiltelefon; festnetz; rufnummer; faxnummer; "
        "telefax; telefono; numero telefono; numero de telefono; movil; telefono movil; celular;"
        "telefone; telemovel; numero de telefone; fone; "
        "cellulare; numero di telefono; numero cellulare; recapito telefonico; telefoon; telefoonnummer;"
        "telefoonnr; mobiel; mobiele telefoon; "
        "mobiel nummer; numer telefonu; nr telefonu; telefon komorkowy; komorka; nr tel; faks; 電話; 電話番号;"
        "携帯; 携帯電話; 携帯番号; ファックス; fax番号; "
        "連絡先電話番号; 連絡先",
    ),
    Entry(
        "LOCATION",
        C.LOCATION,
        DIRECT,
        0.85,
        "address; addr; adr; street; street address; street name; street line; address line; addressline;"
        "home address; postal address; mailing address; mail addr; "
        "residential address; billing address; shipping address; delivery address; house number;"
        "house no; street number; street no; apartment; apt no; "
        "residence; house name; address 1; address 2; addr1; addr2; address1; address2; addr line;"
        "full address; permanent address; current address; "
        "ship address; bill address; flat number; unit number; suite;"
        "adresse; adresse postale; rue; numero rue; voie; libelle voie; complement adresse;"
        "adresse domicile; domicile; ligne adresse; "
        "anschrift; strasse; str; strassenname; hausnummer; hausnr; wohnanschrift; wohnadresse;"
        "rechnungsadresse; lieferadresse; adresszeile; adresszusatz; "
        "direccion; calle; domicilio; numero casa; direccion postal; via publica; endereco; rua; morada;"
        "logradouro; numero da casa; "
        "indirizzo; via; civico; numero civico; residenza; indirizzo residenza; adres; straat;"
        "straatnaam; huisnummer; woonadres; huisnr; "
        "toevoeging; ulica; numer domu; nr domu; adres zamieszkania; nr mieszkania; numer mieszkania; 住所;"
        "現住所; 番地; 所在地; 町名番地; 自宅住所; 届け先",
    ),
    Entry(
        "POSTCODE",
        C.LOCATION,
        QUASI,
        0.88,
        "postcode; post code; postal code; postalcode; zip; zip code; zipcode; zip5; zip4; zip3;"
        "pin code; pincode; postal; zcta; "
        "code postal; codepostal; cp; postleitzahl; plz; codigo postal; cod postal; cep; codice postale;"
        "cap; codice avviamento postale; "
        "postcode cijfers; kod pocztowy; 郵便番号; 〒",
    ),
    Entry(
        "LOCATION",
        C.LOCATION,
        QUASI,
        0.66,
        "city; town; municipality; county; district; suburb; neighborhood; neighbourhood; locality;"
        "village; parish; borough; census tract; "
        "state; province; region; country; country of residence; home country; native country;"
        "residence country; country code; state code; state province; "
        "location; home location; user location; place of residence; home town; hometown; birth place;"
        "place of birth; birthplace; city of birth; "
        "country of birth; birth country; birth city; area code; ward; prefecture;"
        "ville; commune; departement; region; pays; lieu de naissance; lieu naissance; ville naissance;"
        "pays de naissance; ville de residence; "
        "ort; stadt; wohnort; bundesland; land; kreis; gemeinde; geburtsort; geburtsland; ortsteil;"
        "staat; kanton; "
        "ciudad; municipio; provincia; localidad; poblacion; pais; comunidad autonoma;"
        "lugar de nacimiento; lugar nacimiento; barrio; "
        "cidade; bairro; uf; estado; distrito; concelho; freguesia; naturalidade; local de nascimento;"
        "localidade; "
        "citta; comune; localita; paese; regione; nazione; luogo di nascita; luogo nascita;"
        "comune di nascita; frazione; stato; "
        "plaats; woonplaats; stad; gemeente; provincie; geboorteplaats; geboorteland;"
        "miasto; miejscowosc; wojewodztwo; powiat; gmina; kraj; miejsce urodzenia; 都道府県; 市区町村; 市町村; 国;"
        "出身地; 出生地; 本籍; 居住地; 都市",
    ),
    Entry(
        "COORDINATES",
        C.LOCATION,
        QUASI,
        0.8,
        "latitude; longitude; lat; long; lon; lng; lat lon; lat lng; latlng; latlong; geo; geolocation;"
        "geo location; gps; gps coordinates; coordinates; coords; geohash; "
        "geopoint; gps lat; gps lon; home lat; home lon; pickup location; dropoff location; whereabouts;"
        "trajectory; position gps; "
        "coordonnees gps; coordenadas; coordinate gps; breitengrad; langengrad; latitud; longitud;"
        "latitudine; longitudine; breedtegraad; lengtegraad; "
        "szerokosc geograficzna; dlugosc geograficzna; 緯度; 経度; 位置情報",
    ),
    Entry(
        "DATE_OF_BIRTH",
        C.IDENTITY,
        QUASI,
        0.95,
        "birth date; birthdate; date of birth; dateofbirth; dob; d o b; birthday; bday; b day; birth;"
        "born; born on; birth year; year of birth; birthyear; yob; birth month; "
        "month of birth; day of birth; birth day; mob birth; birth datetime; birth dt; date birth; bdate;"
        "born year; birthy; birthq; birthm; birth quarter; birthmonth; "
        "date de naissance; date naissance; naissance; annee naissance; annee de naissance; ne le; date nais;"
        "geburtsdatum; geburtstag; geb datum; gebdat; geb dat; geburtsjahr; gebdatum;"
        "fecha de nacimiento; fecha nacimiento; nacimiento; fec nacimiento; fecha nac; fnac; ano nacimiento;"
        "data de nascimento; data nascimento; nascimento; dt nascimento; dt nasc; data nasc; nasc;"
        "data di nascita; data nascita; nascita; anno nascita; anno di nascita; "
        "geboortedatum; geboortejaar; geb dat; geboren; data urodzenia; urodzenia; rok urodzenia;"
        "data ur; 生年月日; 誕生日; 生年; 出生日",
    ),
    Entry(
        "AGE",
        C.IDENTITY,
        QUASI,
        0.86,
        "age; age group; age band; age range; age bracket; age years; age in years; age at diagnosis;"
        "ageband; patient age; agegroup; years old; age class; "
        "age cat; age category; age grp; age gr; agegr; aagegr; age bin; age years; age yrs; ageyears; "
        "senior citizen; tranche age; tranche d age; alter; altersgruppe; alter jahre; edad; grupo edad; idade;"
        "faixa etaria; eta; fascia eta; fascia d eta; "
        "leeftijd; leeftijdsgroep; leeftijdscategorie; wiek; grupa wiekowa; 年齢; 年代; 年令",
    ),
    Entry(
        "GENDER",
        C.IDENTITY,
        QUASI,
        0.88,
        "gender; sex; gender identity; sex at birth; gender code; sex code; gender concept; pronouns;"
        "gndr; sex assigned at birth; salutation; male; female; is male; is female; woman; man; fem; male female; "
        "title of courtesy; sexe; genre personne; civilite; geschlecht; anrede; sexo; genero persona;"
        "sesso; genere persona; geslacht; aanhef; plec; 性別; ジェンダー",
    ),
    Entry(
        "US_SSN",
        C.GOVERNMENT_ID,
        DIRECT,
        0.96,
        "ssn; social security; social security number; social security no; soc sec; socsec; ss number;"
        "ss no; ssn4; last4 ssn; ssnum; us ssn",
    ),
    Entry(
        "US_PASSPORT",
        C.GOVERNMENT_ID,
        DIRECT,
        0.94,
        "passport; passport number; passport no; passport id; passport nbr; passportno; passport num;"
        "travel document; travel document number; "
        "passeport; numero passeport; reisepass; reisepassnummer; passnummer; pasaporte;"
        "numero pasaporte; passaporte; passaporto; numero passaporto; paspoort; "
        "paspoortnummer; paszport; numer paszportu; パスポート; パスポート番号; 旅券番号; 旅券",
    ),
    Entry(
        "US_DRIVER_LICENSE",
        C.GOVERNMENT_ID,
        DIRECT,
        0.92,
        "driver license; drivers license; driver licence; driving licence; driving license;"
        "driver license number; drivers license number; driver license no; "
        "license number; licence number; dl number; dl no; dln; driverlicense; driving license number;"
        "permis de conduire; permis conduire; numero permis; "
        "fuhrerschein; fuhrerscheinnummer; licencia conducir; licencia de conducir; carnet de conducir;"
        "carteira de motorista; cnh; carta de conducao; "
        "patente; patente di guida; numero patente; rijbewijs; rijbewijsnummer; prawo jazdy;"
        "numer prawa jazdy; 運転免許; 運転免許証番号; 免許証番号",
    ),
    Entry(
        "NATIONAL_ID",
        C.GOVERNMENT_ID,
        DIRECT,
        0.94,
        "national id; national identity; national id number; national identification number;"
        "national identification; nationalid; nid; identity card; identity card number; id card; "
        "id card number; identity number; citizen id; citizen number; personal id number;"
        "personal identification number; personal number; government id; govt id; tax id;"
        "tax identification number; "
        "taxpayer id; tin; itin; tax number; tax file number; tfn; nino; national insurance;"
        "national insurance number; ni number; nhs number; nhs no; nhsno; "
        "nhs; medicare; medicare number; mbi; hicn; sin; social insurance number; aadhaar; aadhar;"
        "aadhaar number; pan number; pan card; voter id; voter id number; "
        "visa number; residence permit; residence permit number; alien number; green card;"
        "green card number; birth certificate; nric; hkid; my number; resident id; license plate; "
        "licence plate; plate number; number plate; vehicle registration; vehicle registration number;"
        "vin; vehicle identification number; state id; id number; idnumber; "
        "nir; numero securite sociale; numero de securite sociale; securite sociale; numero secu;"
        "num secu; cni; carte identite; carte d identite; numero carte identite; numero fiscal; "
        "plaque immatriculation; immatriculation; numero insee; nss; titre de sejour;"
        "personalausweis; personalausweisnummer; ausweis; ausweisnummer; ausweisnr;"
        "sozialversicherungsnummer; svnr; sv nummer; rentenversicherungsnummer; steuernummer; steuer id; "
        "steueridentifikationsnummer; steuer identifikationsnummer; idnr; kfz kennzeichen; kennzeichen;"
        "ahv nummer; ahvnr; "
        "dni; nie; nif; dni nie; documento identidad; documento de identidad; numero documento;"
        "numero de documento; cedula; cedula de identidad; curp; rfc; rut; cuil; cuit;"
        "numero seguridad social; "
        "seguridad social; matricula vehiculo; matricula coche;"
        "cpf; rg; cpf cnpj; carteira de identidade; identidade; numero identidade; nis; pis; pis pasep;"
        "titulo de eleitor; titulo eleitor; cartao de cidadao; cartao cidadao; numero contribuinte; "
        "contribuinte; niss; sns; placa veiculo; renavam;"
        "codice fiscale; cod fiscale; codfisc; codicefiscale; cf; carta identita; carta d identita;"
        "numero carta identita; tessera sanitaria; targa; partita iva; "
        "bsn; burgerservicenummer; sofinummer; sofi nummer; identiteitskaart; id kaart;"
        "rijksregisternummer; kenteken; vreemdelingennummer; "
        "pesel; numer pesel; nr pesel; nip; dowod osobisty; nr dowodu; numer dowodu; seria dowodu; regon;"
        "numer rejestracyjny; "
        "マイナンバー; 個人番号; 身分証; 身分証番号; 在留カード; 在留カード番号; 基礎年金番号;"
        "保険証番号; 被保険者番号; 住民票コード; 車両番号",
    ),
    Entry(
        "CREDIT_CARD",
        C.FINANCIAL,
        DIRECT,
        0.94,
        "credit card; creditcard; credit card number; card number; cardnumber; card no; cardno;"
        "cc number; cc num; ccnum; cc no; ccn; debit card; debit card number; payment card; card pan; "
        "primary account number; bank card; bankcard; bank card number; card num; cvv; cvc; cvv2;"
        "security code; card expiry; card expiration; cc exp; card exp; exp month; exp year; "
        "carte bancaire; numero carte; numero de carte; carte de credit; cb numero;"
        "numero carte bancaire; kreditkarte; kreditkartennummer; kartennummer; ec karte; "
        "tarjeta; tarjeta credito; tarjeta de credito; numero tarjeta; numero de tarjeta; cartao;"
        "cartao de credito; numero do cartao; numero cartao; carta di credito; carta credito;"
        "numero carta; "
        "creditcardnummer; kaartnummer; pasnummer; karta kredytowa; numer karty; nr karty; クレジットカード;"
        "クレジットカード番号; カード番号",
    ),
    Entry(
        "IBAN_CODE",
        C.FINANCIAL,
        DIRECT,
        0.95,
        "iban; iban code; iban number; iban no; account iban; bank iban; ibannummer; codigo iban;"
        "codice iban; numer iban; rib; iban nr",
    ),
    Entry(
        "US_BANK_NUMBER",
        C.FINANCIAL,
        DIRECT,
        0.86,
        "bank account; bank account number; bank acct; bank acc; account number; account no; acct number;"
        "acct no; acct num; acctno; accountno; accountnumber; acc no; routing number; bban; clabe; "
        "sort code; bank number; swift account; checking account; savings account; direct debit;"
        "mandate reference; payment account; paypal; paypal account; bank details; "
        "compte bancaire; numero compte; numero de compte; coordonnees bancaires; kontonummer; kontonr;"
        "kto; ktonr; bankverbindung; bankkonto; kontoinhaber; "
        "cuenta bancaria; numero cuenta; numero de cuenta; cuenta corriente; conta bancaria;"
        "conta corrente; numero da conta; numero conta; conto corrente; numero conto; "
        "rekeningnummer; bankrekening; bankrekeningnummer; numer konta; nr konta; konto bankowe;"
        "nr rachunku; rachunek bankowy; numer rachunku; 口座番号; 銀行口座; 口座名義",
    ),
    Entry(
        "CRYPTO",
        C.FINANCIAL,
        DIRECT,
        0.85,
        "wallet; wallet address; btc address; bitcoin address; eth address; crypto address;"
        "bitcoin wallet; ethereum address; wallet id",
    ),
    Entry(
        "INCOME",
        C.FINANCIAL,
        QUASI,
        0.6,
        "salary; annual salary; base salary; salary class; income; annual income; household income;"
        "income bracket; income level; wage; wages; monthly income; gross pay; net pay; pay rate;"
        "hourly rate; "
        "net worth; compensation; bonus; payroll; pension; tax bracket; estimated salary; salaire;"
        "revenu; revenus; remuneration; traitement salaire; gehalt; einkommen; lohn; jahreseinkommen;"
        "jahresgehalt; "
        "bruttogehalt; salario; sueldo; ingresos; renta; nomina; renda; vencimento; rendimento;"
        "remuneracao; stipendio; reddito; retribuzione; salaris; inkomen; loon; jaarinkomen;"
        "wynagrodzenie; "
        "pensja; dochod; zarobki; 給与; 年収; 所得; 給料; 月給; 収入; estimatedsalary",
    ),
    Entry(
        "FINANCIAL",
        C.FINANCIAL,
        NONE,
        0.6,
        "credit score; creditscore; credit rating; credit limit; credit history; fico; fico score;"
        "loan amount; loan status; mortgage; debt; debts; account balance; bank balance;"
        "insurance number; "
        "policy number; insurance policy; insurance policy number; insurance id; bankruptcy;"
        "kreditwurdigkeit; schufa; bonitat; versicherungsnummer; numero police; solvabilite;"
        "score credito; puntaje crediticio; "
        "numero apolice; apolice; numero polizza; polizza; polisnummer; numer polisy; nr polisy;"
        "zadluzenie; schulden; deuda; divida; debito; 残高; 証券番号; 信用情報",
    ),
    Entry(
        "IP_ADDRESS",
        C.ONLINE_ID,
        DIRECT,
        0.93,
        "ip; ip address; ipaddress; ip addr; ipaddr; ipv4; ipv6; ipv4 address; ipv6 address; client ip;"
        "remote ip; remote addr; remote address; source ip; src ip; dst ip; dest ip; user ip; login ip;"
        "last ip; last login ip; "
        "signup ip; x forwarded for; adresse ip; ip adresse; direccion ip; endereco ip; indirizzo ip;"
        "ip adres; adres ip; ipアドレス; host ip; public ip; peer ip; requester ip; sourceip",
    ),
    Entry(
        "MAC_ADDRESS",
        C.ONLINE_ID,
        DIRECT,
        0.9,
        "mac; mac address; macaddress; mac addr; macaddr; bssid; wifi mac; bluetooth address;"
        "bluetooth mac; ethernet address; hardware address; adresse mac; mac adresse; direccion mac;"
        "indirizzo mac; macアドレス",
    ),
    Entry(
        "DEVICE_ID",
        C.ONLINE_ID,
        DIRECT,
        0.8,
        "device id; deviceid; device identifier; device uuid; device serial; imei; imsi; iccid; udid;"
        "idfa; idfv; gaid; adid; advertising id; advertiser id; android id; ad id user; cookie;"
        "cookie id; cookieid; browser id; "
        "session id; sessionid; session key; visitor id; client id cookie; anonymous id; distinct id;"
        "ga client id; user agent; useragent; browser fingerprint; device fingerprint; device token;"
        "push token; fcm token; "
        "tracking id; mobile ad id; maid; installation id; serial number device; identifiant appareil;"
        "gerate id; gerateid; geratenummer; id dispositivo; identificador dispositivo; id do dispositivo;"
        "apparaat id; id urzadzenia; "
        "端末id; デバイスid; クッキー; セッションid; ユーザーエージェント; 端末識別番号",
    ),
    Entry(
        "USERNAME",
        C.ONLINE_ID,
        DIRECT,
        0.86,
        "username; user name; userid name; login; login name; loginname; login id; loginid; logon;"
        "screen name; screenname; handle; user handle; twitter handle; account name; uname; usr name;"
        "alias; gamertag; user login; "
        "twitter; facebook; instagram; linkedin; skype; skype id; telegram; tiktok; github username;"
        "github login; snapchat; discord; facebook id; facebook url; linkedin url; linkedin profile;"
        "twitter id; social media; slack id; wechat; weixin; "
        "nom utilisateur; nom d utilisateur; identifiant connexion; pseudo; pseudonyme; benutzername;"
        "benutzer name; anmeldename; nutzername; benutzerkennung; nombre usuario; nombre de usuario;"
        "usuario; "
        "nome de usuario; nome usuario; nome de utilizador; nome utente; utente; gebruikersnaam;"
        "inlognaam; nazwa uzytkownika; login uzytkownika; ユーザー名; ユーザ名; ログイン; ログインid;"
        "ニックネーム; アカウント名; "
        "ハンドルネーム",
    ),
    Entry(
        "PERSON_ID",
        C.ONLINE_ID,
        DIRECT,
        0.6,
        "uid; userid; user id; personid; person id; custid; cust id; empid; emp id; employee number;"
        "employee no; personnel number; personnel no; staff number; staff id; staff no;"
        "membership number; membership no; membership id; member no; "
        "customer number; customer no; client number; student number; student id; roll number;"
        "patient id; subject id; usubjid; subjid; subj id; participant id; respondent id; case number; personal key;"
        "loyalty number; loyalty card; loyalty card number; frequent flyer number; "
        "ffn; badge number; badge id; account id; accountid; profile id; user uuid; user guid;"
        "contact id; customer ref; crm id; external user id; reader id; pseudonym; "
        "numero client; num client; code client; id client; numero adherent; numero etudiant; matricule;"
        "numero allocataire; id utilisateur; identifiant client; identifiant utilisateur; "
        "kundennummer; kundennr; kunden id; kd nr; kdnr; personalnummer; personalnr; pers nr;"
        "mitgliedsnummer; mitgliedsnr; matrikelnummer; benutzer id; nutzer id; mitarbeiternummer; "
        "numero cliente; codigo cliente; id cliente; id usuario; numero socio; numero empleado;"
        "matricula; numero de cliente; id utente; codice cliente; matricola; numero tessera;"
        "codice utente; "
        "klantnummer; klant id; klantnr; personeelsnummer; lidnummer; relatienummer; studentnummer;"
        "gebruikers id; numer klienta; nr klienta; id klienta; numer pracownika; nr indeksu;"
        "numer legitymacji; id uzytkownika; "
        "顧客番号; 顧客id; 社員番号; 会員番号; 会員id; 学籍番号; 患者番号; 患者id; ユーザーid; ユーザid;"
        "従業員番号; 職員番号",
    ),
    Entry(
        "PASSWORD",
        C.ONLINE_ID,
        NONE,
        0.8,
        "password; passwd; pwd; pass; password hash; passwordhash; hashed password; encrypted password;"
        "pw; pword; password digest; secret question; security question; security answer; secret answer;"
        "pin number; passphrase; otp secret; "
        "mot de passe; motdepasse; mdp; passwort; kennwort; contrasena; clave acceso; senha;"
        "palavra passe; parola d ordine; wachtwoord; haslo; パスワード; 暗証番号; password salt",
    ),
    Entry(
        "URL",
        C.ONLINE_ID,
        QUASI,
        0.5,
        "personal website; homepage; home page; personal url; profile url; profile link; blog; blog url;"
        "portfolio url; website; web site; personal page; site web; sito web; sitio web; webseite;"
        "profil url; ホームページ",
    ),
    Entry(
        "PHOTO",
        C.IDENTITY,
        DIRECT,
        0.6,
        "photo; photograph; selfie; avatar; avatar url; profile picture; profile photo; profile image;"
        "profile pic; headshot; mugshot; portrait; face image; passport photo; id photo; photo url;"
        "signature; signature image; lichtbild; passfoto; profilbild; unterschrift; "
        "photo identite; firma digital; fotografia; foto; foto perfil; pasfoto; handtekening; zdjecie;"
        "podpis; 顔写真; 署名; プロフィール画像; プロフィール写真",
    ),
    Entry(
        "FREE_TEXT",
        C.COMMUNICATION,
        NONE,
        0.5,
        "message; messages; msg; message text; message body; msg body; chat; chat message; chat log;"
        "chat text; conversation; transcript; transcription; utterance; dialogue; email body; email text;"
        "email content; mail body; sms text; sms body; body; "
        "comment; comments; note; notes; remark; remarks; free text; freetext; feedback; review;"
        "review text; reviewer comment; complaint; complaint text; ticket text; ticket description;"
        "inquiry; enquiry; question text; answer text; prompt; prompt text; completion; response text; "
        "tweet; tweet text; post text; post body; post content; bio; biography; about me;"
        "self description; narrative; clinical note; clinical notes; doctor notes; discharge summary;"
        "reply; content; text; memo; call notes; case notes; observations; statement; testimonial; "
        "commentaire; commentaires; remarque; remarques; texte; texte libre; avis; nachricht;"
        "nachrichten; kommentar; kommentare; bemerkung; bemerkungen; notiz; notizen; freitext; anmerkung;"
        "anmerkungen; mitteilung; beschwerde; bewertungstext; "
        "mensaje; mensajes; comentario; comentarios; observaciones; nota; notas; texto; resena; queja;"
        "reclamacion; mensagem; mensagens; comentario cliente; observacao; observacoes; reclamacao;"
        "messaggio; messaggi; commento; commenti; osservazioni; testo; recensione; reclamo; "
        "bericht; berichten; opmerking; opmerkingen; notitie; notities; klacht; toelichting; wiadomosc;"
        "wiadomosci; komentarz; komentarze; uwagi; notatka; notatki; tresc; opinia; skarga; メッセージ; コメント;"
        "備考; 本文; メモ; 問い合わせ内容; 問合せ内容; 感想; 自由記述; 口コミ",
    ),
    Entry(
        "JOB",
        C.EMPLOYMENT,
        QUASI,
        0.78,
        "occupation; profession; job; job title; jobtitle; job role; job position; position title;"
        "position held; vocation; workclass; work class; employment; employment status; employment type;"
        "employee type; contact title; job description person; designation; job function; seniority;"
        "job level; "
        "emploi; metier; poste occupe; fonction; intitule poste; csp; categorie socioprofessionnelle;"
        "beruf; tatigkeit; berufsbezeichnung; stellenbezeichnung; dienstgrad; ocupacion; profesion;"
        "puesto; puesto de trabajo; cargo; oficio; ocupacao; profissao; emprego; funcao; "
        "professione; mestiere; mansione; impiego; qualifica; occupazione; beroep; functie; functietitel;"
        "zawod; stanowisko; 職業; 職種; 役職; 肩書き; 肩書; 職位",
    ),
    Entry(
        "EMPLOYER",
        C.EMPLOYMENT,
        QUASI,
        0.6,
        "employer; employer name; workplace; work place; place of work; current employer;"
        "previous employer; employeur; arbeitgeber; arbeitsstelle; empleador; empresa empleadora;"
        "empregador; datore di lavoro; datore lavoro; werkgever; pracodawca; 勤務先; 雇用主; 勤務先名; 会社名勤務先",
    ),
    Entry(
        "EMPLOYMENT",
        C.EMPLOYMENT,
        NONE,
        0.5,
        "hire date; hired on; date hired; hiredate; employment start; employment start date;"
        "employment end date; termination date; years of service; seniority years; performance review;"
        "performance rating; absence; sick days; sick leave; attrition; job satisfaction;"
        "work experience; resume; cv; "
        "curriculum; years at company; overtime; notice period; date embauche; date d embauche;"
        "eintrittsdatum; einstellungsdatum; austrittsdatum; lebenslauf; fecha contratacion;"
        "fecha de contratacion; data admissao; data de admissao; data assunzione; data di assunzione;"
        "datum in dienst; data zatrudnienia; 入社日; 退職日; 職歴; 履歴書",
    ),
    Entry(
        "EDUCATION",
        C.EDUCATION,
        QUASI,
        0.66,
        "education; education level; educational level; highest education; degree; academic degree;"
        "qualification; qualifications; school; school name; high school; university; university name;"
        "college; college name; major; field of study; education field; educ; edu; edu level; schooling; "
        "literacy; graduation year; year of graduation;"
        "grade point average; transcript grades; "
        "exam score; test score student; diploma; education num; niveau etude; niveau etudes;"
        "niveau d etudes; diplome; ecole; universite; formation; schulabschluss; bildungsabschluss;"
        "abschluss; studiengang; universitat; hochschule; bildung; nivel educativo; nivel de estudios;"
        "educacion; estudios; titulacion; universidad; escuela; "
        "escolaridade; nivel escolaridade; formacao; universidade; grau de instrucao; titolo di studio;"
        "titolo studio; istruzione; livello istruzione; universita; opleiding; opleidingsniveau;"
        "school naam; universiteit; wyksztalcenie; uczelnia; szkola; 学歴; 最終学歴; 大学; 学校名; 専攻;"
        "出身校; 卒業年",
    ),
    Entry(
        "MARITAL_STATUS",
        C.FAMILY,
        QUASI,
        0.85,
        "marital status; maritalstatus; marital; maritl; marst; married; marriage status; civil status;"
        "relationship status; marriage date; maried; martial status; divorce; divorced; widowed;"
        "etat civil; situation familiale; situation matrimoniale; statut marital; familienstand;"
        "zivilstand; estado civil; estado civil cliente; stato civile; "
        "burgerlijke staat; stan cywilny; 婚姻状況; 配偶者有無; 婚姻; 婚姻歴; 既婚",
    ),
    Entry(
        "FAMILY",
        C.FAMILY,
        QUASI,
        0.55,
        "spouse; husband; wife; "
        "sibling; siblings; brother; sister; relationship; dependents;"
        "number of dependents; dependants; number of children; num children; nb children; children count;"
        "no of children; n children; household size; family size; family members; "
        "kids at home; conjoint; epoux; epouse; nom pere; nom mere; nombre enfants; nombre d enfants;"
        "nb enfants; ehepartner; ehegatte; kinderzahl; anzahl kinder; conyuge; esposo; esposa;"
        "numero hijos; numero de hijos; hijos; conjuge; numero filhos; filhos; coniuge; figli;"
        "numero figli; echtgenoot; partner naam; aantal kinderen; kinderen; malzonek; liczba dzieci;"
        "家族構成; 配偶者; 扶養家族; 子供の数; 続柄; 世帯人数",
    ),
    Entry(
        "CHILDREN",
        C.CHILDREN,
        DIRECT,
        0.75,
        "child name; childs name; child first name; child last name; kid name; pupil name; minor name;"
        "parental consent; guardian; guardian name; guardian consent; is minor; parent guardian;"
        "legal guardian; child dob; child birth date; child age; pupil; school class pupil; baby name;"
        "newborn; nom enfant; prenom enfant; enfant; nom de l enfant; tuteur; responsable legal;"
        "kind name; name des kindes; erziehungsberechtigter; vormund; "
        "nombre hijo; nombre del nino; tutor legal; menor; nome filho; nome da crianca;"
        "responsavel legal; nome figlio; minore; nome del minore; tutore; kind naam; naam kind; voogd;"
        "ouder verzorger; imie dziecka; dziecko; opiekun; opiekun prawny; 保護者; 保護者名; 子供名;"
        "児童名; 園児名; 生徒名",
    ),
    Entry(
        "NRP",
        C.ETHNICITY,
        QUASI,
        0.88,
        "race; ethnicity; ethnic; ethnic group; ethnic origin; racial; race ethnicity; race code;"
        "ethnicity code; eth; ethn; hispanic; latino; hispanic latino; hispaniclatino; skin color; skin colour; "
        "skin tone; ancestry; caste; tribe; indigenous status;"
        "indigenous; aboriginal; origine ethnique; ethnie; couleur de peau; ethnische herkunft;"
        "ethnie gruppe; hautfarbe; rasse; raza; etnia; origen etnico; grupo etnico; raca; cor raca;"
        "raca cor; cor da pele; origem etnica; origine etnica; razza; "
        "etniciteit; etnische afkomst; afkomst; huidskleur; rasa; pochodzenie etniczne; narodowosc; 人種;"
        "民族; 種族",
    ),
    Entry(
        "NRP",
        C.IDENTITY,
        QUASI,
        0.78,
        "nationality; citizenship; citizen desc; citizenship status; country of citizenship; "
        "citizenship country; immigration status;"
        "nationalite; citoyennete; staatsangehorigkeit; nationalitat; staatsburgerschaft; nacionalidad;"
        "ciudadania; nacionalidade; cidadania; nazionalita; cittadinanza; nationaliteit;"
        "staatsburgerschap; obywatelstwo; 国籍; 在留資格; native language; mother tongue; langue maternelle;"
        "muttersprache; lengua materna; lingua madre; moedertaal; 母国語; 母語",
    ),
    Entry(
        "NRP",
        C.RELIGION,
        QUASI,
        0.9,
        "religion; religious; religious belief; religious beliefs; religious affiliation; faith;"
        "denomination; church; church tax; baptized; confession faith; kosher; halal; religione;"
        "croyance; croyances religieuses; konfession; religionszugehorigkeit; kirchensteuer; glaube;"
        "religiosidad; creencia; creencias; creencia religiosa; religiao; crenca; credo; credo religioso;"
        "godsdienst; religie; geloof; geloofsovertuiging; religia; wyznanie; 宗教; 宗派; 信仰;"
        "philosophical belief",
    ),
    Entry(
        "NRP",
        C.POLITICS,
        QUASI,
        0.88,
        "political; political party; party; party id; inc party; party affiliation; party membership; "
        "political opinion;"
        "political affiliation; political view; political views; political leaning; voter registration;"
        "voted for; vote choice; voting intention; registered party; ballot; opinion politique;"
        "parti politique; opinions politiques; affiliation politique; parteizugehorigkeit; partei;"
        "politische meinung; politische einstellung; partido politico; opinion politica;"
        "afiliacion politica; ideologia; filiacao partidaria; partido; opiniao politica; "
        "partito; partito politico; opinione politica; orientamento politico; politieke partij;"
        "politieke voorkeur; politieke gezindheid; partia; partia polityczna; poglady polityczne; 支持政党;"
        "政党; 政治的見解; 政治信条",
    ),
    Entry(
        "TRADE_UNION",
        C.UNION,
        QUASI,
        0.86,
        "union member; union membership; trade union; labor union; labour union; trade union membership;"
        "union dues; union name; syndicat; syndique; adhesion syndicale; appartenance syndicale;"
        "gewerkschaft; gewerkschaftsmitglied; gewerkschaftszugehorigkeit; sindicato; afiliacion sindical;"
        "filiacao sindical; sindacato; iscrizione sindacale; vakbond; vakbondslid; vakbondslidmaatschap;"
        "zwiazek zawodowy; czlonkostwo w zwiazku; 労働組合; 組合員; 組合加入",
    ),
    Entry(
        "SEX_LIFE",
        C.SEX_LIFE,
        NONE,
        0.88,
        "sexual orientation; sexual preference; sexuality; sex life; sexual; sexual history;"
        "sexual activity; transgender; lgbt; lgbtq; dating preference; interested in gender;"
        "orientation sexuelle; vie sexuelle; sexuelle orientierung; orientacion sexual; vida sexual;"
        "orientacao sexual; orientamento sessuale; vita sessuale; seksuele geaardheid; seksuele voorkeur;"
        "orientacja seksualna; 性的指向; 性的嗜好; 性自認; 性生活",
    ),
    Entry(
        "MEDICAL_RECORD",
        C.HEALTH,
        DIRECT,
        0.88,
        "medical record number; medical record no; mrn; patient number; patient no; patient nbr;"
        "health record number; health card; health card number; health insurance number;"
        "health insurance id; health plan number; insurance member id; hospital number; hospital no;"
        "chart number; encounter number; ehr id; emr id; numero dossier; numero patient;"
        "numero dossier medical; carte vitale; patientennummer; patientennr; fallnummer;"
        "krankenversicherungsnummer; krankenversichertennummer; versichertennummer; "
        "numero historia clinica; historia clinica; numero de paciente; tarjeta sanitaria;"
        "numero prontuario; prontuario; cartao sus; cartao nacional de saude; numero cartella;"
        "cartella clinica; patientnummer; zorgverzekeringsnummer; polisnummer zorg; numer pacjenta;"
        "nr karty pacjenta; 診察券番号; カルテ番号; 健康保険証番号",
    ),
    # What somebody has or takes, which others may know: it singles out. Measured values come after.
    Entry(
        "HEALTH",
        C.HEALTH,
        QUASI,
        0.84,
        "diagnosis; diagnoses; diag; diagnosis code; diagnosis name; primary diagnosis; secondary diagnosis; "
        "icd; icd10; icd9; "
        "icd code; icd 10; disease; diseases; illness; symptom; symptoms; medical condition; "
        "medical conditions; medical history; "
        "health condition; medication; medications; drug name; prescription; prescriptions; allergy; allergies; "
        "blood type; "
        "blood group; bloodtype; hiv; hiv status; disability; disabled; disability status; handicap; mental health; "
        "cause of death; death cause; chief complaint; admission reason; comorbidity; comorbidities; "
        "patient condition; "
        "pregnancy; pregnant; cancer type; tumor type; surgery; treatment; "
        "diagnostic; maladie; maladies; symptomes; antecedents medicaux; groupe sanguin; allergie; medicament; "
        "medicaments; "
        "handicape; diagnose; diagnosen; krankheit; krankheiten; symptome; medikament; medikamente; blutgruppe; "
        "allergien; "
        "behinderung; schwerbehinderung; befund; diagnostico; enfermedad; enfermedades; sintoma; sintomas; "
        "medicamento; "
        "medicamentos; medicacion; grupo sanguineo; tipo sangre; alergia; alergias; discapacidad; doenca; doencas; "
        "tipo sanguineo; deficiencia; diagnosi; malattia; malattie; sintomi; farmaco; farmaci; "
        "gruppo sanguigno; disabilita; "
        "patologia; ziekte; ziekten; aandoening; symptomen; medicijn; medicijnen; medicatie; bloedgroep; "
        "rozpoznanie; choroba; "
        "choroby; objawy; leki; grupa krwi; alergie; niepelnosprawnosc; "
        "診断; 診断名; 病名; 病歴; 症状; 既往歴; 血液型; アレルギー; 障害; 持病",
    ),
    Entry(
        "HEALTH",
        C.HEALTH,
        NONE,
        0.82,
        "condition concept; condition source; condition start; condition end; condition status; "
        "drug concept; drug exposure; procedure concept; procedure occurrence; procedure date; "
        "deceased; diagnosis; diagnoses; diag; diagnosis code; "
        "primary diagnosis; icd; icd10; icd9; icd code; "
        "icd 10; disease; diseases; illness; symptom; symptoms; medical condition; medical conditions;"
        "medical history; health condition; health status; health; medication; medications; drug;"
        "drug name; prescription; prescriptions; dosage; allergy; allergies; blood type; blood group;"
        "bloodtype; blood pressure; systolic; diastolic; bmi; body mass index; heart rate; heartrate;"
        "pulse; "
        "glucose; blood glucose; blood sugar; cholesterol; hba1c; insulin; hemoglobin; creatinine;"
        "lab result; lab results; test result; hiv; hiv status; aids; covid; covid status; covid test;"
        "vaccination; vaccinated; vaccination status; vaccine; immunization; pregnancy; pregnant;"
        "pregnancies; menstrual; fertility; disability; disabled; disability status; handicap; smoker;"
        "smoking; smoking status; alcohol use; alcohol consumption; alcohol; drug use; substance abuse;"
        "mental health; depression; anxiety; therapy; treatment; treatments; "
        "procedure code; surgery; surgical history; cancer; tumor; tumour; diabetes; diabetic;"
        "hypertension; stroke; asthma; heart disease; patient condition; admission reason;"
        "chief complaint; cause of death; death cause; body temperature; temperature patient;"
        "sleep hours; steps count; calories burned; weight kg; height cm; body weight; body height;"
        "clinical; pathology; comorbidity; comorbidities; oxygen saturation; spo2; injury;"
        "physician diagnosis; chest pain; medical; condition occurrence; drug exposure; "
        "diagnostic; maladie; maladies; symptomes; traitement; traitements; antecedents;"
        "antecedents medicaux; groupe sanguin; allergie; medicament; medicaments; ordonnance; grossesse;"
        "fumeur; vaccin; tension arterielle; etat de sante; sante; poids; taille cm; handicape; "
        "diagnose; diagnosen; krankheit; krankheiten; symptome; behandlung; medikament; medikamente;"
        "blutgruppe; allergien; schwangerschaft; schwanger; raucher; impfung; impfstatus; blutdruck;"
        "behinderung; gesundheitszustand; gesundheit; krankmeldung; krankheitstage; schwerbehinderung;"
        "befund; rezept; "
        "diagnostico; enfermedad; enfermedades; sintoma; sintomas; tratamiento; medicamento;"
        "medicamentos; medicacion; grupo sanguineo; tipo sangre; alergia; alergias; embarazo; embarazada;"
        "fumador; vacuna; vacunacion; discapacidad; presion arterial; estado de salud; salud; peso kg; "
        "doenca; doencas; tratamento; tipo sanguineo; gravidez; gestante; fumante; vacina; vacinacao;"
        "deficiencia; pressao arterial; saude; estado de saude; diagnosi; malattia; malattie; sintomi;"
        "trattamento; farmaco; farmaci; gruppo sanguigno; gravidanza; fumatore; vaccino; vaccinazione;"
        "disabilita; pressione arteriosa; salute; stato di salute; patologia; terapia; "
        "ziekte; ziekten; aandoening; symptomen; behandeling; medicijn; medicijnen; medicatie;"
        "bloedgroep; zwangerschap; zwanger; roker; vaccinatie; beperking; handicap; bloeddruk;"
        "gezondheid; ziekteverzuim; ziekmelding; rozpoznanie; choroba; choroby; objawy; leczenie; lek;"
        "leki; recepta; grupa krwi; alergie; ciaza; palacz; szczepienie; niepelnosprawnosc;"
        "cisnienie krwi; stan zdrowia; zdrowie; "
        "診断; 診断名; 病名; 病歴; 症状; 既往歴; 処方; 処方箋; 薬; 投薬; 血液型; アレルギー; 妊娠; 喫煙;"
        "喫煙歴; ワクチン; 予防接種; 障害; 障害者手帳; 血圧; "
        "健康状態; 治療; 体重; 身長; 持病; 検査結果; 服薬",
    ),
    Entry(
        "GENETIC",
        C.GENETIC,
        DIRECT,
        0.86,
        "dna; dna sequence; genome; genomic; genomic data; genetic; genetic data; genetic test; genotype;"
        "genotypes; snp; snps; allele; alleles; gene variant; genetic variant; brca; brca1; brca2;"
        "haplotype; rsid; karyotype; adn; genetique; donnees genetiques; test genetique; erbgut; gentest;"
        "genetische daten; genetik; genoma; genetico; datos geneticos; dados geneticos; dati genetici;"
        "genoom; genetisch; genetische gegevens; genom; genetyczny; badania genetyczne; 遺伝子; 遺伝情報; dna配列;"
        "ゲノム; 遺伝子検査",
    ),
    Entry(
        "BIOMETRIC",
        C.BIOMETRIC,
        DIRECT,
        0.88,
        "fingerprint; fingerprints; fingerprint template; finger print; face embedding; face encoding;"
        "face template; face vector; faceprint; face id; faceid; facial recognition; facial features;"
        "face descriptor; iris; iris scan; iris code; retina; retina scan; voice print; voiceprint;"
        "voice sample; voice embedding; voice recording; palm print; hand geometry; gait;"
        "keystroke dynamics; biometric; biometrics; biometric data; biometric template; vein pattern;"
        "audio recording; "
        "empreinte digitale; empreintes digitales; biometrie; donnees biometriques;"
        "reconnaissance faciale; fingerabdruck; fingerabdrucke; biometrische daten; gesichtserkennung;"
        "stimmabdruck; huella dactilar; huella digital; huellas; biometrico; datos biometricos;"
        "impressao digital; biometria; dados biometricos; reconhecimento facial; impronta digitale;"
        "dati biometrici; riconoscimento facciale; vingerafdruk; biometrische gegevens;"
        "gezichtsherkenning; odcisk palca; odciski palcow; dane biometryczne; 指紋; 顔認証; 虹彩;"
        "生体認証; 生体情報; 声紋",
    ),
    Entry(
        "CRIMINAL",
        C.CRIMINAL,
        QUASI,
        0.88,
        "criminal; criminal record; criminal records; criminal history; conviction; convictions;"
        "convicted; offence; offense; offenses; offences; arrest; arrests; arrest date; arrested;"
        "arrest record; felony; misdemeanor; charge degree; parole; probation; probation status; prison;"
        "prisoner; inmate; inmate id; charge desc; charge description; charge offense; jail; jail time; "
        "sentence length; sentencing; recidivism; is recid;"
        "two year recid; priors count; crime; crimes; crime type; background check;"
        "background check result; dbs check; police record; juvenile offences; juv fel count;"
        "juv misd count; "
        "casier judiciaire; condamnation; condamnations; infraction; infractions penales; delit;"
        "vorstrafe; vorstrafen; straftat; straftaten; verurteilung; fuhrungszeugnis; vorbestraft;"
        "antecedentes penales; antecedentes; condena; condenas; delito; delitos; antecedentes criminais;"
        "condenacao; crime cometido; precedenti penali; casellario giudiziale; casellario; condanna;"
        "condanne; reato; reati; strafblad; veroordeling; veroordelingen; strafbaar feit; vog; karalnosc;"
        "wyrok; wyroki; skazany; przestepstwo; 犯罪歴; 前科; 逮捕歴; 有罪; 犯歴",
    ),
    Entry(
        "BEHAVIOUR",
        C.BEHAVIOUR,
        NONE,
        0.45,
        "last login; last login at; last seen; last seen at; last active; login count; sign in count;"
        "current sign in at; last sign in at; page views; pageviews; clickstream; clicks; click history;"
        "search query; search queries; search history; search term; browsing history; watch history;"
        "purchase history; order history; listening history; viewing history; event log; activity log;"
        "likes; interests; interest; hobbies; hobby; preferences; user preferences; personality;"
        "personality type; "
        "customer segment; user segment; persona; spending score; spend score; churn; churned;"
        "credit behavior; opt in; marketing consent; newsletter; sentiment; emotion; mood; referrer url;"
        "screen time; playtime; call duration; last purchase; last purchase date; derniere connexion;"
        "historique achats; interets; loisirs; letzte anmeldung; letzter login; kaufhistorie; interessen;"
        "hobbys; ultimo acceso; historial compras; historial de compras; intereses; aficiones;"
        "ultimo acesso; historico compras; interesses; ultimo accesso; cronologia acquisti; interessi;"
        "laatste login; aankoopgeschiedenis; ostatnie logowanie; historia zakupow; zainteresowania; "
        "購入履歴; 閲覧履歴; 検索履歴; 趣味; 最終ログイン; 行動履歴; 興味",
    ),
)

#: Words that, standing after a match, make it about a thing or a setting: phone_model, address_type, mail_server.
NEGATIVE_HEADS: Final = (
    "model; models; type; types; kind; server; servers; host; brand; make; manufacturer; vendor;"
    "template; templates; count; counts; cnt; total; sum; avg; average; mean; median; version; ver;"
    "format; status; state flag; flag; flags; enabled; disabled; "
    "verified; verification; validated; valid; confirmed; confirmation; required; optional; allowed;"
    "visible; hidden; is set; exists; length; len; size; width; height px; limit; quota; quality;"
    "score flag; setting; settings; config; configuration; protocol; port; domain; domains; provider;"
    "carrier; operator; subject; subjects line; folder; queue; sent; sent at; opened; opened at;"
    "bounced; bounce; clicked; campaign; list; lists; group type; category; categories; schema; "
    "os; app; application; plan; tariff; price; cost; fee; amount; screen; color; colour; icon;"
    "button; label; placeholder; tooltip; column; field; table; index; order; priority; sequence;"
    "rank; rule; rules; policy; at; on; ts; timestamp; updated; created; modified; date; time; opt;"
    "optin; subscribed; subscription; notification; notifications; frequency; rate; ratio; percent;"
    "pct; percentage; population; prefix; suffix; mask; pattern; regex; extension; ext; parser; handler; gateway;"
    "client version; router; device; service; api; endpoint; class; classes; method; mode; error;"
    "errors; rank; level code; source system; lookup; mapping; zone; timezone; tz; reader; writer;"
    "counter; budget; stage; phase; currency; satisfaction; "
    "modele; marque; serveur; statut; nombre; taille fichier; gabarit; modell; marke; anzahl;"
    "vorlage; serveur mail; gultig; bestatigt; geprueft; typ; art; modelo; marca; tipo; servidor;"
    "estado envio; plantilla; verificado; cantidad; tipologia; modello; numero tipo; verificata;"
    "verificato; merk; soort; aantal; sjabloon; geverifieerd; rodzaj; liczba; szablon; serwer;"
    "zweryfikowany; 種別; 種類; 区分; 件数; 機種; サーバ; サーバー; フラグ; 有無; 形式; タイプ; 状態;"
    "型番; 数; テンプレート"
)

#: Words that, standing before a match, make it about a thing: product name, server address, batch number.
NEGATIVE_QUALIFIERS: Final = (
    "is; has; num; number of; no of; n; nb; count; cnt; total; max; min; avg; default; file; files;"
    "folder; directory; path; table; column; field; schema; database; db; product; products; prod;"
    "item; sku; article; brand; category; categories; cat; subcategory; company; companies;"
    "organisation; organization; org; corporate; business; firm; vendor; supplier; supplier company;"
    "shipper; manufacturer; merchant; store; shop; branch; warehouse; outlet; depot; project; task;"
    "campaign; course; subject; class; module; package; library; app; application; host; server;"
    "domain; site; system; service; "
    "model; device; machine; sensor; network; channel; stream; queue; topic; bucket; cluster; node;"
    "pod; container; image; event; job; batch; process; workflow; pipeline; step; stage; state;"
    "region; country; city; county; province; district; street; station; airport; port; route; road;"
    "building; room; hotel; restaurant; venue; park; school; hospital; clinic; bank; branch;"
    "department; dept; division; team; group; role; permission; plan; tier; feature; metric; index;"
    "key; constant; variable; parameter; param; function; method; operation; operator; type; tag;"
    "label; color; colour; shape; size; unit; currency; language; lang; theme; template; page; menu;"
    "button; icon; font; style; book; movie; film; song; track; album; playlist; genre; show;"
    "episode; series; game; band; label; team; league; club; season; tournament; dish; recipe;"
    "ingredient; drug brand; plant; animal; species; breed; pet; dog; cat pet; fund; stock; ticker;"
    "exchange; index; portfolio; asset; bond; contract; order; invoice; shipment; delivery slot; tax;"
    "budget; vehicle; car; truck; vessel; aircraft; flight; memory; virtual; base; byte;"
    "offset; register; block; chain; token; smtp; imap; pop3; support; noreply; no reply; sales;"
    "info; webmaster; admin contact; "
    "fichier; produit; societe; entreprise; raison; magasin; categorie; marque; projet; serveur;"
    "service; gruppe; datei; produkt; firma; firmen; filiale; kategorie; marke; projekt; artikel;"
    "waren; archivo; producto; empresa; compania; tienda; categoria; proyecto; servidor; arquivo;"
    "produto; loja; projeto; prodotto; azienda; ditta; negozio; progetto; bestand; bedrijf; bedrijfs;"
    "winkel; produktowy; plik; sklep; nazwa firmy; firmy; 商品; 製品; 会社; 企業; 店舗; ファイル;"
    "カテゴリ; プロジェクト; 部署; "
    "サーバ; 法人; 支店; 銀行; 科目"
)

#: A name of these is a person's name; an id of these a person's id; a table of these is about people.
PEOPLE: Final = (
    "person; persons; people; individual; individuals; human; user; users; usr; usrs; appuser;"
    "auth user; account; accounts; member; members; membership; customer; customers; cust; client;"
    "clients; consumer; consumers; buyer; buyers; shopper; subscriber; subscribers; guest; guests;"
    "visitor; visitors; lead; leads; prospect; prospects; contact; contacts; employee; employees;"
    "emp; emps; staff; worker; workers; personnel; hr; colleague; manager; managers; mgr; supervisor;"
    "boss; reports to; hr employee; patient; patients; pt; pts; doctor; doctors; physician;"
    "physicians; nurse; nurses; practitioner; provider person; clinician; caregiver; student;"
    "students; pupil; pupils; learner; learners; teacher; teachers; instructor; professor; tutor;"
    "alumni; applicant; applicants; candidate; candidates; interviewee; participant; participants;"
    "respondent; respondents; volunteer; volunteers; donor; donors; resident; residents; citizen;"
    "citizens; voter; voters; taxpayer; tenant person; occupant; owner; owners; landlord; driver;"
    "drivers; passenger; passengers; traveler; traveller; rider; riders; player; players; athlete;"
    "athletes; author; authors; reviewer; reviewers; commenter; poster; sender; senders; recipient;"
    "recipients; receiver; payer; payee; beneficiary; beneficiaries; insured; claimant; claimants;"
    "policyholder; cardholder; holder; borrower; borrowers; debtor; creditor; signer; signatory;"
    "laureate; laureates; nominee; winner; winners; survivor; "
    "witness; victim; suspect; defendant; offender; inmate; attorney; lawyer; agent; agents; rep;"
    "representative; salesperson; assignee; requester; requestor; reporter; approver; creator;"
    "editor; operator person; attendee; attendees; speaker; speakers; organizer; host person; child;"
    "children; kid; kids; parent; parents; father; mother; spouse; husband; wife; partner; sibling;"
    "guardian; relative; next of kin; friend; friends; follower; followers; caller; callers; profile;"
    "profiles; userprofile; actor; actors; director; directors; artist person; composer; personal;"
    "full; legal; first; last; maiden; ship to; bill to; shipto; billto; home; household; subject;"
    "subjects; enrollee; enrollees; examinee; worker; crew; freelancer; contractor; trainer; coach;"
    "pilot; soldier; prisoner; refugee; investigator; principal; nominee; deceased; decedent; winner;"
    "wrestler; celebrity; politician; mp; senator; editor; photographer; buyer; seller; sellers; "
    "personne; personnes; utilisateur; utilisateurs; adherent; adherents; employe; employes; salarie;"
    "salaries; patient; medecin; eleve; eleves; etudiant; etudiants; candidat; candidats; enfant;"
    "enfants; usager; usagers; assure; assures; locataire; conducteur; abonne; abonnes; beneficiaire;"
    "expediteur; destinataire; auteur; enseignant; proprietaire; membre; membres; agent; responsable;"
    "demandeur; "
    "personen; mensch; benutzer; nutzer; kunde; kunden; kund; mitglied; mitglieder; mitarbeiter;"
    "angestellte; beschaftigte; patienten; arzt; schuler; studenten; studierende; lehrer; bewerber;"
    "teilnehmer; mieter; fahrer; versicherte; versicherter; kind; kinder; eltern; empfanger;"
    "absender; autor; inhaber; gast; gaste; besitzer; halter; ansprech; burger; "
    "persona; personas; usuario; usuarios; cliente; clientes; socio; socios; miembro; miembros;"
    "empleado; empleados; trabajador; trabajadores; paciente; pacientes; medico; medicos; alumno;"
    "alumnos; estudiante; estudiantes; candidato; candidatos; conductor; inquilino; titular;"
    "destinatario; remitente; ciudadano; ciudadanos; hijo; hijos; padre; madre; huesped; huespedes;"
    "profesor; beneficiario; "
    "pessoa; pessoas; utilizador; utilizadores; funcionario; funcionarios; colaborador;"
    "colaboradores; empregado; aluno; alunos; estudante; estudantes; motorista; segurado; assinante;"
    "crianca; mae; pai; hospede; professor; cidadao; responsavel; morador; "
    "persone; utente; utenti; clienti; dipendente; dipendenti; pazienti; medico; studenti; alunno;"
    "alunni; candidati; conducente; inquilino; destinatario; mittente; figlio; figli; cittadino;"
    "cittadini; ospite; ospiti; socio; soci; iscritto; iscritti; assicurato; "
    "gebruiker; gebruikers; klant; klanten; lid; leden; medewerker; medewerkers; werknemer;"
    "werknemers; personeel; patienten; arts; leerling; leerlingen; studenten; deelnemer; deelnemers;"
    "sollicitant; huurder; bestuurder; verzekerde; ouder; ouders; burger; burgers; ontvanger;"
    "afzender; inwoner; bewoner; "
    "osoba; osoby; uzytkownik; uzytkownicy; uzytkownika; klient; klienci; klienta; pracownik;"
    "pracownicy; pracownika; pacjent; pacjenci; pacjenta; lekarz; lekarza; uczen; uczniowie; ucznia;"
    "student; studenci; kandydat; kandydaci; kierowca; najemca; czlonek; czlonkowie; dziecko;"
    "dziecka; rodzic; rodzica; odbiorca; nadawca; wlasciciel; gosc; ubezpieczony; "
    "顧客; 会員; 社員; 従業員; 職員; 患者; 医師; 学生; 生徒; 児童; 利用者; ユーザー; ユーザ; 応募者;"
    "参加者; 契約者; 被保険者; 保護者; 担当; 個人; 住民; "
    "受講者; 名義人; 購入者; 予約者; お客様; 申込者; 受取人; 送付先; 回答者; 著者; 講師; 教員"
)

#: Tables of these are about things; a bare "name" or "address" in them is no person's.
THINGS: Final = (
    "type; types; status; statuses; code; codes; kind; skill; skills; certificate; certificates; "
    "publication; publications; error; errors; partnership; trust; product; products; item; items; "
    "article; articles; sku; skus; category; categories; subcategory; "
    "brand; brands; catalog; inventory; stock; warehouse; warehouses; store; stores; shop; shops;"
    "branch; branches; outlet; company; companies; organization; organizations; organisation;"
    "organisations; vendor; vendors; supplier; suppliers; shipper; shippers; manufacturer;"
    "manufacturers; department; departments; division; team; teams; group; groups; role; roles;"
    "permission; permissions; country; countries; region; regions; state; states; city; cities;"
    "province; territory; territories; currency; currencies; language; languages; tag; tags; genre;"
    "genres; album; albums; track; tracks; playlist; playlists; artist; artists; media type;"
    "mediatype; song; songs; movie; movies; film; films; book; books; event; events; venue; venues;"
    "course; courses; class; classes; module; project; projects; task; tasks; issue; issues; server;"
    "servers; host; hosts; device type; sensor; sensors; machine; machines; vehicle model; file;"
    "files; document type; template; templates; setting; settings; config; configuration; feature;"
    "features; plan; plans; price; prices; tax rate; unit; units; station; stations; airport;"
    "airports; airline; airlines; route; routes; hotel; hotels; restaurant; restaurants; hospital;"
    "hospitals; care site; school; schools; university; bank; banks; "
    "vocabulary; domain; dish; recipe; ingredient; stadium; club; league; season; game; games;"
    "migration; migrations; job queue; log level; plant; animal; species; breed; stock ticker; fund;"
    "asset; assets; metric; metrics; index; storm; storms; hurricane; hurricanes; car; cars; museum; museums; "
    "metro; building; "
    "buildings; park; parks; city list; zip codes; postcodes; lookup; enum; code list;"
    "dictionary; glossary; cost; version; cdm source; metadata; "
    "produit; produits; categorie; magasin; magasins; entreprise; entreprises; societe; pays; ville;"
    "villes; produkt; produkte; kategorie; kategorien; filiale; filialen; firma; firmen; artikel;"
    "producto; productos; categoria; categorias; tienda; tiendas; empresa; empresas; pais; paises;"
    "produto; produtos; loja; lojas; prodotto; prodotti; negozio; negozi; azienda; aziende; product;"
    "producten; categorie; winkel; winkels; bedrijf; bedrijven; produkty; kategoria; sklep; sklepy;"
    "firmy; 商品; 製品; 店舗; 会社; カテゴリ; 部署; 企業; 部門"
)

#: A person under a table's or a column's own name: who did or gets something. The column may hold a name or a key.
ACTORS: Final = (
    "reports to; managed by; owned by; prescribed by; signed by; created by; updated by; modified by; "
    "approved by; assigned to; submitted by; reported by; "
    "reviewed by; author; owner; assignee; reporter; requester; approver; reviewer; sender;"
    "recipient; customer; client; employee; patient; person; user; contact; manager; supervisor;"
    "driver; passenger; doctor; physician; nurse; teacher; student; applicant; candidate; attendee;"
    "seller; buyer; tenant; insured; composer; beneficiary; agent name; attorney; witness; victim;"
    "suspect; creator; prescriber; borrower; guest; "
    "auteur; kunde; kundin; mitarbeiter; patient; cliente; paciente; empleado; funcionario;"
    "dipendente; klant; medewerker; klient; pracownik; pacjent; bearbeiter; sachbearbeiter;"
    "verfasser; autor; autore; medico; arzt; eleve; etudiant; salarie; 作成者; 更新者; 承認者; 申請者; 著者; 顧客;"
    "患者; 医師"
)

#: What a key column ends with.
ID_WORDS: Final = (
    "id; ids; uuid; guid; key; code; no; nr; num; number; nbr; ref; reference; pk; fk; sk;"
    "identifier; ident; numero; nummer; numer; codigo; codice; kennung; identifiant; clave; chave;"
    "sleutel; klucz; 番号; コード; キー"
)

#: Words that say nothing about what a column holds.
NEUTRAL: Final = (
    "concept; the; of; de; da; do; di; du; des; del; della; la; le; el; des; der; die; den; van; het; von; w;"
    "i; e; y; a; d; l; o; value; val; text; txt; str; string; raw; source; src; original; orig;"
    "clean; cleaned; normalized; norm; primary; secondary; main; alternate; alternative; alt; other;"
    "old; new; current; previous; prev; former; latest; first; second; third; work; business phone;"
    "personal; private; home; billing; shipping; bill; ship; delivery; mailing; to; from; my; your;"
    "col; column; fld; field; x; en; us; uk; eu; int; intl; local; full; short; long; temp; tmp;"
    "hash; hashed; encrypted; enc; masked; sha; md5; dim; fact; stg; tbl; vw; number; no; nr; num;"
    "nbr; id; code; line; data; info; details; 等; その他"
)

#: Lose their meaning beside words we don't know: market_cap, sin_theta, race_time, page_age.
WEAK: Final = (
    "cap via str sin tin cp cf uf eta lek mob ort pass rg lat lon lng pulse drug race body text content "
    "address state region country land staat stato kraj sex age mac cell mobile portable title job school "
    "degree formation fonction cargo funcao functie major position location birth charge parole offense "
    "offence prison crime tel handle alias memo note notes numero rut sns pis nis nie nip rib cb mood likes "
    "ideology first last middle pay union condition black white asian nation mar plat lon din parti kids "
    "citizen black white "
    "voted kraj dom sx nat dx occ earnings genre geography il lan kon vek ika nem mf culte "
    "interest interests district ward city town wallet debt pension bonus medical health church clinical "
    "treatment procedure temperature height weight testo texte bericht comune poids lohn cep rua plz targa "
    "patente licence faith handicap reply statement signature photo foto portrait partei partia partito "
    "partido renta nota notas tresc ville commune paese ip snp blog allele iris gait completion response"
)

#: Small words headers leave out: `nom_famille` for "nom de famille".
LINKS: Final = "de da do di du des del d l la le el of der von van"

#: Whose name it is by these, but no table is about people for having one of them.
NAME_PREFIXES: Final = (
    "personal full legal first last maiden home household shipto billto subject principal partner agent account actor"
)

#: Say that a place or a date is a person's.
OF_PERSONS: Final = (
    "birth born residence home hometown domicile billing shipping delivery mailing contact surname forename "
    "naissance domicilio "
    "residencia residenza nascita nacimiento nascimento geburt wohnort woonplaats naturalidade zamieszkania "
    "nationality citizenship"
)

#: Who made or keeps a thing. The table is about the thing.
ROLES: Final = (
    "author director artist actor writer composer creator owner producer editor singer performer illustrator "
    "publisher assignee "
    "reporter reviewer manager contact seller agent driver coach captain inventor photographer cast star by "
    "founder ceo president "
    "auteur autor autore realisateur regisseur kunstler uploader maintainer committer architect designer architekt"
)

#: Short forms of old systems, and the words they stand for.
SHORT: Final = (
    "nm name; dt date; frst first; fst first; lst last; brth birth; bth birth; addr address; adr address; "
    "cust customer; "
    "emp employee; ph phone; tel telephone; cd code; desc description; qty quantity; amt amount; prod product; "
    "mfr manufacturer; "
    "cntry country; ctry country; nbr number; mob mobile; gndr gender; stdnt student; pat patient; "
    "acct account; usr user; "
    "cat category; grp group; abb abbreviation; abbr abbreviation; abbrev abbreviation; occ occupation; "
    "natl national"
)
