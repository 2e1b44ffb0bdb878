"""Snapshots for the tests: valid defaults, so that each test states only what matters."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from sscdesk.model.values import Money
from sscdesk.reports.mission_order import MissionOrder, Passport
from sscdesk.reports.snapshot import (
    ACCEPTED,
    REJECTED,
    Advance,
    Annex,
    BudgetLine,
    CommitmentServed,
    ExpenseEntry,
    Finding,
    Imprint,
    Leg,
    Letterhead,
    Linked,
    Meeting,
    MissionFinance,
    MissionReport,
    PersonMet,
    Recommendation,
    Signer,
    Traveller,
    Wording,
)

MAROC = Letterhead(
    office="MA",
    office_name=Wording("Bureau du Maroc", "Office of Morocco", "مكتب المغرب"),
    country=Wording("Royaume du Maroc", "Kingdom of Morocco", "المملكة المغربية"),
    lines=Wording(
        "Ministère délégué chargé des Marocains résidant à l’étranger\nDirection de la coopération",
        "Delegate Ministry in charge of Moroccans Residing Abroad\nDirectorate of Cooperation",
        "الوزارة المنتدبة المكلفة بالمغاربة المقيمين بالخارج\nمديرية التعاون",
    ),
    city=Wording("Rabat", "Rabat", "الرباط"),
    utc_offset=60,
)
MALI = Letterhead(
    office="ML",
    office_name=Wording("Bureau du Mali", "Office of Mali", "مكتب مالي"),
    country=Wording("République du Mali", "Republic of Mali", "جمهورية مالي"),
    motto=Wording("Un Peuple – Un But – Une Foi", "One People – One Goal – One Faith"),
    lines=Wording(
        "Ministère des Maliens établis à l’extérieur\nDirection générale de l’Intégration",
        "Ministry of Malians Abroad\nGeneral Directorate of Integration",
    ),
    city=Wording("Bamako", "Bamako"),
)
MAROC_SIGNS = Signer(
    "MA",
    MAROC.office_name,
    "Nadia Alaoui Exemple",
    Wording("Directrice de la coopération", "Director of Cooperation", "مديرة التعاون"),
)
MALI_SIGNS = Signer(
    "ML",
    MALI.office_name,
    "Moussa Keïta Exemple",
    Wording("Chef de bureau", "Head of office", "رئيس المكتب"),
    countersigns=True,
)


def an_imprint(**changes: Any) -> Imprint:
    """The imprint of a report that Morocco signs and Mali countersigns."""
    imprint = Imprint(
        reference="MA-RAP-2026-0014",
        revision=1,
        dated="2026-03-18",
        letterhead=MAROC,
        second_letterhead=MALI,
        signers=(MAROC_SIGNS, MALI_SIGNS),
        distribution=(
            Wording("cabinet du ministre délégué", "office of the delegate minister"),
            Wording("direction financière", "finance directorate"),
            Wording("ministère des Maliens établis à l’extérieur", "Ministry of Malians Abroad"),
        ),
        prepared_by=("Yasmina El Fassi Exemple",),
    )
    return replace(imprint, **changes)


DEVELOPMENT = Wording("Migration et développement", "Migration and development")
MOBILITY = Wording("Mobilité Sud-Sud", "South-South mobility")
PLANE = Wording("Avion", "Plane")
ROAD = Wording("Route", "Road")
HEAD = Wording("Cheffe de mission", "Head of mission")
MEMBER = Wording("Membre", "Member")

TRAVELLERS = (
    Traveller(
        "Yasmina El Fassi Exemple",
        Wording("Cheffe de service, diaspora", "Head of the diaspora unit"),
        Wording("Direction de la coopération", "Directorate of Cooperation"),
        HEAD,
        "ياسمينة الفاسي",
    ),
    Traveller("Omar Tazi Exemple", Wording("Chargé de dossier", "Officer"), Wording(), MEMBER),
    Traveller("Lina Berrada Exemple", Wording("Économiste", "Economist"), Wording(), MEMBER),
    Traveller(
        "Adil Naciri Exemple",
        Wording("Chargé de dossier", "Officer"),
        Wording("Centre régional d’investissement", "Regional Investment Centre"),
        Wording("Rapporteur", "Rapporteur"),
    ),
)
LEGS = (
    Leg("2026-03-09T07:30", "Rabat", "2026-03-09T09:00", "Casablanca", ROAD),
    Leg("2026-03-09T10:10", "Casablanca", "2026-03-09T13:05", "Bamako", PLANE),
    Leg("2026-03-11T06:00", "Bamako", "2026-03-11T14:40", "Kayes", ROAD),
    Leg("2026-03-12T10:30", "Kayes", "2026-03-12T19:40", "Bamako", ROAD),
    Leg("2026-03-13T09:50", "Bamako", "2026-03-13T16:20", "Rabat", PLANE),
)
MEETINGS = (
    Meeting(
        "2026-03-10",
        Wording("Ministère des Maliens établis à l’extérieur", "Ministry of Malians Abroad"),
        (
            PersonMet("M. A. Koné Exemple", Wording("directeur", "director")),
            PersonMet("Mme F. Diarra Exemple", Wording("cheffe du guichet", "head of the desk")),
        ),
        "Bamako",
        "Fonctionnement du guichet, budget, personnel",
        "Le guichet a été ouvert en 2022 par redéploiement de six agents. Chaque porteur de projet "
        "est reçu dans les dix jours ; le même agent le suit pendant un an, y compris à distance "
        "depuis le pays de résidence.\n"
        "La direction souhaite comparer ses formulaires avec ceux des centres régionaux "
        "d’investissement du Maroc avant de les réviser.",
        "Envoi des textes et de la fiche de pratique avant le 31 mars",
    ),
    Meeting(
        "2026-03-10",
        Wording("Agence de promotion des investissements", "Investment promotion agency"),
        (PersonMet("M. S. Coulibaly Exemple", Wording("chef de division", "head of division")),),
        "Bamako",
        "Articulation avec le guichet",
        "",
        "Échange de données anonymes par trimestre",
    ),
    Meeting(
        "2026-03-11",
        Wording("Conseil régional de Kayes", "Regional council of Kayes"),
        (),
        "Kayes",
        "Associations de la diaspora, cofinancement",
        "",
        "Visite retour d’une commune pilote",
    ),
    Meeting(
        "2026-03-12",
        Wording("Association de retour, Kayes", "Association of returnees, Kayes"),
        (PersonMet("Mme أمينة بنعلي", Wording("présidente", "chairwoman")),),
        "Kayes",
        "Réinsertion, premiers revenus",
        "",
        "Deux témoignages pour la fiche",
    ),
)
FINDINGS = (
    Finding(
        "L’investisseur ne change pas d’interlocuteur ; le taux d’abandon est passé de 38 % à 17 % "
        "en deux ans.",
        "Un seul lieu, un seul agent",
        DEVELOPMENT,
    ),
    Finding(
        "Un agent suit 60 dossiers ; le coût par dossier est estimé à 28 000 XOF, pris sur le "
        "budget de l’État.",
        "Le suivi coûte peu",
        DEVELOPMENT,
    ),
    Finding(
        "La plate-forme en ligne de 2023 n’a pas été utilisée : les porteurs de projet préfèrent "
        "le téléphone.",
        "Ce qui a échoué",
        DEVELOPMENT,
    ),
    Finding(
        "Les deux administrations délivrent la même attestation sous deux noms ; une "
        "reconnaissance réciproque éviterait un second voyage.",
        "Deux attestations pour un même droit",
        MOBILITY,
    ),
)
OPEN = Wording("Ouvert", "Open")
RECOMMENDATIONS = (
    Recommendation(
        "Rédiger la fiche de pratique avec le service malien et la faire valider",
        "Y. El Fassi Exemple",
        "2026-03-31",
        "MA-FUP-2026-0041",
        OPEN,
    ),
    Recommendation(
        "Proposer un accord au centre régional d’investissement de Béni Mellal-Khénifra",
        "O. Tazi Exemple",
        "2026-04-30",
        "MA-FUP-2026-0042",
        OPEN,
    ),
    Recommendation(
        "Recevoir l’équipe malienne à Rabat et Agadir",
        "L. Berrada Exemple",
        "2026-06-15",
        "MA-FUP-2026-0043",
        OPEN,
    ),
)


def a_mission_report(**changes: Any) -> MissionReport:
    """A complete mission report of Morocco in Mali."""
    report = MissionReport(
        imprint=an_imprint(),
        mission="MA-MIS-2026-0031",
        title=Wording(
            "Accueil des investisseurs de la diaspora : le guichet de Bamako",
            "Welcoming investors of the diaspora: the one-stop desk of Bamako",
        ),
        departs_on="2026-03-09",
        returns_on="2026-03-13",
        countries=(Wording("Mali", "Mali", "مالي"),),
        places=("Bamako", "Kayes"),
        order_number="118/2026",
        order_date="2026-03-02",
        fields=(DEVELOPMENT, MOBILITY),
        host=Wording("Ministère des Maliens établis à l’extérieur", "Ministry of Malians Abroad"),
        exchange=Linked(
            "MA-EXC-2026-0007",
            Wording(),
            Wording("étape 2, partager l’expérience", "step 2, share experience"),
        ),
        summary="La délégation a étudié le guichet unique que Bamako réserve aux investisseurs de "
        "la diaspora. Chaque dossier y est suivi pendant un an par le même agent ; 312 projets ont "
        "été reçus en 2025, dont 41 % de femmes porteuses. La pratique paraît transférable à la "
        "région Béni Mellal-Khénifra, à condition d’un accord avec le centre régional "
        "d’investissement et d’un agent formé. Le Mali souhaite en retour recevoir en juin une "
        "équipe sur l’accompagnement des compétences.",
        context="Le plan d’action bilatéral 2025-2027 prévoit l’échange de pratiques d’accueil des "
        "porteurs de projet. Le centre régional de Béni Mellal-Khénifra prépare son propre service "
        "et cherche un modèle éprouvé.",
        objectives="Comprendre le fonctionnement, le coût et les résultats du guichet ; décider si "
        "la pratique peut être transférée et à quelles conditions.",
        travellers=TRAVELLERS,
        legs=LEGS,
        meetings=MEETINGS,
        findings=FINDINGS,
        recommendations=RECOMMENDATIONS,
        commitments=(
            CommitmentServed(
                "MA-COM-2026-0003",
                Wording(
                    "Former deux agents maliens à l’accompagnement des compétences de la diaspora",
                    "Train two Malian officers in supporting the skills of the diaspora",
                ),
                Wording("Maroc", "Morocco"),
                Wording("Mali", "Mali"),
                "2026-06-30",
                Wording("En cours", "In progress"),
                40,
            ),
        ),
        next_steps="Une restitution est prévue à Rabat le 2 avril 2026 avec les centres régionaux. "
        "L’équipe malienne est attendue du 8 au 15 juin 2026.",
        annexes=(
            Annex("Programme de la visite", Wording("2 pages", "2 pages")),
            Annex("Organigramme du guichet"),
            Annex("Photographies", Wording("6 photographies", "6 photographs")),
        ),
    )
    return replace(report, **changes)


def mad(amount: str) -> Money:
    return Money(int(Decimal(amount) * 100), "MAD")


def xof(amount: int) -> Money:
    return Money(amount, "XOF")


AIR = Wording("Billets d’avion", "Air tickets")
DAILY = Wording("Indemnités journalières", "Daily allowances")
BY_ROAD = Wording("Transport routier", "Road transport")
LODGING = Wording("Hébergement", "Lodging")
STATE = Wording("Budget de l’État", "State budget")


def an_expense(**changes: Any) -> ExpenseEntry:
    """An accepted expense in the office's currency."""
    expense = ExpenseEntry(
        "2026-03-09",
        "O. Tazi Exemple",
        "transport_air",
        AIR,
        mad("24180.00"),
        mad("24180.00"),
        receipt="R-001",
        state=ACCEPTED,
    )
    return replace(expense, **changes)


