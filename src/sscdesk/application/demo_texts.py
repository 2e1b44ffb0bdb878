"""What is written in the demonstration. Names are made of words; nobody here exists."""

# ruff: noqa: ISC004 - long sentences are broken to fit the line

from collections.abc import Mapping
from dataclasses import dataclass

README = """Bureau Sud-Sud : démonstration / demonstration

Phrase secrète de chaque agent / every officer's passphrase: {passphrase}
Agents / officers: focal.ma (point focal), charge.ma, chef.ma, lecteur.ma, and .ci .ml .sn

Français
1. Ouvrez le bureau de Rabat : sscdesk --profile MA (agent focal.ma).
2. Aujourd'hui montre ce qui attend ; Missions en montre dans chaque état.
3. À réconcilier : Rabat et Bamako ont écrit le même champ sans le savoir.
4. Rapports : ouvrez le rapport signé par deux bureaux, puis Vérifier un PDF.
5. Synchroniser : faites un fichier pour Bamako, ouvrez-le dans le bureau ML.

English
1. Open the desk of Rabat: sscdesk --profile MA --lang en (officer focal.ma).
2. Today shows what waits; Missions shows some in every state.
3. To reconcile: Rabat and Bamako wrote the same field without knowing of each other.
4. Reports: open the report signed by two offices, then Verify a PDF.
5. Synchronise: make a file for Bamako, open it at the desk ML.

documents/  the PDFs, among them one mission report signed by two offices
files/      the cards and the files that travelled
"""

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


@dataclass(frozen=True, slots=True)
class MissionStory:
    """One mission and how far it goes."""

    purpose: str
    purpose_en: str
    host: str
    place: str
    days_ago: int
    """Days from the departure to today; negative for a mission to come."""
    days: int
    goes_to: str
    travellers: tuple[str, ...] = ()
    fields: tuple[str, ...] = ("migration_development",)
    context: str = "Le plan d'action bilatéral prévoit l'échange de pratiques entre services."
    objectives: str = "Comprendre l'organisation, le coût et les résultats du service visité."
    outputs: str = "Un rapport, une fiche de pratique et des recommandations datées."
    summary: str = ""
    next_steps: str = ""
    meetings: tuple[tuple[str, str, str], ...] = ()
    findings: tuple[str, ...] = ()
    recommendations: tuple[tuple[str, int], ...] = ()
    expenses: tuple[tuple[str, int, str, str], ...] = ()
    countersigned: bool = False


_EXPENSES = (
    ("transport_air", 2_418_000, "MAD", "Billets d'avion"),
    ("per_diem", 1_840_000, "MAD", "Indemnités journalières"),
    ("transport_road", 245_000, "XOF", "Location d'un véhicule"),
    ("lodging", 118_000, "XOF", "Hébergement"),
)

