"""More words of headers: abbreviations of surveys and old systems, and sv da nb fi cs tr ru zh ko. Data only.

Read after `words.ENTRIES`: a phrase both name belongs to the first. Same form, same folding.
"""

from __future__ import annotations

from typing import Final

from core.types import Category, Identifying
from datamap.scanner.words import Entry

C = Category
DIRECT, QUASI, NONE = Identifying.DIRECT, Identifying.QUASI, Identifying.NONE

ENTRIES: Final = (
    Entry(
        "PERSON",
        C.IDENTITY,
        DIRECT,
        0.9,
        "long name person; short name person; ename; empname; emp nm; spouse name; partner name; "
        "first initial; "
        "last initial; name prefix; preferred first name; patronymic; middle names; middlename; other names; "
        "fornavn; etternavn; efternavn; mellemnavn; mellomnavn; forename surname; fornamn; efternamn; "
        "mellannamn; tilltalsnamn; "
        "fullstandigt namn; fullt namn; fulde navn; etunimi; sukunimi; etunimet; koko nimi; kutsumanimi; "
        "jmeno; prijmeni; krestni jmeno; jmeno a prijmeni; adi; soyad; soyadi; ad soyad; adi soyadi; isim soyisim; "
        "имя; фамилия; отчество; фио; полное имя; 姓名; 名字; 客户姓名; 联系人; 员工姓名; "
        "学生姓名; 이름; 성명; 고객명; 성함; "
        "vezeteknev; keresztnev; teljes nev; prenume; numele de familie; nume si prenume; "
        "nom prenom; nom et prenom; nom patient; nom client; nombre cliente; nome cliente; naam klant; "
        "nom usage; nom marital; "
        "nombres y apellidos; nombre paciente; nome paciente; nome do paciente; nome funcionario; "
        "nome do aluno; nombre alumno; "
        "apellido 1; apellido 2; apellido1; apellido2; nombre1; nombre2; prenom1; prenom2; vorname nachname",
    ),
    Entry(
        "EMAIL_ADDRESS",
        C.CONTACT,
        DIRECT,
        0.93,
        "epost; e post; epostadresse; e postadress; mejl; sahkoposti; sahkopostiosoite; e mailova adresa; "
        "eposta; e posta; "
        "электронная почта; почта; емейл; 邮箱; 电子邮件; 电子邮箱; 邮件地址; 이메일; 메일; correo e; "
        "correos; courriels; adresse courriel",
    ),
    Entry(
        "PHONE_NUMBER",
        C.CONTACT,
        DIRECT,
        0.9,
        "phone 1; phone 2; home phone no; work phone no; tel1; tel2; telf; tlf; tlf nr; tfn nr; "
        "telefonnummer privat; mobilnr; mobiltelefon; "
        "telefoni; puhelin; puhelinnumero; matkapuhelin; telefonni cislo; mobilni telefon; cep telefonu; "
        "telefon no; gsm no; "
        "телефон; номер телефона; мобильный; 电话; 手机; 手机号; 手机号码; 联系电话; "
        "电话号码; 전화; 전화번호; 휴대폰; 휴대전화; 연락처; "
        "tel fixe; tel mobile; num telephone; numtel; ntel; telefono1; telefono2; cel; fijo; telefono fijo; "
        "telefone fixo; "
        "telefoon thuis; phonework; phonehome; mobilephone; workphone; homephone; cellno",
    ),
    Entry(
        "LOCATION",
        C.LOCATION,
        DIRECT,
        0.82,
        "gateadresse; vejnavn; husnummer; gatuadress; bostadsadress; adress; osoite; katuosoite; "
        "kotiosoite; ulice; cislo popisne; adresa; "
        "bydliste; adresi; ev adresi; sokak; адрес; улица; дом; адрес проживания; 地址; 家庭地址; "
        "住址; 详细地址; 주소; 집주소; 도로명주소; "
        "utca; strada; domiciliu; adresse1; adresse2; adresse 1; adresse 2; rue et numero; num rue; "
        "direccion1; direccion2; "
        "endereco residencial; complemento; addrline1; addrline2; street1; street2; street 1; street 2; "
        "address line 1; "
        "address line 2; ship to addr; ship to address; bill to address; home lat; home lon; home latitude; "
        "home longitude",
    ),
    Entry(
        "POSTCODE",
        C.LOCATION,
        QUASI,
        0.86,
        "postnummer; postnr; postal no; postinumero; psc; posta kodu; почтовый индекс; индекс; 邮编; "
        "邮政编码; 우편번호; iranyitoszam; "
        "cod postal; codpostal; codpos; c p; cod post; zip plus 4; zip9; zip code tabulation area; "
        "postleitz; pcode",
    ),
    Entry(
        "LOCATION",
        C.LOCATION,
        QUASI,
        0.64,
        "nation; residence type; geography; poststed; bosted; bopel; bostadsort; kommune; kommun; fylke; "
        "lan; kotikunta; kunta; "
        "asuinpaikka; mesto; obec; kraj bydliste; okres; sehir; il; ilce; memleket; dogum yeri; город; "
        "регион; область; страна; "
        "место рождения; место жительства; населенный пункт; 城市; 省份; 国家; 籍贯; 出生地; "
        "户籍; 区县; 도시; 시도; 국가; 거주지; 출생지; "
        "fodested; fodeland; fodelseort; fodelseland; syntymapaikka; misto narozeni; ulke; varos; oras; judet; "
        "country of origin; origin country; land of origin; pais de origen; pays d origine; home state; "
        "home country; home district; state of residence; city of residence; "
        "county of residence; residence state; "
        "residence city; current city; current location; hometown state; birth state; birth place country; "
        "brncntr; "
        "pais de residencia; ciudad de residencia; municipio de residencia; ville domicile; dept residence; "
        "region residence",
    ),
    Entry(
        "DATE_OF_BIRTH",
        C.IDENTITY,
        QUASI,
        0.92,
        "birth yr; birthyr; birthmo; birth mo; birth qrtr; birth qtr; birth day of year; dob year; "
        "dob month; yearborn; year born; yr born; "
        "byear; bmonth; brthyr; yrbrn; birthdate child; child birth year; date naiss; dnaiss; datnaiss; "
        "ddn; dtnasc; dtnascimento; "
        "fecnac; fechanac; fecha de nac; fecha nto; f nacimiento; datanascita; dtnascita; nato il; nata il; "
        "gebdatum; gebjahr; geb jahr; "
        "geb; gebdat; fodselsdato; fodselsar; fodt; fodelsedatum; fodelsear; fodd; syntymaaika; "
        "syntymavuosi; syntynyt; "
        "datum narozeni; rok narozeni; narozen; dogum tarihi; dogum yili; дата рождения; год рождения; "
        "день рождения; 出生日期; 出生年月; 生日; "
        "出生年份; 생년월일; 생일; 출생년도; szuletesi datum; data nasterii; rok ur; data ur; urodzony",
    ),
    Entry(
        "AGE",
        C.IDENTITY,
        QUASI,
        0.84,
        "agea; r age; hh age; hhage; respondent age; customer age; client age; employee age; age bucket; "
        "age bin; age code; age interval; "
        "age at death; age at diagnosis; age at admission; age at event; age at enrollment; "
        "age at baseline; age at entry; agey; agemonths; "
        "age months; age in months; age of driver; age of patient; age of respondent; agecat; ageclass; "
        "agerange; age grouping; "
        "alder; aldersgruppe; alderspan; ika; ikaryhma; ikaluokka; vek; vekova skupina; yas; yas grubu; "
        "возраст; возрастная группа; "
        "年龄; 年龄段; 나이; 연령; 연령대; eletkor; varsta; tranche dage; classe d age; classe eta; "
        "rango edad; rango de edad; "
        "rango etario; grupo etario; grupo de edad; faixa idade; fascia di eta; altersklasse; altersband; "
        "lebensalter; leeftijdsklasse; wiek lata",
    ),
    Entry(
        "GENDER",
        C.IDENTITY,
        QUASI,
        0.85,
        "gndr r; sex code; sexcode; gender desc; sex desc; gender description; sex of driver; genre h f; "
        "genre hf; sx; is woman; sex id; gender id; "
        "kjonn; kon; juridiskt kon; sukupuoli; pohlavi; cinsiyet; пол; 性别; 性別; 성별; nem; kodpleci; "
        "sexo biologico; genero; civ; "
        "male dummy; female dummy; man vrouw; m f; mf; perpetrator sex; victim sex; suspect sex; driver sex",
    ),
    Entry(
        "NATIONAL_ID",
        C.GOVERNMENT_ID,
        DIRECT,
        0.92,
        "personnummer; fodselsnummer; fodselsnr; cpr; cpr nummer; cpr nr; henkilotunnus; hetu; rodne cislo; "
        "tc kimlik; tc kimlik no; tckn; "
        "kimlik no; снилс; инн; паспорт; номер паспорта; 身份证; 身份证号; 身份证号码; 证件号码; "
        "주민등록번호; 주민번호; cnp; jmbg; oib; egn; "
        "soc sec id; socsec no; national insurance no; nino no; sozialvers nr; ahv; numero dni; num dni; "
        "nro documento; nro doc; num doc; "
        "numero documento identidad; documento; cedula identidad; n documento; registro civil; drivers; "
        "tax identification; taxid; tax no; "
        "numero identificacion; identificacion; identification number; voter registration number; "
        "military id; service number; id document; "
        "crp id; fec id; bioguide id; npi; npi number; licence no; medical license; bar number",
    ),
    Entry(
        "PERSON_ID",
        C.ONLINE_ID,
        DIRECT,
        0.62,
        "empno; emp no; empcode; emp code; roll no; rollno; roll num; enrollment no; enrolment number; "
        "registration number student; regno; "
        "hhid; idno; idcode; respid; resp id; caseid; personid; pers id; persid; pidp; household id; "
        "family id; participant no; subject no; "
        "patient code; patientcode; subjectid; ptid; pt id; pat id; studyid; study id; study no; "
        "screening number; randomisation number; "
        "client no; custno; cust no; custnum; customer code; customer key; acct id; userkey; user key; "
        "member key; memberno; "
        "author id; player id; driver id; athlete id; artist person id; reviewer id; reviewerid; "
        "taster id; donor id; voter no; "
        "kundnummer; medlemsnummer; anstallningsnummer; asiakasnumero; jasennumero; cislo zakaznika; "
        "musteri no; ogrenci no; "
        "табельный номер; номер клиента; 客户编号; 员工编号; 学号; 工号; 会员号; 用户id; 고객번호; "
        "회원번호; 사번; 학번; wikidata id; orcid",
    ),
    Entry(
        "JOB",
        C.EMPLOYMENT,
        QUASI,
        0.76,
        "occup; occup code; occ; occ code; occupation code; occupation husb; occupation group; "
        "occupational group; isco; isco code; isco08; soc code; "
        "role title; jobrole; job family; job code; jobclass; job class; job category; job group; "
        "job description; jobtype; job type; emp type; "
        "emp status; empstat; employed; unemployed; labor force status; labour force status; lfs; "
        "work type; work status; working status; "
        "self employed; class of worker; sector of employment; employment sector; job satisfaction role; "
        "mjob; fjob; mother job; father job; "
        "mothers job; fathers job; mother occupation; father occupation; stilling; yrke; jobbtitel; "
        "befattning; ammatti; tyotehtava; "
        "povolani; pozice zamestnani; meslek; unvan; профессия; должность; 职业; 职位; 职务; 岗位; "
        "직업; 직책; 직위; foglalkozas; ocupatie; "
        "profession pere; profession mere; pcs; categorie socio; situacion laboral; categoria profesional; "
        "situacao ocupacional; "
        "stato occupazionale; erwerbsstatus; berufsgruppe; berufsstand; stanowisko pracy; experience level job",
    ),
    Entry(
        "EDUCATION",
        C.EDUCATION,
        QUASI,
        0.68,
        "edlevel; ed level; educ level; educ cat; educ years; years of education; education years; "
        "years schooling; yrs school; highest grade; "
        "highest degree earned; degree type; degree earned; college degree; college grad; collgrad; "
        "hs grad; high school grad; hsgrad; "
        "medu; fedu; meducation; feducation; mother education; father education; parent education; "
        "parental level of education; "
        "parental education; parents education; mothers education; fathers education; schoollevel; "
        "study level; study programme; "
        "field of degree; college major; undergraduate major; utbildning; utdanning; uddannelse; koulutus; "
        "vzdelani; egitim; egitim durumu; "
        "образование; уровень образования; 学历; 教育程度; 文化程度; 毕业院校; 학력; 교육수준; 전공; "
        "vegzettseg; studii; "
        "niveau scolaire; niveau formation; dernier diplome; nivel educacional; grado estudios; "
        "grado academico; nivel academico; "
        "grau escolaridade; instrucao; scolarita; schulbildung; bildungsstand; ausbildung; vooropleiding; "
        "hoogste opleiding; wyksztalc",
    ),
    Entry(
        "MARITAL_STATUS",
        C.FAMILY,
        QUASI,
        0.83,
        "marstat; mar stat; mar status; maritalstat; civil state; civilstate; ever married; evermarried; "
        "nevermarried; never married; nev mar; msp; "
        "is married; mar; relationship type person; legal marital status; civilstand; sivilstatus; "
        "sivilstand; civilstatus; siviilisaaty; rodinny stav; "
        "medeni hal; medeni durum; семейное положение; 婚姻; 婚姻状况; 결혼; 결혼여부; 혼인상태; "
        "csaladi allapot; stare civila; "
        "statut matrimonial; sit fam; sitfam; est civil; edo civil; estadocivil; statocivile; famstand; "
        "fam stand; burgerlijke stand; stan cyw",
    ),
    Entry(
        "FAMILY",
        C.FAMILY,
        QUASI,
        0.5,
        "n children; number of kids; num kids; nkids; n kids; kids; kidslt6; kids618; children at home; "
        "dependent count; dependants count; "
        "famsize; fam size; hhsize; hh size; people in household; persons in household; antal barn; "
        "antall barn; lapset; pocet deti; cocuk sayisi; "
        "количество детей; 子女数; 자녀수; nombre d enfants a charge; num hijos; numhijos; qtd filhos; "
        "quantidade filhos; n figli",
    ),
    Entry(
        "NRP",
        C.ETHNICITY,
        QUASI,
        0.84,
        "raceth; race eth; racecat; race cat; race ethn; racethn; ethgrp; eth grp; ethnic background; "
        "ethnic code; ethnicity desc; race desc; race1; "
        "race group; hispan; hispanic origin; is hispanic; black; white; asian; nonwhite; non white; "
        "minority; minority status; african american; "
        "victim race; suspect race; perpetrator race; officer race; driver race; ethnicgroup; etnisitet; "
        "etnicitet; narodnost; etnik; "
        "национальность; этническая принадлежность; 民族; 인종; group ethnique; groupe ethnique; "
        "grupo racial; pertenencia etnica; appartenenza etnica",
    ),
    Entry(
        "NRP",
        C.IDENTITY,
        QUASI,
        0.76,
        "citizen; us citizen; is citizen; citizen status; immigrant; immigration; immigrant status; "
        "foreign born; native born; migrant; migration status; "
        "visa status; nat; nation of citizenship; "
        "nationality code; nationality name; "
        "medborgarskap; statsborgerskap; kansalaisuus; statni obcanstvi; uyruk; vatandaslik; гражданство; "
        "国籍; 국적; allampolgarsag; cetatenie; "
        "pais de nacionalidad; herkunftsland; "
        "migrationshintergrund; land van herkomst",
    ),
    Entry(
        "NRP",
        C.RELIGION,
        QUASI,
        0.86,
        "relig; religious affil; relig affil; religious group; religious denomination; religion code; "
        "worship; trosretning; trossamfund; uskonto; "
        "nabozenstvi; din; inanc; вероисповедание; религия; 宗教信仰; 종교; vallas; culte; "
        "confession religieuse; confesion; confessione; kirche",
    ),
    Entry(
        "NRP",
        C.POLITICS,
        QUASI,
        0.82,
        "partyid; pid7; pid3; ideology; ideo; ideo5; lrscale; left right; political ideology; "
        "political orientation; partisanship; party id7; "
        "vote2016; vote2020; vote intention; voted; parliamentary group; parti; partitilhorighet; puolue; "
        "strana politicka; siyasi parti; "
        "партия; 党派; 政治面貌; 정당; partido al que pertenece; groupe politique; groupe parlementaire; "
        "gruppo parlamentare; fraktion; klub poselski",
    ),
    Entry(
        "TRADE_UNION",
        C.UNION,
        QUASI,
        0.6,
        "union; union status; unionised; unionized; is union; in union; fackforening; fagforening",
    ),
    Entry(
        "INCOME",
        C.FINANCIAL,
        QUASI,
        0.6,
        "hhincome; hh income; faminc; fam inc; hinc; hincome; hinctnta; pinc; incwage; earnings; "
        "annual earnings; hourly earnings; weekly earnings; "
        "weekly wage; hourly wage; hrwage; lwage; monthly salary; monthly salary in usd; salary usd; "
        "salary in usd; base pay; annual pay; total pay; pay grade; pay band; "
        "applicant income; coapplicant income; income category; income group; income class; incomecat; "
        "total compensation; "
        "lonn; lon; inkomst; arsinkomst; palkka; tulot; plat; prijem; maas; gelir; зарплата; доход; оклад; "
        "收入; 工资; 薪资; 月薪; 급여; 연봉; 소득; "
        "salaire annuel; salaire mensuel; revenu annuel; revenu mensuel; sueldo mensual; salario mensual; "
        "ingreso; ingreso mensual; ingresos anuales; "
        "renda mensal; renda familiar; stipendio mensile; reddito annuo; monatsgehalt; nettolohn; "
        "bruttolohn; maandsalaris; brutoloon; placa",
    ),
    Entry(
        "HEALTH",
        C.HEALTH,
        QUASI,
        0.8,
        "death date; date of death; deathdate; death year; year of death; dod; dod date; date deces; "
        "date de deces; sterbedatum; todesdatum; "
        "fecha fallecimiento; fecha defuncion; data obito; data de obito; data morte; data di morte; "
        "overlijdensdatum; data zgonu; dodsdato; dodsdatum; "
        "self rated health; health status; general health; hlth; diagnosegruppe; diagnos; diagnoosi; "
        "diagnoza; tani; hastalik; диагноз; заболевание; "
        "诊断; 疾病; 病史; 진단; 질병; 병명; diag principal; diag code; dx; dx code; primary dx; icd10cm; "
        "icd 10 code; condition desc; illness name; "
        "chronic condition; chronic conditions; chronic disease; disease status; disabilities; "
        "disability type; is disabled; cause death; causa muerte",
    ),
    Entry(
        "USERNAME",
        C.ONLINE_ID,
        DIRECT,
        0.84,
        "profile name; profilename; nick; nickname online; account login; twitter username; "
        "twitter screen name; twitter handle; taster twitter handle; "
        "instagram handle; github; gitlab; tiktok handle; user login name; logon name; brukernavn; "
        "anvandarnamn; brugernavn; kayttajatunnus; "
        "uzivatelske jmeno; kullanici adi; имя пользователя; логин; 用户名; 昵称; 账号; 아이디; "
        "사용자명; 닉네임; identifiant utilisateur; reddit username",
    ),
    Entry(
        "MEDICAL_RECORD",
        C.HEALTH,
        DIRECT,
        0.86,
        "patient mrn; mrn no; uhid; hospital id; nhi; nhi number; chi number; hospitalnumber; "
        "journalnummer; номер карты; 病历号; 住院号; 就诊卡号; 환자번호; "
        "nip paciente; num historia; nhc; numero sus; cns; numero assure; numero mutuelle; kvnr; "
        "versichertennr; egk nummer",
    ),
)  # fmt: skip

