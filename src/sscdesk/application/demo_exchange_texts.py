"""The exchanges of the demonstration's year, along the four steps; nobody in them exists."""

# ruff: noqa: ISC004 - long sentences are broken to fit the line

from dataclasses import dataclass

Delegation = tuple[tuple[str, str], ...]
"""Reference number of a person and the role at the exchange."""


@dataclass(frozen=True, slots=True)
class SessionStory:
    """One item of the programme: on which day, when, what was said and decided."""

    day: int
    start: str
    end: str
    title: str
    minutes: str = ""
    decisions: str = ""


@dataclass(frozen=True, slots=True)
class ExchangeStory:
    """One exchange and how far it goes."""

    title: str
    title_en: str
    title_ar: str
    kind: str
    step: str
    lead: str
    partners: tuple[str, ...]
    days_ago: int
    """Days from its opening to today; negative for one to come."""
    days: int
    goes_to: str
    place: str
    country: str
    host: str
    """Reference number of the host organisation."""
    fields: tuple[str, ...] = ("migration_development",)
    languages: tuple[str, ...] = ("fr",)
    practices: tuple[str, ...] = ()
    objectives: str = ""
    expected: str = ""
    budget: int = 0
    """In minor units of the lead office's currency."""
    reason: str = ""
    """Why it is postponed or cancelled."""
    delegations: tuple[Delegation, ...] = ()
    sessions: tuple[SessionStory, ...] = ()
    findings: tuple[tuple[str, str], ...] = ()
    """The office that found, and what."""
    recommendations: tuple[tuple[str, str, int], ...] = ()
    """What, by which office, in how many days."""
    scores: tuple[tuple[str, int, int], ...] = ()
    """Question, mean score, number of answers."""


_ALL_FIELDS = ("migrants_rights", "migration_development", "south_south_mobility")