def a_mission_finance(**changes: Any) -> MissionFinance:
    """The accounts of the same mission: three currencies, one rejected receipt."""
    rate = {
        "rate": Decimal("0.0164"),
        "rate_source": "Bank Al-Maghrib",
        "rate_date": "2026-03-09",
    }
    finance = MissionFinance(
        imprint=an_imprint(reference="MA-RAP-2026-0014", second_letterhead=None, signers=()),
        mission="MA-MIS-2026-0031",
        title=Wording(
            "Accueil des investisseurs de la diaspora : le guichet de Bamako",
            "Welcoming investors of the diaspora: the one-stop desk of Bamako",
        ),
        departs_on="2026-03-09",
        returns_on="2026-03-13",
        currency="MAD",
        travellers=TRAVELLERS,
        budget=(
            BudgetLine("transport_air", AIR, mad("24000"), Decimal(4), mad("6000"), None, STATE),
            BudgetLine("per_diem", DAILY, mad("18400"), Decimal(20), mad("920"), None, STATE),
            BudgetLine("transport_road", BY_ROAD, mad("4200"), funding=STATE),
            BudgetLine("lodging", LODGING, mad("2000"), funding=STATE),
        ),
        advances=(Advance(mad("38900"), None, "2026-03-05", "OP 2026/77", "Y. El Fassi Exemple"),),
        expenses=(
            an_expense(description="4 billets, Casablanca–Bamako et retour"),
            an_expense(
                date="2026-03-13",
                kind="per_diem",
                label=DAILY,
                traveller="",
                amount=mad("18400"),
                in_office_currency=mad("18400"),
                receipt="R-002",
                description="4 personnes, 5 jours",
            ),
            an_expense(
                date="2026-03-11",
                kind="transport_road",
                label=BY_ROAD,
                amount=xof(245000),
                in_office_currency=mad("4018.00"),
                receipt="R-003",
                description="Location avec chauffeur, Bamako–Kayes",
                **rate,
            ),
            an_expense(
                date="2026-03-11",
                kind="lodging",
                label=LODGING,
                amount=xof(118000),
                in_office_currency=mad("1935.20"),
                receipt="R-004",
                description="Kayes, 4 chambres, une nuit",
                **rate,
            ),
            an_expense(
                date="2026-03-12",
                kind="other",
                label=Wording("Autre", "Other"),
                amount=xof(15000),
                in_office_currency=mad("246.00"),
                receipt="R-005",
                description="Communications",
                state=REJECTED,
                reason="reçu illisible",
                **rate,
            ),
        ),
    )
    return replace(finance, **changes)


