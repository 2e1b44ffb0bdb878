"""What is written in the demonstration. Names are made of words; nobody here exists."""

from collections.abc import Mapping

README = """Bureau Sud-Sud : démonstration / demonstration

Phrase secrète de chaque agent / every officer's passphrase: {passphrase}
Agents / officers: focal.ma (point focal), charge.ma, chef.ma, lecteur.ma, and .ci .ml .sn

Français
1. Ouvrez le bureau de Rabat : sscdesk --profile MA (agent focal.ma).
2. Aujourd'hui montre ce qui attend ; Missions en montre dans chaque état.
3. À réconcilier : Rabat et Bamako ont écrit le même champ sans le savoir.
4. Rapports : ouvrez le rapport signé par deux bureaux, puis Vérifier un PDF.
5. Synchroniser : faites un fichier pour Bamako, ouvrez-le dans le bureau ML (agent focal.ml).
6. Ouvrez à Rabat le fichier files/a-ouvrir-a-Rabat.sscsync : il vient de Dakar.
7. Parapheur : chef.ma trouve un rapport à signer, chef.ci un rapport à contresigner.

English
1. Open the desk of Rabat: sscdesk --profile MA --lang en (officer focal.ma).
2. Today shows what waits; Missions shows some in every state.
3. To reconcile: Rabat and Bamako wrote the same field without knowing of each other.
4. Reports: open the report signed by two offices, then Verify a PDF.
5. Synchronise: make a file for Bamako, open it at the desk ML (officer focal.ml).
6. Open files/a-ouvrir-a-Rabat.sscsync in Rabat: it comes from Dakar.
7. Signature book: chef.ma finds a report to sign, chef.ci one to countersign.

documents/  the PDFs, among them one mission report signed by two offices
files/      the cards and the files that travelled
"""

UNOPENED = "a-ouvrir-a-Rabat.sscsync"
"""The file of Dakar that nobody has opened yet."""

PEOPLE: Mapping[str, tuple[tuple[str, str, str, str, tuple[str, ...]], ...]] = {
    "MA": (
        ("focal", "Lina", "Oued Ziz", "Point focal", ("admin", "focal_point", "officer")),
        ("charge", "Omar", "Jbel Toubkal", "Chargé de dossier", ("officer",)),
        ("chef", "Nadia", "Plaine Haute", "Directrice de la coopération", ("head",)),
        ("lecteur", "Adil", "Dune Claire", "Contrôleur financier", ("reader",)),
    ),
    "CI": (
        ("focal", "Aya", "Lagune Verte", "Point focal", ("admin", "focal_point", "officer")),
        ("charge", "Koffi", "Forêt Haute", "Chargé d'études", ("officer",)),
        ("chef", "Serge", "Cap Sable", "Directeur général", ("head",)),
    ),
    "ML": (
        ("focal", "Awa", "Fleuve Large", "Point focal", ("admin", "focal_point", "officer")),
        ("charge", "Seydou", "Colline Rouge", "Chargé de dossier", ("officer",)),
        ("chef", "Moussa", "Grande Falaise", "Chef de bureau", ("head",)),
    ),
    "SN": (
        ("focal", "Fatou", "Baie Calme", "Point focal", ("admin", "focal_point", "officer")),
        ("charge", "Ibrahima", "Savane Longue", "Chargé de dossier", ("officer",)),
        ("chef", "Mariama", "Presqu'île", "Directrice", ("head",)),
    ),
}
"""Login, given name, family name, function, roles: one officer for each role."""

LETTERHEADS: Mapping[str, Mapping[str, str]] = {
    "MA": {
        "name_fr": "Bureau du Maroc",
        "name_en": "Office of Morocco",
        "name_ar": "مكتب المغرب",
        "city": "Rabat",
        "letterhead_fr": "Royaume du Maroc\nMinistère délégué chargé des Marocains résidant à "
        "l'étranger\nDirection de la coopération",
        "letterhead_en": "Kingdom of Morocco\nDelegate Ministry in charge of Moroccans Residing "
        "Abroad\nDirectorate of cooperation",
        "letterhead_ar": "المملكة المغربية\nالوزارة المنتدبة المكلفة بالمغاربة المقيمين بالخارج"
        "\nمديرية التعاون",
    },
    "CI": {
        "name_fr": "Bureau de Côte d'Ivoire",
        "name_en": "Office of Côte d'Ivoire",
        "name_ar": "مكتب كوت ديفوار",
        "city": "Abidjan",
        "letterhead_fr": "République de Côte d'Ivoire\nDirection générale des Ivoiriens de "
        "l'extérieur",
        "letterhead_en": "Republic of Côte d'Ivoire\nDirectorate General of Ivorians Abroad",
    },
    "ML": {
        "name_fr": "Bureau du Mali",
        "name_en": "Office of Mali",
        "name_ar": "مكتب مالي",
        "city": "Bamako",
        "letterhead_fr": "République du Mali\nMinistère des Maliens établis à l'extérieur",
        "letterhead_en": "Republic of Mali\nMinistry of Malians Abroad",
    },
    "SN": {
        "name_fr": "Bureau du Sénégal",
        "name_en": "Office of Senegal",
        "name_ar": "مكتب السنغال",
        "city": "Dakar",
        "letterhead_fr": "République du Sénégal\nDirection générale d'appui aux Sénégalais de "
        "l'extérieur",
        "letterhead_en": "Republic of Senegal\nDirectorate General for Senegalese Abroad",
    },
}

PARTNERS_EDIT = (
    "MA-AGR-2019-0001",
    "subject",
    "Le comité de suivi se réunit à Rabat au premier semestre, à Bamako au second.",
    "Le comité de suivi se réunit une fois par an, en alternance, à Bamako puis à Rabat.",
)
"""Record, field, what Rabat wrote, what Bamako wrote at the same time."""