EXCHANGES = (
    ExchangeStory(
        "Atelier de cartographie des services d'accueil de la diaspora",
        "Workshop mapping the services that receive the diaspora",
        "ورشة جرد خدمات استقبال الجالية",
        "workshop",
        "identify",
        "MA",
        ("CI", "ML", "SN"),
        278,
        2,
        "held",
        "Rabat",
        "MA",
        "MA-ORG-2019-0001",
        languages=("ar", "fr"),
        objectives="Dresser, pour chaque pays, la carte des services qui reçoivent les membres "
        "de la diaspora, et dire ce qui leur manque.",
        expected="Une carte par pays, une liste de besoins, cinq pratiques à décrire.",
        budget=24_800_000,
        delegations=(
            (
                ("MA-PER-2019-0001", "organiser"),
                ("MA-PER-2019-0002", "speaker"),
                ("MA-PER-2019-0012", "expert"),
                ("MA-PER-2019-0013", "participant"),
            ),
            (
                ("CI-PER-2019-0001", "head_of_delegation"),
                ("CI-PER-2019-0003", "participant"),
                ("CI-PER-2019-0008", "participant"),
            ),
            (
                ("ML-PER-2019-0001", "head_of_delegation"),
                ("ML-PER-2019-0004", "participant"),
                ("ML-PER-2019-0008", "participant"),
            ),
            (
                ("SN-PER-2019-0001", "head_of_delegation"),
                ("SN-PER-2019-0008", "speaker"),
                ("SN-PER-2019-0010", "participant"),
            ),
        ),
        sessions=(
            SessionStory(
                1,
                "09:00",
                "10:30",
                "Ouverture et méthode",
                "Chaque délégation présente les services de son pays sur une même grille : où, "
                "pour qui, avec combien d'agents.",
            ),
            SessionStory(
                1,
                "11:00",
                "13:00",
                "Quatre pays, quatre portes d'entrée",
                "Le Sénégal reçoit dans quatorze régions, le Mali dans une cité d'accueil, la "
                "Côte d'Ivoire par une direction, le Maroc par des maisons régionales.",
                "La grille est adoptée ; chaque bureau la tient à jour deux fois par an.",
            ),
            SessionStory(
                2,
                "09:00",
                "12:00",
                "Ce qui manque",
                "Trois besoins reviennent : suivre un dossier après le premier accueil, orienter "
                "vers l'emploi, compter sans ficher.",
                "Cinq pratiques seront décrites avant l'été.",
            ),
        ),
        findings=(
            (
                "MA",
                "Les services existent, mais ne se connaissent pas. Une personne reçue dans une "
                "région recommence son récit dans l'autre.",
            ),
            (
                "SN",
                "Les bureaux logés dans les agences régionales de développement travaillent avec "
                "les communes ; ceux des capitales, avec les ministères.",
            ),
        ),
        recommendations=(
            ("Tenir à jour la carte des services de chaque pays", "MA", 120),
            ("Décrire la pratique des bureaux d'accueil régionaux", "SN", 90),
        ),
        scores=(("content", 4, 11), ("organisation", 5, 11), ("use", 4, 11)),
    ),
    ExchangeStory(
        "Visite d'échange sur les guichets d'investissement de la diaspora",
        "Study visit on one-stop offices for diaspora investment",
        "زيارة دراسية حول شبابيك استثمار الجالية",
        "study_visit",
        "share",
        "ML",
        ("MA",),
        145,
        3,
        "held",
        "Bamako",
        "ML",
        "ML-ORG-2019-0001",
        practices=("ML-PRA-2019-0005",),
        objectives="Montrer comment le guichet reçoit un porteur de projet, du premier appel à "
        "la première année d'activité.",
        expected="Une fiche de pratique, une estimation du coût par dossier.",
        budget=6_400_000,
        delegations=(
            (
                ("ML-PER-2019-0002", "organiser"),
                ("ML-PER-2019-0003", "speaker"),
                ("ML-PER-2019-0011", "expert"),
            ),
            (
                ("MA-PER-2019-0002", "head_of_delegation"),
                ("MA-PER-2019-0003", "rapporteur"),
                ("MA-PER-2019-0015", "participant"),
            ),
        ),
        sessions=(
            SessionStory(
                1,
                "09:30",
                "12:00",
                "Le parcours d'un dossier",
                "Un agent, un dossier, un an de suivi. Les rendez-vous se prennent au téléphone.",
            ),
            SessionStory(
                2,
                "10:00",
                "12:30",
                "Ce que cela coûte",
                "Soixante dossiers par agent ; le coût est pris sur le budget de l'État.",
                "Le Mali communique le tableau des coûts par écrit.",
            ),
        ),
        findings=(
            ("MA", "Le taux d'abandon baisse quand l'interlocuteur ne change pas."),
            ("ML", "La plate-forme en ligne n'a pas servi : on préfère appeler."),
        ),
        recommendations=(
            ("Rédiger la fiche de pratique du guichet", "ML", 60),
            ("Proposer une région pilote au Maroc", "MA", 90),
        ),
        scores=(("content", 5, 6), ("use", 5, 6)),
    ),
    ExchangeStory(
        "Webinaire : accueillir sans rendez-vous",
        "Webinar: receiving people without an appointment",
        "",
        "webinar",
        "share",
        "SN",
        ("CI", "MA", "ML"),
        92,
        1,
        "held",
        "À distance",
        "SN",
        "SN-ORG-2019-0002",
        fields=("migrants_rights",),
        practices=("SN-PRA-2019-0003",),
        objectives="Comparer trois façons de recevoir le public sans rendez-vous.",
        expected="Une note de deux pages, à l'usage des chefs de service.",
        delegations=(
            (("SN-PER-2019-0002", "organiser"), ("SN-PER-2019-0009", "speaker")),
            (("CI-PER-2019-0007", "speaker"), ("CI-PER-2019-0013", "participant")),
            (("MA-PER-2019-0007", "participant"), ("MA-PER-2019-0018", "participant")),
            (("ML-PER-2019-0007", "speaker"), ("ML-PER-2019-0016", "participant")),
        ),
        sessions=(
            SessionStory(
                1,
                "10:00",
                "11:30",
                "Trois salles d'attente",
                "Thiès, Daloa et Bamako montrent leur accueil en images.",
                "Une note commune est rédigée par Dakar.",
            ),
        ),
        findings=(("SN", "Sans rendez-vous, on vient plus tôt, et moins souvent deux fois."),),
        recommendations=(("Diffuser la note commune aux chefs de service", "SN", 30),),
        scores=(("content", 4, 19),),
    ),
    ExchangeStory(
        "Mission d'experts sur le registre des compétences",
        "Expert mission on the register of skills",
        "مهمة خبراء حول سجل الكفاءات",
        "expert_mission",
        "transfer",
        "MA",
        ("CI",),
        50,
        4,
        "held",
        "Abidjan",
        "CI",
        "CI-ORG-2019-0001",
        languages=("fr",),
        practices=("MA-PRA-2019-0013",),
        objectives="Adapter le registre marocain des compétences aux moyens de la direction "
        "ivoirienne.",
        expected="Un plan d'adaptation daté, une première liste de métiers.",
        budget=18_600_000,
        delegations=(
            (("MA-PER-2019-0009", "expert"), ("MA-PER-2019-0010", "expert")),
            (
                ("CI-PER-2019-0002", "organiser"),
                ("CI-PER-2019-0010", "participant"),
                ("CI-PER-2019-0012", "participant"),
            ),
        ),
        sessions=(
            SessionStory(
                1,
                "09:00",
                "12:00",
                "Ce que l'on garde, ce que l'on change",
                "La liste des métiers est raccourcie de moitié ; l'inscription passe par les "
                "consulats.",
                "Abidjan choisit douze métiers pour commencer.",
            ),
            SessionStory(
                3,
                "09:00",
                "11:00",
                "Plan d'adaptation",
                "Le plan compte six étapes sur un an, chacune avec un responsable.",
                "Le plan est adopté par les deux délégations.",
            ),
        ),
        findings=(
            ("MA", "Douze métiers suivis valent mieux que cent vingt inscrits."),
            ("CI", "Les consulats demandent un modèle de courrier avant toute inscription."),
        ),
        recommendations=(
            ("Rédiger le modèle de courrier aux consulats", "CI", 25),
            ("Former deux agents ivoiriens à la tenue du registre", "MA", 75),
        ),
        scores=(("content", 5, 5), ("use", 4, 5)),
    ),
    ExchangeStory(
        "Action pilote : attestation commune pour les étudiants, Abidjan–Rabat",
        "Pilot: a common certificate for students, Abidjan–Rabat",
        "مبادرة تجريبية: شهادة موحدة للطلبة",
        "pilot",
        "transfer",
        "CI",
        ("MA",),
        12,
        45,
        "ongoing",
        "Abidjan, Rabat",
        "CI",
        "CI-ORG-2019-0014",
        fields=("south_south_mobility",),
        objectives="Essayer pendant un semestre une attestation acceptée des deux côtés.",
        expected="Cent dossiers traités avec une seule attestation.",
        budget=5_200_000,
        delegations=(
            (("CI-PER-2019-0012", "organiser"), ("CI-PER-2019-0005", "participant")),
            (("MA-PER-2019-0011", "participant"), ("MA-PER-2019-0008", "participant")),
        ),
        sessions=(
            SessionStory(1, "10:00", "12:00", "Lancement", "", "Les deux modèles sont comparés."),
        ),
    ),
    ExchangeStory(
        "Immersion de deux agents de Béni Mellal au guichet de Bamako",
        "Immersion of two officers of Béni Mellal at the office of Bamako",
        "تدريب ميداني لموظفين من بني ملال بباماكو",
        "immersion",
        "transfer",
        "MA",
        ("ML",),
        -18,
        5,
        "confirmed",
        "Bamako",
        "ML",
        "ML-ORG-2019-0002",
        practices=("ML-PRA-2019-0005",),
        objectives="Tenir le guichet pendant une semaine, à côté de l'agent malien.",
        expected="Un carnet de bord par agent, un plan pour l'ouverture à Béni Mellal.",
        budget=9_400_000,
        delegations=(
            (("MA-PER-2019-0015", "participant"), ("MA-PER-2019-0020", "participant")),
            (("ML-PER-2019-0003", "facilitator"),),
        ),
    ),
    ExchangeStory(
        "Séminaire de capitalisation sur l'accueil de la diaspora",
        "Seminar to capitalise on receiving the diaspora",
        "ندوة رسملة تجارب استقبال الجالية",
        "seminar",
        "capitalise",
        "MA",
        ("CI", "ML", "SN"),
        -70,
        2,
        "planned",
        "Agadir",
        "MA",
        "MA-ORG-2019-0013",
        languages=("ar", "fr"),
        practices=("MA-PRA-2019-0008", "ML-PRA-2019-0005", "SN-PRA-2019-0003"),
        objectives="Publier trois fiches de pratique et dire ce qui reste à faire.",
    ),
    ExchangeStory(
        "Comité de suivi quadripartite de l'année",
        "Four-country follow-up committee of the year",
        "لجنة التتبع الرباعية",
        "steering_committee",
        "capitalise",
        "SN",
        ("CI", "MA", "ML"),
        -35,
        1,
        "postponed",
        "Dakar",
        "SN",
        "SN-ORG-2019-0002",
        fields=_ALL_FIELDS,
        objectives="Relire les engagements des trois plans bilatéraux.",
        reason="Deux ministères demandent une date après le vote du budget.",
    ),
    ExchangeStory(
        "Revue par les pairs des bureaux d'accueil régionaux",
        "Peer review of regional reception offices",
        "مراجعة النظراء لمكاتب الاستقبال الجهوية",
        "peer_review",
        "identify",
        "ML",
        ("SN",),
        -120,
        3,
        "idea",
        "Kayes",
        "ML",
        "ML-ORG-2019-0016",
        fields=("migrants_rights",),
    ),
    ExchangeStory(
        "Formation à la tenue des archives d'association",
        "Training in keeping the archives of an association",
        "",
        "training",
        "share",
        "CI",
        ("MA",),
        -25,
        2,
        "cancelled",
        "Daloa",
        "CI",
        "CI-ORG-2019-0018",
        objectives="Aider quinze associations à classer leurs pièces.",
        reason="La commune hôte n'est plus disponible ; la formation se fera en ligne.",
    ),
)
