"""Words of tables about people as research keeps them: illnesses, treatments, earnings, votes, origins. Data only.

Read before `words.ENTRIES`: these say more than the general words. Short forms count only among people (`about`).
"""

from __future__ import annotations

from typing import Final

from core.types import Category, Identifying
from datamap.scanner.words import Entry

C = Category
QUASI = Identifying.QUASI

#: What long medical words end in, in the languages of the lexicon.
MEDICAL_ENDINGS: Final = (
    "itis iitis osis oses emia aemia aemie amie emie oma opathy opathie opatia ectomy ectomie ectomia algia algie "
    "uria urie plegia plegie sclerosis sclerose stenosis stenose plasty plastie trophy trophie penia penie pnea "
    "pnoe rrhea rhoe rrhoea thrombosis infarct infarction cardia cardie"
)
#: Words that end so and are no illness.
NO_ILLNESS: Final = (
    "diploma diplome aroma chroma coma comma roma oklahoma sonoma tacoma genome chromosome metronome welcome income "
    "outcome become some home dome rome come handsome awesome kilome biome trophy atrophy catastrophy osmosis "
    "photosynthesis prognosis diagnosis metamorphosis academia bohemia premie premia sodium gnome syndrome "
    "palindrome"
)
#: Whose sexes, ages and names are nobody's.
ANIMALS: Final = (
    "species genus breed breeds animal animals taxon taxa subspecies sire litter herd flock specimen plumage beak "
    "wingspan flipper calves heifer cow cows cattle sheep ewe lamb goat pig pigs sow piglet horse horses pony "
    "foal dog dogs puppy cat cats kitten pet pets rabbit hamster mouse mice rat rats rodent rodents bird birds "
    "chicken hen poultry fish fishes salmon trout shark whale dolphin turtle turtles tortoise snake lizard frog "
    "toad penguin penguins wolf wolves fox deer moose elk owl owls eagle hawk sparrow finch snail insect insects "
    "beetle butterfly primate macaque chimpanzee monkey kennel veterinary espece especes chien chiens chat chats "
    "vache vaches tier tiere tierart hund hunde katze katzen kuh kuhe pferd pferde vogel especie especies perro "
    "perros gato gatos vaca vacas mascota specie razza cane cani gatto gatti bovini animali raca cachorro soort "
    "dier dieren hond honden koe koeien gatunek zwierze psy kot krowa "
)