def a_mission_order(**changes: Any) -> MissionOrder:
    """The order for the same mission, signed by Morocco."""
    order = MissionOrder(
        imprint=an_imprint(
            reference="MA-RAP-2026-0009",
            dated="2026-03-02",
            second_letterhead=None,
            signers=(MAROC_SIGNS,),
        ),
        mission="MA-MIS-2026-0031",
        number="118/2026",
        date="2026-03-02",
        purpose=a_mission_report().title,
        departs_on="2026-03-09",
        returns_on="2026-03-13",
        travellers=TRAVELLERS,
        passports=(
            Passport("Yasmina El Fassi Exemple", "SP 104455", "2029-05-31", "Hors échelle"),
            Passport("Omar Tazi Exemple", "SP 104470", "2028-01-15", "11"),
        ),
        countries=(Wording("Mali", "Mali", "مالي"),),
        places=("Bamako", "Kayes"),
        legs=LEGS,
        transport=(PLANE, ROAD),
        charged_to=(STATE,),
        exchange=Linked("MA-EXC-2026-0007", Wording("Visite d’échange", "Study visit")),
        request=Wording(
            "Les autorités civiles et militaires sont priées de faciliter l’accomplissement de la "
            "présente mission.",
            "The civil and military authorities are asked to facilitate this mission.",
        ),
    )
    return replace(order, **changes)
