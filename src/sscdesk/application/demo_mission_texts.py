"""The missions of the demonstration's year, of all four offices; nobody in them exists."""

# ruff: noqa: ISC004 - long sentences are broken to fit the line

from dataclasses import dataclass

Leg = tuple[str, str, int, str, str, str, str]
"""From, to, day from the departure, departs at, arrives at, country of arrival, transport."""


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
    expenses: tuple[tuple[str, str, str, str], ...] = ()
    """Kind, amount, currency, description."""
    countersigned: bool = False
    office: str = "MA"
    serves: str = ""
    """French title of the exchange that it serves."""
    legs: tuple[Leg, ...] = ()
    """The route where it is more than there and back."""


_EXPENSES = (
    ("transport_air", "24180.00", "MAD", "Billets d'avion"),
    ("per_diem", "18400.00", "MAD", "Indemnités journalières"),
    ("transport_road", "245000", "XOF", "Location d'un véhicule"),
    ("lodging", "118000", "XOF", "Hébergement"),
)
_FROM_THE_SOUTH = (
    ("transport_air", "964000", "XOF", "Billets d'avion"),
    ("per_diem", "720000", "XOF", "Indemnités journalières"),
    ("transport_local", "640.00", "MAD", "Taxis et navettes"),
    ("lodging", "3850.00", "MAD", "Hébergement"),
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
        travellers=("MA-PER-2019-0002", "MA-PER-2019-0003", "MA-PER-2019-0015"),
        serves="Visite d'échange sur les guichets d'investissement de la diaspora",
        legs=(
            ("Rabat", "Casablanca", 0, "07:30", "08:50", "MA", "road"),
            ("Casablanca", "Bamako", 0, "10:10", "13:05", "ML", "air"),
            ("Bamako", "Kayes", 2, "06:00", "13:30", "ML", "road"),
            ("Kayes", "Bamako", 3, "12:10", "19:40", "ML", "road"),
            ("Bamako", "Rabat", 4, "09:15", "16:20", "MA", "air"),
        ),
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
    MissionStory(
        "Revue des pièces demandées aux associations",
        "Review of the papers asked of associations",
        "CI",
        "Abidjan",
        22,
        2,
        "reviewed",
        travellers=("MA-PER-2019-0004",),
        summary="Les deux services demandent vingt-trois pièces ; neuf sont communes. Les "
        "associations de la diaspora déposent donc deux dossiers pour un même projet.",
        next_steps="Une liste commune de neuf pièces sera essayée avec trois associations.",
        meetings=(
            (
                "CI-ORG-2019-0001",
                "Pièces demandées aux associations",
                "Une liste commune de neuf pièces",
            ),
            ("CI-ORG-2019-0006", "Ce que vivent les associations", "Trois associations d'essai"),
        ),
        findings=(
            "Neuf pièces suffisent à connaître une association ; les autres se répètent.",
            "Les associations paient deux traductions pour le même statut.",
        ),
        recommendations=(
            ("Essayer la liste commune avec trois associations", 60),
            ("Accepter une seule traduction des statuts", 90),
        ),
        expenses=_EXPENSES[:2],
    ),
    MissionStory(
        "Immersion au guichet administratif unique de Rabat",
        "Immersion at the single administrative desk in Rabat",
        "MA",
        "Rabat",
        230,
        4,
        "closed",
        office="CI",
        travellers=("CI-PER-2019-0003",),
        summary="Deux agents ont tenu le guichet pendant trois jours. L'accueil tient à une "
        "règle simple : la personne ne repart pas sans une date.",
        next_steps="Un guichet d'essai ouvre à Abidjan avec deux agents.",
        meetings=(
            ("MA-ORG-2019-0001", "Organisation du guichet", "Envoi des fiches de procédure"),
            ("MA-ORG-2019-0009", "Accompagnement culturel", "Visite retour à Abidjan"),
        ),
        findings=(
            "Une date donnée au premier passage réduit d'un tiers les visites inutiles.",
            "La file est courte parce que le téléphone répond.",
        ),
        recommendations=(("Ouvrir un guichet d'essai à Abidjan", 120),),
        expenses=_FROM_THE_SOUTH,
    ),
    MissionStory(
        "Visite de la Maison des MRE et des migrants de Béni Mellal",
        "Visit to the House of Moroccans Abroad and Migrants, Béni Mellal",
        "MA",
        "Béni Mellal",
        172,
        5,
        "settled",
        office="ML",
        travellers=("ML-PER-2019-0004", "ML-PER-2019-0016"),
        fields=("migrants_rights",),
        legs=(
            ("Bamako", "Casablanca", 0, "02:10", "06:05", "MA", "air"),
            ("Casablanca", "Béni Mellal", 0, "14:00", "17:15", "MA", "road"),
            ("Béni Mellal", "Casablanca", 5, "08:00", "11:20", "MA", "road"),
            ("Casablanca", "Bamako", 5, "19:40", "22:50", "ML", "air"),
        ),
        summary="La Maison suit chaque personne par un registre sans donnée sensible. La région "
        "en tire ses chiffres, la personne en tire un rendez-vous.",
        next_steps="Kayes souhaite essayer le registre pendant six mois.",
        meetings=(
            ("MA-ORG-2019-0017", "Le registre de suivi", "Modèle de registre transmis"),
            ("MA-ORG-2019-0015", "Place de la région", "Lettre d'intention du conseil régional"),
        ),
        findings=(
            "Un registre de douze colonnes suffit ; tout ajout a été refusé depuis trois ans.",
        ),
        recommendations=(("Essayer le registre à Kayes pendant six mois", 210),),
        expenses=_FROM_THE_SOUTH,
    ),
    MissionStory(
        "Suivi de la formation croisée à l'instruction des dossiers",
        "Follow-up of the joint training in assessing applications",
        "MA",
        "Rabat",
        -16,
        3,
        "approved",
        office="SN",
        travellers=("SN-PER-2019-0008",),
    ),
    MissionStory(
        "Préparation du comité de suivi quadripartite",
        "Preparing the four-country follow-up committee",
        "SN",
        "Dakar",
        -26,
        2,
        "submitted",
        office="ML",
        travellers=("ML-PER-2019-0001",),
    ),
    MissionStory(
        "Présentation de la ligne de financement des femmes de la diaspora",
        "Presenting the credit line for women of the diaspora",
        "MA",
        "Agadir",
        -45,
        3,
        "draft",
        office="SN",
        travellers=("SN-PER-2019-0008", "SN-PER-2019-0002"),
    ),
)
