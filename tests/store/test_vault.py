import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sscdesk.model.refusal import DeskError, FileRefused, Locked, MachineFailed, NotFound, Refused
from sscdesk.store import derivation, vault_file
from sscdesk.store.derivation import LEAST_COST, Cost, calibrate, derived, stretched
from sscdesk.store.vault import TEST_COST, Vault

from .faults import FAULTS, Killed, each_failure

OLD = "quatre chevaux mangent"
NEW = "huit chevaux dorment"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vault.json"


@pytest.fixture
def vault(path: Path) -> Vault:
    return Vault.create(path, "n.alaoui", OLD, TEST_COST)[0]


@pytest.fixture
def master(vault: Vault) -> bytes:
    return vault.unlock("n.alaoui", OLD)


def test_the_passphrase_opens_the_same_key_after_a_restart(path: Path) -> None:
    _, master = Vault.create(path, "n.alaoui", OLD, TEST_COST)

    assert len(master) == 32
    assert Vault.open(path).unlock("n.alaoui", OLD) == master


def test_a_wrong_passphrase_is_refused_with_the_field(vault: Vault) -> None:
    with pytest.raises(Locked) as refusal:
        vault.unlock("n.alaoui", NEW)

    assert refusal.value.code == "wrong-passphrase"
    assert refusal.value.field == "passphrase"


def test_one_officer_need_not_say_who(vault: Vault, master: bytes) -> None:
    assert vault.unlock(None, OLD) == master


def test_of_several_officers_one_must_say_who(vault: Vault, master: bytes) -> None:
    vault.add_officer(master, "y.benali", NEW, TEST_COST)

    with pytest.raises(Locked) as refusal:
        vault.unlock(None, OLD)

    assert refusal.value.code == "which-officer"
    assert refusal.value.params == {"logins": "n.alaoui, y.benali"}
    assert vault.unlock("y.benali", NEW) == master


def test_an_officer_nobody_knows_is_refused(vault: Vault) -> None:
    with pytest.raises(Locked) as refusal:
        vault.unlock("a.diop", OLD)

    assert refusal.value.code == "unknown-officer"


def test_a_removed_officer_is_locked_out_also_by_the_copy(vault: Vault, master: bytes) -> None:
    vault.add_officer(master, "y.benali", NEW, TEST_COST)
    vault.remove_officer("y.benali")

    for path in (vault.path, vault_file.copy_of(vault.path)):
        with pytest.raises(Locked):
            Vault.open(path).unlock("y.benali", NEW)


def test_the_last_officer_cannot_be_removed(vault: Vault) -> None:
    with pytest.raises(Refused) as refusal:
        vault.remove_officer("n.alaoui")

    assert refusal.value.code == "last-officer"


@pytest.mark.parametrize("login", ["", "Nadia", "n alaoui", "!recovery", "a" * 41, "../x"])
def test_an_unfit_login_is_refused(vault: Vault, master: bytes, login: str) -> None:
    with pytest.raises(Refused) as refusal:
        vault.add_officer(master, login, NEW, TEST_COST)

    assert refusal.value.code == "unfit-login"


