import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscdesk.search.names import likeness
from sscdesk.search.normalise import fold
from sscdesk.search.sound import names_in, skeletons, sound_keys

ACROSS_SCRIPTS = [
    ("Mohamed Alaoui", "محمد العلوي"),
    ("Fatima-Zahra Bennani", "فاطمة الزهراء بناني"),
    ("Khadija El Fassi", "خديجة الفاسي"),
    ("Abdelkader Tazi", "عبد القادر التازي"),
    ("Youssef Idrissi", "يوسف الإدريسي"),
    ("Aïcha Lahlou", "عائشة لحلو"),
    ("Hicham Berrada", "هشام برادة"),
    ("Mustapha Mansouri", "مصطفى المنصوري"),
    ("Driss Chraïbi", "إدريس الشرايبي"),
    ("Souad Haddad", "سعاد حداد"),
    ("Meriem Zahraoui", "مريم الزهراوي"),
    ("Naïma Ouazzani", "نعيمة الوزاني"),
    ("Ousmane Touré", "عثمان توري"),
    ("Mamadou Diallo", "مامادو ديالو"),
]
"""Given and family names as registers of the four countries write them, freely combined."""

SPELLINGS = [
    ("Khadija", "Khadidja"),
    ("Mohamed", "Mohammed"),
    ("Abdelkader", "Abd el Kader"),
    ("Abdoul Karim", "Abdoulkarim"),
    ("Youssouf", "Yusuf"),
    ("Aïcha", "Aisha"),
    ("N'Diaye", "Ndiaye"),
    ("Ouédraogo", "Wedraogo"),
    ("Philippe", "Filipe"),
    ("Djibril", "Jibril"),
]


@pytest.mark.parametrize("latin,arabic", ACROSS_SCRIPTS)
def test_a_name_meets_itself_in_the_other_script(latin: str, arabic: str) -> None:
    assert set(sound_keys(latin)) & set(sound_keys(arabic))
    assert likeness(latin, arabic) >= 80
    assert likeness(arabic, latin) == likeness(latin, arabic)


@pytest.mark.parametrize("one,other", SPELLINGS)
def test_a_name_meets_itself_in_another_spelling(one: str, other: str) -> None:
    assert set(sound_keys(one)) & set(sound_keys(other))


@pytest.mark.parametrize(
    "one,other",
    [
        ("Awa Traoré", "Awa Coulibaly"),
        ("Mohamed Alaoui", "Mohamed Bennani"),
        ("Khadija El Fassi", "محمد العلوي"),
        ("Souad Alaoui", "سعيد العلوي"),
        ("Mohamed", "Mohamed Ba"),
        ("Ibrahim Diarra", "Mariam Diarra"),
        ("", "Awa Traoré"),
    ],
)
def test_two_people_are_not_taken_for_one(one: str, other: str) -> None:
    assert likeness(one, other) < 86


@pytest.mark.parametrize(
    "one,other,least",
    [
        ("Awa Traoré", "TRAORE Awa", 100),
        ("Awa Traoré", "Awa Traore Keïta", 90),
        ("Fatoumata Ndiaye", "Fatoumata N’Diaye", 100),
        ("Ousmane Touré", "Ousmane Tourre", 90),
        ("Abdel Kader Tazi", "Abdelkader Tazi", 95),
        ("فاطمة الزهراء", "فَاطِمَة الزّهراء", 100),
    ],
)
def test_one_person_is_recognised(one: str, other: str, least: int) -> None:
    assert likeness(one, other) >= least


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_are_compared_the_same_both_ways(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) == likeness(other, one) <= 100


@given(st.text(max_size=40))
def test_the_sound_of_a_folded_name_is_the_sound_of_the_name(name: str) -> None:
    assert skeletons(fold(name)) == skeletons(name)


def test_the_lines_of_a_person_are_one_name_in_each_script() -> None:
    assert names_in("person", "awa\ntraore\nاوا تراوري\nml-per-2026-0001") == [
        "awa traore",
        "اوا تراوري",
    ]


def test_the_lines_of_an_organisation_are_its_names() -> None:
    assert names_in("organisation", "haut conseil\nhigh council\nhcme") == [
        "haut conseil",
        "high council",
        "hcme",
    ]