ENTRIES: Final = (
    Entry(
        "HEALTH",
        C.HEALTH,
        QUASI,
        0.78,
        "diabetes; diabetic; diab; diabetes mellitus; dm2; t2dm; hypertension; hypertensive; htn; hbp; high blood "
        "pressure; stroke; asthma; asthmatic; cancer; tumor; tumour; carcinoma; melanoma; leukemia; lymphoma; "
        "metastasis; metastases; heart disease; heart failure; heart attack; chf; cad; chd; ihd; cvd; pvd; pad; "
        "afib; atrial fibrillation; angina; arrhythmia; myocardial infarction; infarction; prior mi; cabg; pci; "
        "copd; emphysema; ckd; esrd; renal failure; kidney disease; renal disease; liver disease; dialysis; "
        "transplant; hiv; hiv status; aids; hepatitis; tuberculosis; tb; malaria; covid; covid status; covid19; "
        "pneumonia; sepsis; infection; infections; anemia; anaemia; obesity; obese; overweight; epilepsy; seizure; "
        "seizures; dementia; alzheimer; alzheimers; parkinson; migraine; arthritis; rheumatoid; osteoporosis; hip "
        "fracture; depression; depressed; anxiety; schizophrenia; bipolar; autism; adhd; ptsd; psychiatric; mental "
        "illness; suicidal; suicide; suicide attempt; overdose; addiction; substance abuse; drug use; drug abuse; "
        "opioid; heroin; cocaine; marijuana; cannabis; alcohol; alcohol use; alcohol consumption; alcoholic; "
        "alcoholism; drinker; drinking; drinks; smoker; smoking; smoking status; smoke; smokes; smoked; ever "
        "smoked; current smoker; cigarettes; cigs; cigs per day; cigsperday; tobacco; nicotine; pack years; "
        "packyears; vaping; pregnant; pregnancy; pregnancies; gravida; gravidity; parity; trimester; gestation; "
        "gestational age; miscarriage; abortion; menopause; menopausal; menarche; contraception; contraceptive; "
        "birth weight; birthweight; low birth weight; preterm; apgar; breastfeeding; comorbid; charlson; charlson "
        "index; comorbidity score; risk factor; risk factors; family history; famhist; surgery; surgical; operation "
        "type; procedure; biopsy; chemotherapy; chemo; radiotherapy; radiation therapy; hormone therapy; therapy; "
        "treated; medicated; insulin use; statin; statins; aspirin; beta blocker; antidepressant; antibiotic; "
        "antibiotics; vaccinated; vaccination; vaccine; vaccination status; vaccine dose; immunized; disability; "
        "disabled; handicapped; wheelchair; blind; deaf; impairment; injury; injuries; injured; fracture; wound; "
        "trauma; pain; pain score; pain level; chest pain; cough; fever; fatigue; nausea; headache; dizziness; "
        "rash; dyspnea; edema; ascites; hepatomegaly; jaundice; tumor stage; cancer stage; disease stage; tumor "
        "size; tumor grade; histology; metastatic; recurrence; relapse; remission; survival status; vital status; "
        "deceased; died; dead; is alive; hospitalized; hospitalised; hospitalization; icu; intubated; ventilated; "
        "length of stay; readmitted; readmission; nyha; killip; asa class; karnofsky; ecog; performance status; "
        "gleason; self reported health; health rating; hearing; insomnia; sleep disorder; eating disorder; diabete; "
        "diabetique; hypertension arterielle; hta; tabac; tabagisme; fumeur; fumeuse; asthme; avc; infarctus; "
        "obesite; cancer du sein; grossesse; enceinte; handicap; douleur; vaccine covid; alcool; zuckerkrank; "
        "bluthochdruck; raucher; raucherin; raucherstatus; krebs; tumorstadium; schlaganfall; herzinfarkt; "
        "ubergewicht; adipositas; schwanger; schwangerschaft; geimpft; impfstatus; behinderungsgrad; pflegegrad; "
        "alkohol; diabetico; diabetica; hipertension; hipertenso; fumador; fumadora; tabaquismo; asma; obesidad; "
        "infarto; embarazo; embarazada; vacunado; discapacidad; dolor; hipertensao; tabagismo; fumante; obesidade; "
        "gravidez; gestante; vacinado; diabete mellito; ipertensione; fumatore; fumo; cancro; tumore; obesita; "
        "ictus; gravidanza; vaccinato; disabilita; suikerziekte; hoge bloeddruk; roker; rookt; roken; kanker; "
        "beroerte; hartaanval; zwanger; gevaccineerd; cukrzyca; nadcisnienie; palacz; palenie; rak; nowotwor; udar; "
        "zawal; otylosc; ciaza; szczepiony; rokare; roker; roykar; blodtryk; blodtryck; hjartinfarkt; kreft; "
        "kraeft; gravid; 糖尿病; 高血圧; 喫煙; がん; 妊娠; 吸烟; 高血压; 癌症; 怀孕; 당뇨; 고혈압; 흡연; 임신",
    ),
    Entry(
        "INCOME",
        C.FINANCIAL,
        QUASI,
        0.62,
        "inc; hhinc; hh income; hhincome; faminc; fam inc; family income; famincome; household inc; pinc; persinc; "
        "earn; earns; earnings; earned income; weekly earnings; annual earnings; earnwk; hourly wage; hrwage; "
        "hourlywage; wage; wages; lwage; ln wage; lnwage; log wage; logwage; weekly wage; wage rate; real earnings; "
        "ahe; net income; gross income; disposable income; take home pay; pay; paycheck; salaries; salary level; "
        "salary range; salary usd; below poverty; welfare; food stamps; social class; socioeconomic status; ses; "
        "wealth; assets owned; einkommensklasse; monatseinkommen; haushaltseinkommen; nettoeinkommen; stundenlohn; "
        "tranche de revenu; revenu menage; ingreso familiar; ingresos del hogar; nivel de ingresos; nivel "
        "socioeconomico; estrato; renda per capita; faixa de renda; fascia di reddito; reddito familiare; "
        "huishoudinkomen; dochod gospodarstwa",
    ),
    Entry(
        "NRP",
        C.POLITICS,
        QUASI,
        0.72,
        "vote; voted; votes for; vote choice; vote intention; vote recall; past vote; last vote; turnout voter; "
        "voter; is voter; registered voter; democrat; dem; republican; rep party; gop; independent voter; liberal; "
        "conservative; libcon; lib con; left right scale; self lr; selflr; pid; partyid; party id; party "
        "preference; party support; presidential vote; house vote; ideological; ideology score; feeling "
        "thermometer; protest participation; wahlabsicht; gewahlt; wahlbeteiligung; vote president; intention de "
        "vote; voto; intencion de voto; recuerdo de voto; intencao de voto; intenzione di voto; stemgedrag; "
        "stemintentie; gloswanie; club parlamentaire; klub; parliamentary group; parliamentary club; political "
        "group; fraktion; groupe politique; grupo parlamentario",
    ),
    Entry(
        "NRP",
        C.RELIGION,
        QUASI,
        0.72,
        "catholic; protestant; muslim; jewish; jew; hindu; buddhist; christian; atheist; orthodox christian; "
        "evangelical; mormon; church attendance; attends church; religious attendance; religiosity; religious "
        "service; prayer; katholisch; evangelisch; catholique; musulman; catolico; islam; moslim; katolik",
    ),
    Entry(
        "NRP",
        C.ETHNICITY,
        QUASI,
        0.74,
        "hispanic; latino; latina; latinx; african american; afam; caucasian; native american; american indian; "
        "alaska native; pacific islander; mixed race; multiracial; other race; non hispanic; race white; race "
        "black; race asian; white race; maori; aborigine; mother tongue code; home language; language spoken at "
        "home; spoken language; ethnic minority; native speaker; english learner; ell; esl",
    ),
    Entry(
        "CRIMINAL",
        C.CRIMINAL,
        QUASI,
        0.74,
        "prior arrests; prior convictions; prior offenses; priors; prior record; num arrests; convicted; "
        "incarcerated; incarceration; prison time; time served; sentence; sentence type; felon; felonies; rearrest; "
        "rearrested; recidivist; juvenile; dui; drunk driving; charges; indicted; verdict; plea; violent offense; "
        "gang member",
    ),
    Entry(
        "EDUCATION",
        C.EDUCATION,
        QUASI,
        0.64,
        "yrsed; years ed; yearsed; yrs educ; yrs school; schooling years; eduyrs; eduyears; educ level; edlev; "
        "edulevel; no degree; nodegree; has degree; high school graduate; hs degree; highschool; hs; some college; "
        "bachelor; bachelors; masters; phd; doctorate; dropout; hs dropout; graduate degree; academic rank; "
        "academic title; mother educ; father educ; motheduc; fatheduc; momed; daded; special education; free lunch; "
        "reduced lunch; school lunch; gifted; iep",
    ),
    Entry(
        "FAMILY",
        C.FAMILY,
        QUASI,
        0.56,
        "children; nchild; num children; number children; has children; any children; kidlt6; kidge6; kidslt6; "
        "kidsge6; child count; youngest child; oldest child; firstborn; birth order; twins; siblings count; nsibs; "
        "sibs; single parent; one parent; lives alone; living alone; cohabiting; cohabit; dependents count; numdep; "
        "adopted; orphan; breadwinner; head of household; household head; relation to head",
    ),
    Entry(
        "LOCATION",
        C.LOCATION,
        QUASI,
        0.52,
        "smsa; msa; urban; rural; urban rural; urbanicity; metro; metro area; metropolitan; nonmetro; census "
        "region; census division; statefip; fips; state fips; county fips; puma; region of residence; region "
        "residence; cntry; ctry; natl; nat code; ioc; noc; ioc code; state abb; state name; home region; catchment "
        "area",
    ),
    Entry(
        "JOB",
        C.EMPLOYMENT,
        QUASI,
        0.62,
        "occupational status; occstatus; bluecol; blue collar; white collar; wc; bc; industry code; ind code; "
        "indcode; naics person; sector of activity; manual worker; manager position; retired; self employment; "
        "selfemp; unemployed; unemp; employed full time; full time; part time; in labor force; labor force; lfp; "
        "inlf; housewife; homemaker; veteran; military service; academic position",
    ),
)