def test_a_login_is_given_once(vault: Vault, master: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        vault.add_officer(master, "n.alaoui", NEW, TEST_COST)

    assert refusal.value.code == "login-taken"


def test_an_empty_passphrase_is_refused(vault: Vault, master: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        vault.add_officer(master, "y.benali", "", TEST_COST)

    assert refusal.value.code == "empty-passphrase"


def test_an_accent_typed_on_another_keyboard_is_the_same_passphrase(vault: Vault) -> None:
    vault.change_passphrase("n.alaoui", OLD, "été à Fès", TEST_COST)

    vault.unlock("n.alaoui", "e\u0301te\u0301\u00a0a\u0300 Fe\u0300s")


def test_a_changed_passphrase_opens_the_key_and_the_secrets(vault: Vault, master: bytes) -> None:
    vault.seal("n.alaoui", OLD, "signing-key", b"private")

    vault.change_passphrase("n.alaoui", OLD, NEW, TEST_COST)

    again = Vault.open(vault.path)
    assert again.unlock("n.alaoui", NEW) == master
    assert again.unseal("n.alaoui", NEW, "signing-key") == b"private"
    with pytest.raises(Locked):
        again.unlock("n.alaoui", OLD)


def test_a_passphrase_changes_only_for_who_knows_the_old(vault: Vault) -> None:
    with pytest.raises(Locked):
        vault.change_passphrase("n.alaoui", "guessed", NEW, TEST_COST)

    vault.unlock("n.alaoui", OLD)


@pytest.mark.parametrize("fault", FAULTS)
def test_changing_the_passphrase_never_locks_the_owner_out(
    vault: Vault, master: bytes, fault: Callable[[], BaseException]
) -> None:
    """keepassxreboot/keepassxc#13302, #9470: a changed key locked the owner out."""
    vault.seal("n.alaoui", OLD, "signing-key", b"private")

    def attempt() -> None:
        Vault.open(vault.path).change_passphrase("n.alaoui", OLD, NEW, TEST_COST)

    for raised in each_failure(fault, attempt):
        assert raised is None or isinstance(raised, Killed | MachineFailed)
        again = Vault.open(vault.path)
        works = [word for word in (OLD, NEW) if _opens(again, word)]
        assert len(works) == 1
        assert again.unlock("n.alaoui", works[0]) == master
        assert again.unseal("n.alaoui", works[0], "signing-key") == b"private"
        if works == [NEW]:
            again.change_passphrase("n.alaoui", NEW, OLD, TEST_COST)


def test_a_new_passphrase_that_does_not_open_is_never_put_in_place(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = vault_file.encoded
    spoiled: list[bytes] = []

    def spoil(content: vault_file.VaultContent) -> bytes:
        slots = {
            login: vault_file.Slot(bytes(16), slot.cost, slot.wrapped, slot.sealed)
            for login, slot in content.slots.items()
        }
        spoiled.append(write(vault_file.VaultContent(content.identity, slots)))
        return spoiled[-1]

    monkeypatch.setattr(vault_file, "encoded", spoil)
    with pytest.raises(DeskError):
        vault.change_passphrase("n.alaoui", OLD, NEW, TEST_COST)
    monkeypatch.undo()

    assert spoiled
    Vault.open(vault.path).unlock("n.alaoui", OLD)
    vault.unlock("n.alaoui", OLD)


def _opens(vault: Vault, passphrase: str) -> bool:
    try:
        vault.unlock("n.alaoui", passphrase)
    except Locked:
        return False
    return True


def test_a_colleague_cannot_open_an_officers_own_secret(vault: Vault, master: bytes) -> None:
    vault.seal("n.alaoui", OLD, "signing-key", b"private")
    vault.add_officer(master, "y.benali", NEW, TEST_COST)

    with pytest.raises(Locked):
        vault.unseal("n.alaoui", NEW, "signing-key")
    with pytest.raises(NotFound) as refusal:
        vault.unseal("y.benali", NEW, "signing-key")
    assert refusal.value.code == "no-such-secret"


def test_a_secret_moved_to_another_slot_or_name_does_not_open(vault: Vault) -> None:
    vault.seal("n.alaoui", OLD, "signing-key", b"private")
    content = vault_file.read(vault.path)
    slot = content.slots["n.alaoui"]
    renamed = vault_file.Slot(
        slot.salt, slot.cost, slot.wrapped, {"other": slot.sealed["signing-key"]}
    )
    forged = Vault(vault.path, vault_file.VaultContent(content.identity, {"n.alaoui": renamed}))

    with pytest.raises(FileRefused) as refusal:
        forged.unseal("n.alaoui", OLD, "other")

    assert refusal.value.code == "secret-damaged"


def test_a_slot_with_other_parameters_or_login_does_not_open(vault: Vault) -> None:
    content = vault_file.read(vault.path)
    slot = content.slots["n.alaoui"]
    stolen = Vault(vault.path, vault_file.VaultContent(content.identity, {"y.benali": slot}))

    with pytest.raises(Locked):
        stolen.unlock("y.benali", OLD)


def test_a_forgotten_passphrase_is_replaced_with_the_recovery_key(
    vault: Vault, master: bytes
) -> None:
    vault.seal("n.alaoui", OLD, "signing-key", b"private")
    printed = vault.make_recovery_key(master, TEST_COST)

    recovered = vault.unlock_with_recovery(printed.lower().replace("-", " "))
    lost = vault.set_passphrase(recovered, "n.alaoui", NEW, TEST_COST)

    assert recovered == master
    assert lost == ("signing-key",)
    assert Vault.open(vault.path).unlock("n.alaoui", NEW) == master


def test_the_recovery_key_is_no_officer(vault: Vault, master: bytes) -> None:
    vault.make_recovery_key(master, TEST_COST)

    assert vault.logins == ("n.alaoui",)
    assert vault.unlock(None, OLD) == master


def test_a_new_recovery_key_ends_the_old_one(vault: Vault, master: bytes) -> None:
    first = vault.make_recovery_key(master, TEST_COST)
    second = vault.make_recovery_key(master, TEST_COST)

    assert vault.unlock_with_recovery(second) == master
    with pytest.raises(Locked):
        vault.unlock_with_recovery(first)


def test_without_a_recovery_key_the_refusal_says_so(vault: Vault) -> None:
    with pytest.raises(Locked) as refusal:
        vault.unlock_with_recovery("0000-0000")

    assert refusal.value.code == "no-recovery-key"


def test_the_file_tells_logins_and_nothing_else(vault: Vault, master: bytes) -> None:
    vault.seal("n.alaoui", OLD, "signing-key", b"a private key")

    content = vault.path.read_bytes()

    json.loads(content)
    assert b"n.alaoui" in content
    for secret in (OLD.encode(), master, master.hex().encode(), b"a private key"):
        assert secret not in content


def test_a_damaged_vault_is_read_from_its_copy_and_mended(vault: Vault, master: bytes) -> None:
    vault.path.write_bytes(vault.path.read_bytes()[:100])

    again = Vault.open(vault.path)
    again.mend()

    assert again.unlock("n.alaoui", OLD) == master
    assert vault_file.read(vault.path).slots


def test_a_vault_damaged_with_its_copy_is_refused_with_the_way_on(vault: Vault) -> None:
    for path in (vault.path, vault_file.copy_of(vault.path)):
        path.write_bytes(b"{}")

    with pytest.raises(FileRefused) as refusal:
        Vault.open(vault.path)

    assert refusal.value.code == "vault-damaged"
    assert "backup" in refusal.value.hint


def test_a_vault_of_a_newer_program_is_refused(vault: Vault) -> None:
    for path in (vault.path, vault_file.copy_of(vault.path)):
        newer = json.loads(path.read_bytes()) | {"format": 2, "something": "new"}
        path.write_text(json.dumps(newer))

    with pytest.raises(Locked) as refusal:
        Vault.open(vault.path)

    assert refusal.value.code == "newer-version"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_changed_byte_escapes_the_refusal_family(vault: Vault, data: st.DataObject) -> None:
    whole = vault.path.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:place] + data.draw(st.binary(min_size=1, max_size=3)) + whole[place + 1 :]
    target = vault.path.with_name("spoiled.json")
    target.write_bytes(changed)

    try:
        content = vault_file.read(target)
    except (FileRefused, Locked):
        return
    assert content == vault_file.read(vault.path)


@pytest.mark.parametrize(
    "cost",
    [
        Cost(100 << 20, 1, 1),
        Cost(1 << 20, 64, 1),
        Cost(64, 1_000_000, 1),
        Cost(64, 1, 200),
        Cost(0, 1, 1),
        Cost(64, 0, 1),
        Cost(8, 1, 2),
    ],
)
def test_a_hostile_file_cannot_order_absurd_work(vault: Vault, cost: Cost) -> None:
    content = vault_file.read(vault.path)
    slot = content.slots["n.alaoui"]
    hostile = vault_file.Slot(slot.salt, cost, slot.wrapped)
    target = vault.path.with_name("hostile.json")
    target.write_bytes(
        vault_file.encoded(vault_file.VaultContent(content.identity, {"n.alaoui": hostile}))
    )

    with pytest.raises(FileRefused):
        Vault.open(target)


def test_a_huge_vault_file_is_refused_unread(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(vault_file.MOST_BYTES + 1)

    with pytest.raises(FileRefused) as refusal:
        Vault.open(path)

    assert refusal.value.code == "file-too-large"


def test_calibration_spends_about_the_time_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]

    def stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
        now[0] += cost.memory_kib * cost.passes / (2 << 20)
        return bytes(32)

    monkeypatch.setattr(derivation, "stretched", stretch)

    cost = calibrate(0.5, clock=lambda: now[0])

    assert 0.3 <= cost.memory_kib * cost.passes / (2 << 20) <= 0.5
    assert cost.checked()


def test_a_slow_machine_never_gets_less_than_the_least_cost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [0.0]

    def stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
        now[0] += 9.0
        return bytes(32)

    monkeypatch.setattr(derivation, "stretched", stretch)

    assert calibrate(0.5, clock=lambda: now[0]) == LEAST_COST


def test_keys_of_two_purposes_have_nothing_in_common() -> None:
    master = bytes(32)

    assert derived(master, "blob content") != derived(master, "blob name")


def test_a_machine_without_the_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(**kwargs: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(derivation, "hash_secret_raw", exhausted)

    with pytest.raises(MachineFailed) as refusal:
        stretched(OLD, bytes(16), TEST_COST)

    assert refusal.value.code == "not-enough-memory"