#: More people, by what they do or undergo; a name of these is a person's.
PEOPLE: Final = (
    "shoppers; perpetrator; perpetrators; offenders; shooter; officer; officers; taster; legislator; "
    "legislators; representatives; senators; "
    "mayor; governor; minister; judge; judges; plaintiff; juror; complainant; householder; mother; "
    "survivor; victims; candidate; incumbent; "
    "golfer; cyclist; swimmer; runner; runners; skater; boxer; fighter; racer; jockey; umpire; referee; "
    "scorer; goalkeeper; batter; pitcher; batsman; bowler; "
    "hitter; quarterback; olympian; competitor; competitors; entrant; finisher; finishers; contestant; "
    "contestants; medalist; "
    "scientist; researcher; researchers; professors; lecturer; faculty member; dean; graduate; graduates; "
    "enrollee; apprentice; intern; interns; "
    "billionaire; billionaires; entrepreneur; founder; founders; executive; executives; ceo; chairman; "
    "shareholder; investor; inspector; "
    "applicants; jobseeker; retiree; pensioner; veteran; veterans; settler; migrant; migrants; immigrant; "
    "immigrants; slave; slaves; servant; "
    "nominees; speaker; panelist; respondant; informant; interviewer; rater; annotator; coder; subscriber; "
    "caller; callee; driver; cyclists; pedestrian; "
    "passengers; crew; pilot; captain; astronaut; astronauts; sailor; soldiers; casualties; fatality; "
    "fatalities; decedents; "
    "ansatte; kunder; medarbejder; medarbejdere; elev; elever; pasient; pasienter; patienter; medlem; "
    "medlemmar; medlemmer; anstalld; anstallda; "
    "asiakas; asiakkaat; potilas; potilaat; henkilo; tyontekija; zakaznik; zakaznici; zamestnanec; "
    "zamestnanci; student; studenti; pacient; pacienti; "
    "musteri; musteriler; calisan; calisanlar; hasta; hastalar; ogrenci; ogrenciler; kisi; клиент; клиенты; "
    "сотрудник; сотрудники; пациент; пациенты; "
    "студент; студенты; пользователь; пользователи; 客户; 员工; 患者; 学生; 会员; 用户; 고객; 직원; "
    "환자; 학생; 회원; "
    "depute; deputes; deputado; deputados; diputado; diputados; senateur; senateurs; poslowie; posel; "
    "kamerlid; gemeinderat; elu; elus; maire; maires; "
    "joueur; joueurs; spieler; jugador; jugadores; jogador; jogadores; giocatore; giocatori; speler; "
    "spelers; zawodnik; zawodnicy; "
    "utilisatrice; salariees; employees; etudiante; eleves; inscrits; inscrit; votante; electores; vecino; "
    "vecinos; empadronados; alumnas; docentes; docente; "
    "trabajadores; interesado; solicitante; solicitantes; beneficiarios; servidores; servidor publico; "
    "bolsistas; candidatas; alunas; munícipe; matriculados"
)

#: Names of somebody by what they did; the values must look like people.
ACTORS: Final = (
    "authors; director; directors; actor; actors; actress; cast; artist; artists; photographer; "
    "photographers; inventor; inventors; legislator; representative; "
    "senator; player; players; athlete; coach; taster; winner; winners; laureate; nominee; mayor; "
    "governor; president; ceo; founder; founders; "
    "pitcher; batter; batsman; bowler; golfer; rider; runner; swimmer; competitor; captain; pilot; judge; "
    "shooter; killer; officer; candidate name; incumbent; "
    "writer; writers; editor; editors; singer; singers; performer; performers; illustrator; translator; "
    "producer; producers; stars; starring; screenplay; "
    "joueur; spieler; jugador; jogador; giocatore; speler; auteurs; autoren; autores; autori; regisseur; "
    "realisateur; acteurs; schauspieler; actores"
)
