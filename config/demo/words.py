"""Word lists of the demonstration's generated data. Every person, address and message is invented."""

from __future__ import annotations

from typing import Final

FIRST: Final = tuple(
    "Amelia Noah Sofia Lukas Chloé Mateo Ingrid Tomasz Aisha Daniel Freya Rafael Mila Oscar Hannah Ibrahim Elena Victor "
    "Nadia Jonas Priya Samuel Lena Marco Zoé Adam Beatriz Felix Greta Hugo Irina Julian Katarina Leo Marta Nils".split()
)
LAST: Final = tuple(
    "Hartmann Okafor Lindqvist Moreau Fernández Kowalski Petrov Rossi Ahmed Brennan Costa Dubois Eriksen Fischer Grant "
    "Horvat Ivanov Jensen Keller Laurent Meyer Novak Ortega Park Quinn Richter Silva Tanaka Urban Vogel Weber Young".split()
)
CITIES: Final = (
    ("Lyon", "FR", "69002"),
    ("Porto", "PT", "4050-253"),
    ("Gdynia", "PL", "81-372"),
    ("Hamburg", "DE", "20095"),
    ("Turin", "IT", "10121"),
    ("Ghent", "BE", "9000"),
    ("Uppsala", "SE", "753 20"),
    ("Seville", "ES", "41001"),
    ("Cork", "IE", "T12 W8X3"),
    ("Graz", "AT", "8010"),
    ("Aarhus", "DK", "8000"),
    ("Utrecht", "NL", "3511 AB"),
)
DOMAINS: Final = ("example.com", "example.org", "mail.example", "post.example", "example.net")
PLANS: Final = ("free", "starter", "team", "business")
AGENTS: Final = ("agent-01", "agent-02", "agent-03", "agent-04", "agent-05")

#: (text, sentiment). Placeholders: name first email city phone order day product.
MESSAGES: Final = (
    ("Hi, I'm {name}, my order {order} to {city} never came. Write me at {email}.", "negative"),
    ("Hello, this is {name} from {city}. The invoice was sent to the wrong address again.", "negative"),
    ("Please reset my password, the account is under {email}.", "neutral"),
    ("You can call me on {phone} after six, ask for {first}.", "neutral"),
    ("{first} from your team was wonderful, thank you!", "positive"),
    ("My name is {name} and I would like to cancel my plan.", "negative"),
    ("I moved from {city}, how do I change the delivery address?", "neutral"),
    ("The {product} stopped working on {day} and nobody answers.", "negative"),
    ("Where do I find the export button?", "neutral"),
    ("It works now, great support as always.", "positive"),
    ("I have been waiting for three days, this is not acceptable.", "negative"),
    ("Could you add a dark theme? I use the app every evening.", "neutral"),
    ("The new {product} is so much faster, well done.", "positive"),
    ("Order {order} arrived damaged, I would like a refund.", "negative"),
    ("How many people can share one team plan?", "neutral"),
    ("The page keeps loading for ever on my phone.", "negative"),
    ("Thanks, that solved it!", "positive"),
    ("Is there a discount for schools?", "neutral"),
    ("I was charged twice for {order}. Please fix this.", "negative"),
    ("Your documentation is the best I have read in years.", "positive"),
    ("The colours in the report are hard to read.", "neutral"),
    ("I can't sign in since the update on {day}.", "negative"),
    ("Can I download all my invoices at once?", "neutral"),
    ("Perfect, you may close the ticket.", "positive"),
)
PRODUCTS: Final = ("dashboard", "mobile app", "calendar sync", "importer", "chat widget")
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
GOODS: Final = ("notebook", "lamp", "backpack", "kettle", "headphones", "plant pot", "desk mat", "water bottle")
