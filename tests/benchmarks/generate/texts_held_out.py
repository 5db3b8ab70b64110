"""Templates that nothing is tuned on: only measured. Slots in braces; texts.ENTITIES says which are personal."""

from __future__ import annotations

from typing import Final

TEMPLATES: Final[dict[str, tuple[str, ...]]] = {
    "en": (
        "My subscription renewed although I cancelled it with {given} on the phone. Account holder: {person}.",
        "We picked up the {product} at your {city} branch and the box was empty!",
        "Transcript 14:02 - Operator: how may I help? Caller: it's about my late husband, {person}, "
        "he banked with you.",
        "Discharge letter. Name {person}, born {birth}, resident of {address}. Diagnosis: asthma.",
        "could u pls update my number, new one is {phone}, old one was {phone}",
        "Reminder to {given}: send {given} the contract before Friday, cc {email}",
        "I lent my {product} to a friend and now the account is locked. Error {number}.",
        "Payment of {amount} from {iban} bounced, please advise. {person}, treasurer",
        "The tenant at {street}, a certain {person}, has not paid since {date}.",
        "Security: repeated probes from {ip} against port {number}, owner contacted at {email}.",
        "Candidate {person} ({email}, {phone}) lives in {city} and could start next month.",
        "Booking {order} for {number} guests, arrival {date}, name on the booking {family}.",
        "I told your colleague already: SSN {ssn}. Why must I repeat everything?",
        "Nobody answers the hotline. Shame on {company}.",
        "Please post it to {person}, {address}, and not to the old flat in {city}.",
        "Is the {product} compatible with European plugs? I travel to {country} in {number} days.",
        "As discussed with Professor {family}, the {age}-year-old volunteer was excluded from arm B.",
        "{given} wrote:\n> who has the keys?\nI gave them to {person} yesterday, ask her at {phone}.",
        "Charge the difference to {card}, expiry 09/27, cardholder {person}.",
        "thx {given} u saved my day, the new {product} runs fine",
        "Ticket {order} reopened: user says the export still has {number} empty rows.",
        "Beneficiaries: {person}, {person} and {person}, in equal parts.",
        "He is {age}, unemployed, and moved to {country} after the divorce, says his sister {given}.",
        "For questions ring {person} in accounting ({phone}) or write to {email}.",
        "Handed over to night shift by {given}: room 12, {turned}, fall risk, daughter reachable at {phone}.",
        "The invoice of {date} over {amount} was paid twice, once by card {card}.",
        "Visitors: {person} of {company}, {person}, both signed in at 9:{number}.",
        "Ring the bell at {street}; if nobody opens, neighbours are called {family}.",
        "Why does the app ask for my birthday ({birth})? I only want to see opening times.",
        "customer no {order}, lives in {postcode} {city}, wants to be called {given} not by last name",
    ),
    "fr": (
        "Je vous écris au nom de ma mère, {person}, âgée de {age} ans, qui réside au {address}.",
        "Le colis {order} a été remis à {person} mais ce n'est pas mon voisin.",
        "Rappeler M. {family} avant midi, son numéro est le {phone}.",
        "Très mauvaise expérience, personne ne répond depuis {number} jours.",
        "Mon adresse mail a changé : {email}. Cordialement, {person}",
    ),
    "de": (
        "Ich schreibe für meine Mutter {person}, {age} Jahre alt, sie wohnt {address}.",
        "Das Paket {order} wurde bei {person} abgegeben, den kenne ich nicht.",
        "Kollegin {given} meldet sich morgen, erreichbar ist sie unter {phone}.",
        "Seit {number} Tagen keine Antwort, das ist wirklich kein guter Service.",
        "Neue Mailadresse: {email}. Mit freundlichen Grüßen, {person}",
    ),
    "es": (
        "Escribo en nombre de mi madre, {person}, que vive en {city}.",
        "El paquete {order} lo recibió {person}, a quien no conozco.",
        "Llamen al {phone} y pregunten por {given}.",
        "Llevo {number} días sin respuesta, muy mal servicio.",
    ),
    "it": (
        "Scrivo per mia madre, {person}, che abita a {city}.",
        "Il pacco {order} è stato consegnato a {person}, che non conosco.",
        "La mia nuova mail è {email}. Cordiali saluti, {person}",
    ),
    "pt": (
        "Escrevo em nome da minha mãe, {person}, que mora em {city}.",
        "A encomenda {order} foi entregue a {person}, que não conheço.",
        "O novo e-mail é {email}. Obrigado, {given}",
    ),
    "nl": (
        "Ik schrijf namens mijn moeder, {person}, zij woont in {city}.",
        "Pakket {order} is afgegeven bij {person}, die ken ik niet.",
        "Mijn nieuwe e-mail is {email}. Met vriendelijke groet, {person}",
    ),
    "pl": (
        "Piszę w imieniu mojej mamy, {person}, która mieszka w {city}.",
        "Paczkę {order} odebrał {person}, nie znam go.",
        "Mój nowy e-mail to {email}. Z poważaniem, {person}",
    ),
}