MISSIONS = (
    MissionStory(
        "Évaluation à mi-parcours des engagements réciproques",
        "Mid-term review of reciprocal commitments",
        "SN",
        "Dakar",
        260,
        3,
        "closed",
        travellers=("MA-PER-2019-0002",),
        summary="Les deux parties ont relu chaque engagement. La moitié est tenue ; trois "
        "demandent un nouveau calendrier, convenu sur place.",
        next_steps="Un point d'étape est prévu au prochain comité de suivi.",
        meetings=(
            ("SN-ORG-2019-0001", "Revue des engagements", "Calendrier révisé en commun"),
            ("SN-ORG-2019-0005", "Services à la diaspora", "Envoi des textes applicables"),
        ),
        findings=(
            "Les engagements datés et portés par une personne nommée sont presque tous tenus.",
            "Ceux qui n'ont pas de responsable connu des deux côtés attendent.",
        ),
        recommendations=(
            ("Nommer un responsable pour chaque engagement", 45),
            ("Transmettre le calendrier révisé aux deux comités", 30),
        ),
        expenses=_EXPENSES,
    ),
    MissionStory(
        "Étude sur la réinsertion des migrants de retour",
        "Study on the reintegration of returnees",
        "ML",
        "Bamako",
        200,
        6,
        "settled",
        fields=("migrants_rights",),
        summary="La délégation a visité trois dispositifs de réinsertion et rencontré les "
        "associations qui les accompagnent.",
        next_steps="Une note comparative sera présentée au comité.",
        meetings=(
            ("ML-ORG-2019-0001", "Dispositif de réinsertion", "Accès aux statistiques annuelles"),
        ),
        findings=("L'accompagnement dure un an ; les premiers revenus viennent au sixième mois.",),
        recommendations=(("Comparer les formulaires d'accueil des deux pays", 60),),
        expenses=_EXPENSES,
    ),
    MissionStory(
        "Visite d'échange sur l'accueil des investisseurs de la diaspora",
        "Exchange visit on welcoming diaspora investors",
        "ML",
        "Bamako",
        120,
        4,
        "reported",
        travellers=("MA-PER-2019-0002", "MA-PER-2019-0003"),
        context="Le plan d'action Maroc–Mali prévoit l'échange de pratiques d'accueil des "
        "porteurs de projet. La région Béni Mellal-Khénifra prépare son propre service.",
        summary="La délégation a étudié le guichet unique que Bamako réserve aux investisseurs "
        "de la diaspora. Chaque dossier y est suivi pendant un an par le même agent. La pratique "
        "paraît transférable à la région Béni Mellal-Khénifra, à condition d'un accord avec le "
        "centre régional d'investissement et d'un agent formé.",
        next_steps="Le Mali souhaite en retour recevoir une équipe sur l'accompagnement des "
        "compétences.",
        meetings=(
            (
                "ML-ORG-2019-0001",
                "Fonctionnement du guichet, budget, personnel",
                "Envoi des textes et de la fiche de pratique avant la fin du mois",
            ),
            (
                "ML-ORG-2019-0002",
                "Articulation avec le guichet",
                "Échange de données anonymes par trimestre",
            ),
            (
                "ML-ORG-2019-0003",
                "Associations de la diaspora, cofinancement",
                "Visite retour d'une commune pilote",
            ),
        ),
        findings=(
            "Un seul lieu, un seul agent. L'investisseur ne change pas d'interlocuteur ; le taux "
            "d'abandon est passé de 38 % à 17 % en deux ans.",
            "Le suivi coûte peu. Un agent suit 60 dossiers ; le coût par dossier est estimé à "
            "28 000 XOF, pris sur le budget de l'État.",
            "Ce qui a échoué. La plate-forme en ligne n'a pas été utilisée : les porteurs de "
            "projet préfèrent le téléphone.",
        ),
        recommendations=(
            ("Rédiger la fiche de pratique avec le service malien et la faire valider", 30),
            ("Proposer un accord au centre régional d'investissement de Béni Mellal", 60),
            ("Recevoir l'équipe malienne à Rabat et à Agadir", 100),
        ),
        expenses=_EXPENSES,
        countersigned=True,
    ),
    MissionStory(
        "Atelier Maroc–Côte d'Ivoire : mobilité des étudiants",
        "Workshop Morocco–Côte d'Ivoire: student mobility",
        "CI",
        "Abidjan",
        70,
        3,
        "reported",
        fields=("south_south_mobility",),
        summary="L'atelier a réuni les services des deux pays autour des titres de séjour des "
        "étudiants et de la reconnaissance des diplômes.",
        next_steps="Un modèle d'attestation commune sera proposé.",
        meetings=(
            ("CI-ORG-2019-0001", "Titres de séjour des étudiants", "Une liste commune de pièces"),
        ),
        findings=("Deux attestations pour un même droit allongent les délais de trois semaines.",),
        recommendations=(("Proposer un modèle d'attestation commune", 45),),
        expenses=_EXPENSES,
    ),
    MissionStory(
        "Échange sur l'accès aux soins des migrants",
        "Exchange on migrants' access to health care",
        "SN",
        "Dakar",
        30,
        3,
        "returned",
        fields=("migrants_rights",),
        summary="Les services de santé des deux capitales ont comparé leurs circuits d'accueil.",
        next_steps="Le compte rendu est en préparation.",
        meetings=(("SN-ORG-2019-0002", "Circuits d'accueil", "Visite d'un centre de santé"),),
        findings=("L'accueil sans rendez-vous réduit de moitié les renoncements.",),
        recommendations=(("Comparer les formulaires d'admission", 60),),
        expenses=_EXPENSES[:2],
    ),
    MissionStory(
        "Appui à la fiche de pratique « bureau d'accueil »",
        "Support to the practice sheet “welcome office”",
        "SN",
        "Dakar",
        1,
        4,
        "under_way",
        travellers=("MA-PER-2019-0003",),
    ),
    MissionStory(
        "Comité de suivi du plan d'action Maroc–Mali",
        "Follow-up committee of the action plan Morocco–Mali",
        "ML",
        "Bamako",
        -12,
        2,
        "authorised",
    ),
    MissionStory(
        "Préparation de la commission mixte",
        "Preparation of the joint commission",
        "CI",
        "Abidjan",
        -20,
        2,
        "approved",
    ),
    MissionStory(
        "Formation des points focaux régionaux",
        "Training of regional focal points",
        "SN",
        "Saint-Louis",
        -30,
        2,
        "submitted",
    ),
    MissionStory(
        "Séminaire sur les transferts et l'investissement local",
        "Seminar on remittances and local investment",
        "ML",
        "Kayes",
        -40,
        3,
        "draft",
    ),
    MissionStory(
        "Visite des guichets régionaux",
        "Visit to regional one-stop offices",
        "CI",
        "Bouaké",
        -50,
        3,
        "cancelled",
    ),
)
