"""Snapshots of the other kinds of papers."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from sscdesk.model.values import Money
from sscdesk.reports.attendance_sheet import AttendanceSheet, Invited, Totals
from sscdesk.reports.briefing import Briefing, Contacted, Owed, Shared
from sscdesk.reports.data_record import (
    Authorisation,
    DataRecord,
    Erased,
    Kept,
    Processing,
    RightExercised,
    TransferAbroad,
)
from sscdesk.reports.directory import Contact, Directory, Listed
from sscdesk.reports.donor_report import (
    Activity,
    DonorReport,
    FinanceLine,
    Measured,
    Risk,
    SignedReport,
)
from sscdesk.reports.exchange_report import (
    ExchangeReport,
    IndicatorServed,
    Participant,
    Score,
    Session,
)
from sscdesk.reports.plan_matrix import AxisProgress, Pair, PlanMatrix, Promise
from sscdesk.reports.practice_sheet import Figure, PracticeSheet, TransferMade
from sscdesk.reports.snapshot import (
    Annex,
    Finding,
    Imprint,
    Linked,
    Meeting,
    MissionReport,
    PersonMet,
    Recommendation,
    Traveller,
    Wording,
)
from sscdesk.reports.sync_register import (
    ConflictSettled,
    FileExchanged,
    FileRefusedHere,
    KeyRevoked,
    SyncRegister,
)
from tests.reports.samples import (
    DEVELOPMENT,
    MALI,
    MALI_SIGNS,
    MAROC_SIGNS,
    MOBILITY,
    RECOMMENDATIONS,
    a_mission_report,
    an_imprint,
)

MOROCCO_NAME = Wording("Maroc", "Morocco", "المغرب")
MALI_NAME = Wording("Mali", "Mali", "مالي")
SENEGAL_NAME = Wording("Sénégal", "Senegal", "السنغال")
SHARE = Wording("2 Partager l’expérience", "2 Share experience")
MINISTRY = Wording("Ministère", "Ministry")
NGO = Wording("ONG, association", "NGO, association")


def an_own_imprint(reference: str, **changes: Any) -> Imprint:
    """The imprint of a paper that Morocco alone issues and signs."""
    return an_imprint(
        reference=reference, second_letterhead=None, signers=(MAROC_SIGNS,), **changes
    )


def an_exchange_report(**changes: Any) -> ExchangeReport:
    """A study visit of three countries in Rabat."""
    persons = tuple(
        Participant(
            f"Participant {n} Exemple",
            Wording("chargé de mission", "officer"),
            Wording(f"Organisme {n % 5}", f"Organisation {n % 5}"),
            (MINISTRY, NGO)[n % 2],
            (MOROCCO_NAME, MALI_NAME, SENEGAL_NAME)[n % 3],
            "fmfmfu"[n % 6],
            Wording("Participant", "Participant"),
        )
        for n in range(23)
    )
    report = ExchangeReport(
        imprint=an_imprint(reference="MA-RAP-2026-0021"),
        exchange="MA-EXC-2026-0007",
        title=Wording(
            "Visite d’échange sur l’accueil des investisseurs de la diaspora",
            "Study visit on welcoming investors of the diaspora",
        ),
        kind=Wording("Visite d’échange", "Study visit"),
        step=SHARE,
        starts_on="2026-06-08",
        ends_on="2026-06-10",
        fields=(DEVELOPMENT,),
        lead=Wording("Bureau du Maroc", "Office of Morocco"),
        partners=(Wording("Bureau du Mali", "Office of Mali"),),
        host=Wording("Direction de la coopération", "Directorate of Cooperation"),
        place="Rabat",
        country=MOROCCO_NAME,
        languages=(Wording("français", "French"), Wording("arabe", "Arabic")),
        interpretation="de l’arabe vers le français",
        objectives="Comparer les guichets des deux pays et arrêter les conditions d’un transfert.",
        expected_results="Une fiche de pratique validée ; un projet de convention.",
        sessions=(
            Session(
                "2026-06-08",
                "Le guichet de Bamako, trois ans après",
                "09:30",
                "11:00",
                ("Mme F. Diarra Exemple",),
                "La cheffe du guichet expose le parcours d’un porteur de projet, les délais et "
                "le coût par dossier.",
                "Partager le formulaire unique avant le 30 juin",
            ),
            Session("2026-06-09", "Visite du centre régional", "10:00", "16:00"),
        ),
        practices=(
            Linked(
                "ML-PRA-2026-0004",
                Wording("Guichet unique de la diaspora", "One-stop desk for the diaspora"),
            ),
        ),
        participants=persons,
        scores=(
            Score(Wording("Utilité pour votre travail", "Use for your work"), Decimal("4.4"), 19),
            Score(Wording("Organisation", "Organisation"), Decimal("3.85"), 18),
        ),
        comments=("Prévoir plus de temps sur le terrain.",),
        findings=(Finding("Le suivi par un seul agent est transférable.", "", DEVELOPMENT),),
        recommendations=RECOMMENDATIONS[:2],
        commitments=a_mission_report().commitments,
        indicators=(
            IndicatorServed(
                "IND-02", Wording("Participations", "Participations"), Decimal(23), Wording()
            ),
        ),
        annexes=(Annex("Programme"),),
    )
    return replace(report, **changes)


def an_attendance_sheet(**changes: Any) -> AttendanceSheet:
    """The sheet of one day of the visit."""
    sheet = AttendanceSheet(
        imprint=an_imprint(
            reference="MA-RAP-2026-0020",
            second_letterhead=None,
            signers=(MAROC_SIGNS,),
            distribution=(),
        ),
        exchange="MA-EXC-2026-0007",
        title=an_exchange_report().title,
        day="2026-06-08",
        place="Rabat",
        country=MOROCCO_NAME,
        invited=tuple(
            Invited(
                f"Invitée {n} Exemple",
                Wording("chargée de mission", "officer"),
                Wording("Direction générale de l’Intégration", "Directorate of Integration"),
                MALI_NAME,
                Wording("F", "F"),
                "" if n % 2 else f"invitee{n}@exemple.ml",
                "أمينة بنعلي" if n == 1 else "",
            )
            for n in range(1, 7)
        ),
        blank_rows=8,
        totals=Totals(9, 4, 1),
    )
    return replace(sheet, **changes)


def a_directory(**changes: Any) -> Directory:
    """Five organisations of three countries, some known in three languages."""
    kinds = (MINISTRY, NGO)
    directory = Directory(
        imprint=an_imprint(
            reference="MA-RAP-2026-0030", second_letterhead=None, signers=(), distribution=()
        ),
        organisations=tuple(
            Listed(
                f"MA-ORG-2026-000{n}",
                Wording(
                    f"Organisme de la diaspora {n}",
                    f"Diaspora organisation {n}",
                    f"منظمة الجالية {n}" if n < 3 else "",
                ),
                (MOROCCO_NAME, MALI_NAME, SENEGAL_NAME)[n % 3],
                kinds[n % 2],
                acronym=f"OD{n}",
                city="Rabat",
                address=f"{n}, avenue de l’Exemple, Rabat",
                reach=("+212 5 00 00 00 0" + str(n), f"contact{n}@exemple.org"),
                fields=(DEVELOPMENT, MOBILITY)[: 1 + n % 2],
                contacts=(
                    Contact(
                        f"Contact {n} Exemple",
                        Wording("directrice", "director"),
                        (f"c{n}@exemple.org",),
                        "أمينة بنعلي",
                    ),
                ),
            )
            for n in range(1, 6)
        ),
    )
    return replace(directory, **changes)


def a_promise(reference: str, what: str, **changes: Any) -> Promise:
    """A promise that is under way."""
    promise = Promise(
        reference,
        Wording(what, what),
        "in_progress",
        Wording("En cours", "In progress"),
        due="2026-06-30",
        responsible=Wording("Direction de la coopération", "Directorate of Cooperation"),
        progress=40,
    )
    return replace(promise, **changes)


def a_plan_matrix(**changes: Any) -> PlanMatrix:
    """The plan of Morocco and Mali, two axes, one promise without return."""
    verified = {"state": "verified", "state_label": Wording("Vérifié", "Verified")}
    matrix = PlanMatrix(
        imprint=an_imprint(reference="MA-RAP-2026-0033", signers=(MAROC_SIGNS, MALI_SIGNS)),
        plan="MA-PLA-2025-0001",
        title=Wording("Plan d’action Maroc–Mali 2025-2027", "Morocco–Mali action plan 2025-2027"),
        first_office=MOROCCO_NAME,
        second_office=MALI_NAME,
        as_of="2026-09-30",
        period_from="2025",
        period_until="2027",
        version="version 2",
        adopted_on="2025-02-14",
        axes=(
            AxisProgress(
                "1",
                Wording("Mobilisation de la diaspora", "Mobilising the diaspora"),
                DEVELOPMENT,
                (
                    Pair(
                        a_promise(
                            "MA-COM-2026-0003",
                            "Former deux agents maliens",
                            late_days=92,
                            progress_comment="Session reportée à octobre.",
                            opinion="Nous confirmons la date.",
                        ),
                        a_promise(
                            "ML-COM-2026-0002",
                            "Transmettre la fiche du guichet",
                            **verified,
                            progress=100,
                            evidence="fiche ML-PRA-2026-0004",
                        ),
                    ),
                    Pair(a_promise("MA-COM-2026-0005", "Recevoir une délégation"), None),
                ),
            ),
            AxisProgress("2", Wording("Droits des migrants", "Rights of migrants")),
        ),
        remarks="Le comité de suivi se réunit en novembre.",
    )
    return replace(matrix, **changes)


def a_practice_sheet(**changes: Any) -> PracticeSheet:
    """The one-stop desk of Bamako, transferred once."""
    sheet = PracticeSheet(
        imprint=an_imprint(
            reference="ML-RAP-2026-0004",
            letterhead=MALI,
            second_letterhead=None,
            signers=(replace(MALI_SIGNS, countersigns=False),),
        ),
        practice="ML-PRA-2026-0004",
        title=Wording("Guichet unique de la diaspora", "One-stop desk for the diaspora"),
        country=MALI_NAME,
        owner=Wording("Ministère des Maliens établis à l’extérieur", "Ministry of Malians Abroad"),
        field=DEVELOPMENT,
        sub_theme=Wording("Services à la diaspora", "Services to the diaspora"),
        level=Wording("National", "National"),
        since="2022-03",
        contact="Mme F. Diarra Exemple, cheffe du guichet",
        summary=Wording(
            "Un lieu, un agent, un an de suivi pour chaque porteur de projet.",
            "One place, one officer, a year of support for each project.",
        ),
        problem="Les porteurs de projet passaient par six services et renonçaient.",
        how_it_works="Chaque projet est reçu dans les dix jours et suivi par le même agent.",
        actors="Six agents du ministère ; l’agence de promotion des investissements.",
        cost="28 000 XOF par dossier, sur le budget de l’État.",
        legal_basis="Arrêté de création, 2022.",
        results="Le taux d’abandon est passé de 38 % à 17 % en deux ans.",
        what_failed="La plate-forme en ligne de 2023 n’a pas été utilisée.",
        conditions_to_transfer="Un accord avec le centre régional et un agent formé.",
        figures=(
            Figure("porteurs de projet", 184, Wording("hommes", "men"), "2025", "registre"),
            Figure("porteuses de projet", 128, Wording("femmes", "women"), "2025", "registre"),
        ),
        transfers=(
            TransferMade(
                Wording("Bureau du Maroc", "Office of Morocco"),
                "2026-09",
                Wording("Centre régional d’investissement", "Regional Investment Centre"),
                "Un agent par province au lieu d’un guichet central.",
                "Quarante dossiers suivis en six mois.",
            ),
        ),
        sources="Rapport annuel du guichet, 2025.",
    )
    return replace(sheet, **changes)


def an_activity(reference: str, title: str, **changes: Any) -> Activity:
    """An exchange of the quarter."""
    activity = Activity(
        reference,
        Wording(title, title),
        Wording("Atelier", "Workshop"),
        DEVELOPMENT,
        SHARE,
        "2026-02-03",
        "2026-02-05",
        "Dakar",
        31,
        Wording("Tenu", "Held"),
    )
    return replace(activity, **changes)


def a_donor_report(**changes: Any) -> DonorReport:
    """The report on a first quarter."""

    def eur(amount: int) -> Money:
        return Money(amount * 100, "EUR")

    report = DonorReport(
        imprint=an_imprint(reference="MA-RAP-2026-0040"),
        title=Wording("Premier trimestre 2026", "First quarter of 2026"),
        period_from="2026-01-01",
        period_until="2026-03-31",
        donor=Wording("Union européenne", "European Union"),
        project="T05-EUTF-NOA-MA-02",
        summary="Deux échanges tenus, trois engagements vérifiés.",
        activities=(
            an_activity("MA-EXC-2026-0002", "Atelier de cartographie"),
            an_activity("SN-EXC-2026-0001", "Revue par les pairs", field=MOBILITY, participants=3),
        ),
        indicators=(
            Measured(
                "IND-03",
                Wording("Personnes distinctes", "Distinct persons"),
                target=Decimal(400),
                in_period=Decimal(34),
                cumulated=Decimal(212),
                women=97,
                men=3,
                countries=((MALI_NAME, Decimal(80)), (SENEGAL_NAME, Decimal(2))),
                trend="up",
                changed_since="+3",
                persons=True,
            ),
            Measured(
                "IND-10",
                Wording("Engagements vérifiés", "Commitments verified"),
                target=Decimal(12),
                in_period=Decimal(3),
                cumulated=Decimal(7),
                trend="flat",
            ),
        ),
        risks=(Risk("Report de la session de formation", "Un mois de retard", "Octobre fixé"),),
        visibility="Le drapeau de l’Union européenne figure sur toutes les publications.",
        finance=(
            FinanceLine("Échanges", eur(120000), eur(18400), eur(61250)),
            FinanceLine("Missions", eur(60000), eur(4811), eur(22037)),
        ),
        next_period="Visite d’échange à Rabat en juin ; comité de suivi en novembre.",
        missions=(an_activity("MA-MIS-2026-0031", "Accueil des investisseurs"),),
        reports=(
            SignedReport("MA-RAP-2026-0014", "Rapport de mission, rév. 1", "2026-03-20", "ab" * 32),
        ),
    )
    return replace(report, **changes)


def a_data_record(**changes: Any) -> DataRecord:
    """The register of an office, and what it keeps about one person."""
    record = DataRecord(
        imprint=an_own_imprint("MA-RAP-2026-0050"),
        person="Awa Traoré Exemple",
        kept=(
            Kept(
                Wording("Fonction", "Function"),
                "directrice",
                "carte de visite",
                "2026-03-10",
                "ML",
            ),
        ),
        processings=(
            Processing(
                Wording("Annuaire des parties prenantes", "Stakeholder directory"),
                Wording("Savoir qui fait quoi", "Know who does what"),
                Wording("Mission d’intérêt public", "Public task"),
                Wording("Identité et fonction professionnelles", "Professional identity"),
                Wording("Bureaux partenaires", "Partner offices"),
                Wording("Cinq ans après le dernier contact", "Five years after last contact"),
            ),
        ),
        authorisations=(
            Authorisation("D-T-114/2026", "CNDP", MALI_NAME, "annuaire", "2028-12-31"),
        ),
        transfers=(
            TransferAbroad("2026-03-21", MALI_NAME, 3, "D-T-114/2026", "N. Alaoui Exemple"),
        ),
        rights=(
            RightExercised(
                "2026-04-02",
                Wording("Accès", "Access"),
                "Awa Traoré Exemple",
                "Copie remise",
                "2026-04-09",
            ),
        ),
        erasures=(Erased("2026-05-01", "Contact sans suite", "délai échu", "N. Alaoui Exemple"),),
        period_from="2026-01-01",
        period_until="2026-12-31",
    )
    return replace(record, **changes)


def a_sync_register(**changes: Any) -> SyncRegister:
    """A month of files with Mali."""
    register = SyncRegister(
        imprint=an_imprint(
            reference="MA-RAP-2026-0060",
            second_letterhead=None,
            signers=(MAROC_SIGNS,),
            distribution=(),
        ),
        period_from="2026-03-01",
        period_until="2026-03-31",
        files=(
            FileExchanged(
                "sent",
                "2026-03-21T09:12",
                MALI_NAME,
                "N. Alaoui Exemple",
                14,
                48211,
                "3f9a c1d2 77e0 4b18",
                "2026-03-22T08:00",
            ),
            FileExchanged(
                "received",
                "2026-03-23T16:40",
                MALI_NAME,
                "N. Alaoui Exemple",
                3,
                2_400_000,
                "90aa 11fe 0c3d 552b",
            ),
        ),
        refusals=(
            FileRefusedHere(
                "2026-03-24T11:05", "SN-MA.sscsync", "fichier coupé", "N. Alaoui Exemple"
            ),
        ),
        conflicts=(
            ConflictSettled(
                "2026-03-23T16:52",
                "MA-EXC-2026-0007",
                Wording("Lieu", "Place"),
                "N. Alaoui Exemple",
            ),
        ),
        revocations=(
            KeyRevoked(
                "2026-03-25T10:00",
                "ordinateur 2",
                "2026-03-20",
                "perdu",
                Wording("Bureau du Mali", "Office of Mali"),
            ),
        ),
    )
    return replace(register, **changes)


def an_arabic_mission_report() -> MissionReport:
    """A mission report whose officers wrote in Arabic, with Latin words and figures in it."""

    def ar(text: str) -> Wording:
        return Wording(ar=text)

    return a_mission_report(
        title=ar("استقبال مستثمري الجالية: الشباك الموحد بباماكو"),
        places=("باماكو", "كاي"),
        summary="درس الوفد الشباك الموحد الذي تخصصه باماكو لمستثمري الجالية. يتتبع نفس الموظف كل "
        "ملف لمدة سنة؛ وقد تم استقبال 312 مشروعا سنة 2025، منها 41% تحملها نساء. تبدو الممارسة "
        "قابلة للنقل إلى الجهة، شريطة اتفاق مع المركز الجهوي للاستثمار (CRI) وتكوين موظف.",
        context="ينص مخطط العمل الثنائي على تبادل ممارسات استقبال حاملي المشاريع.",
        objectives="فهم كيفية اشتغال الشباك وتكلفته ونتائجه.",
        host=ar("وزارة الماليين المقيمين بالخارج"),
        fields=(ar("الهجرة والتنمية"),),
        exchange=None,
        travellers=(
            Traveller("ياسمينة الفاسي", ar("رئيسة مصلحة الجالية"), ar("مديرية التعاون")),
            Traveller("عمر التازي", ar("مكلف بالملف")),
        ),
        legs=(),
        meetings=(
            Meeting(
                "2026-03-10",
                ar("وزارة الماليين المقيمين بالخارج"),
                (PersonMet("Mme F. Diarra", ar("رئيسة الشباك")),),
                "باماكو",
                "اشتغال الشباك والميزانية والموارد البشرية",
                "",
                "إرسال النصوص وبطاقة الممارسة قبل نهاية الشهر",
            ),
        ),
        findings=(
            Finding("لا يغير المستثمر محاوره؛ وانخفضت نسبة التخلي من 38% إلى 17%.", "مكان واحد"),
            Finding(
                "La plate-forme en ligne de 2023 n’a pas été utilisée : les porteurs de projet "
                "préfèrent le téléphone, et la direction ne compte pas la relancer avant 2027."
            ),
        ),
        recommendations=(
            Recommendation(
                "تحرير بطاقة الممارسة والمصادقة عليها",
                "ي. الفاسي",
                "2026-03-31",
                "MA-FUP-2026-0041",
            ),
        ),
        commitments=(),
        next_steps="ستعرض النتائج بالرباط يوم 2 أبريل.",
        annexes=(Annex("برنامج الزيارة"),),
    )


def a_briefing(**changes: Any) -> Briefing:
    """A sheet on Mali before a call."""
    sheet = Briefing(
        imprint=an_imprint(
            reference="", second_letterhead=None, signers=(), distribution=(), prepared_by=()
        ),
        about=Wording("Pays", "Country"),
        title="République du Mali",
        subtitle="Bureau de Bamako",
        facts=(("Ministère", "Ministère des Maliens établis à l’extérieur"),),
        to_raise=("Demander où en est ML-COM-2026-0002",),
        contacts=(Contacted("2026-03-10", "Le guichet", "M. A. Koné Exemple", "MA-MIS-2026-0007"),),
        they_owe=(Owed("ML-COM-2026-0002", "Recevoir deux agents", "2026-01-31", 46),),
        we_owe=(
            Owed(
                "MA-COM-2026-0005",
                "Envoyer la fiche",
                "2026-06-30",
                0,
                Wording("Convenu", "Agreed"),
            ),
        ),
        exchanges=(
            Shared(
                "MA-EXC-2026-0007",
                Wording("Visite du guichet", "Visit of the desk"),
                "2026-06-08",
                "2026-06-09",
                Wording("Planifié", "Planned"),
            ),
        ),
        left_out=3,
    )
    return replace(sheet, **changes)
