"""The command create_user: the way to the first administrator, and to everybody else."""

import io
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.utils import timezone

from ocop.organisation.management.commands import create_user
from ocop.organisation.models import Membership, User
from ocop.organisation.scope import scope_of

pytestmark = pytest.mark.django_db
GOOD = "Lua-vang-84"


def run(*words: str) -> tuple[int, str, str]:
    """(exit status, standard output, what goes to standard error)."""
    out = io.StringIO()
    try:
        call_command("create_user", *words, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue(), str(error)
    return 0, out.getvalue(), ""


@pytest.fixture
def piped(monkeypatch: Any) -> Any:
    def pipe(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    pipe(f"{GOOD}\n")
    return pipe


@pytest.fixture
def typed(monkeypatch: Any) -> Any:
    """typed(a, b, …): what a person at a terminal types, one entry after the other."""
    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", terminal)

    def at_the_terminal(*entries: Any) -> list[Any]:
        left = list(entries)

        def ask(prompt: str) -> str:
            entry = left.pop(0)
            if isinstance(entry, type):
                raise entry
            return str(entry)

        monkeypatch.setattr(create_user, "getpass", ask)
        return left

    return at_the_terminal


def nobody_was_created(before: tuple[int, int]) -> bool:
    return before == (User.objects.count(), Membership.objects.count())


def counts() -> tuple[int, int]:
    return User.objects.count(), Membership.objects.count()


# --- What is created ------------------------------------------------------------------------------


def test_the_first_administrator_comes_out_of_reference_data_alone(piped: Any) -> None:
    User.objects.all().delete()
    status, out, err = run(
        "truong-phong",
        "--role",
        "administrator",
        "--display-name",
        "Nguyễn Văn A",
        "--email",
        "a@b.vn",
    )
    assert (status, err) == (0, "")
    assert "truong-phong" in out
    user = authenticate(username="truong-phong", password=GOOD)
    assert user is not None
    assert (str(user), user.email, user.is_superuser) == ("Nguyễn Văn A", "a@b.vn", False)
    today = timezone.localdate()
    scope = scope_of(user, today)
    assert (scope.everything, scope.roles) == (True, {"administrator"})
    assert not scope_of(user, date(2025, 6, 30)).everything


def test_every_role_gets_its_membership(piped: Any) -> None:
    cases: dict[str, tuple[list[str], tuple[str, str | None, str | None, list[str]]]] = {
        "member": (["committee"], ("committee", None, "ban-chi-dao", [])),
        "reader": (["province"], ("province", None, None, [])),
        "officer": (
            ["province", "--agency", "so-khcn", "--fields", "traceability, ip_science"],
            ("province", None, "so-khcn", ["ip_science", "traceability"]),
        ),
        "local": (["local", "--unit", "844"], ("local", "844", "ubnd-844", [])),
        "local2": (
            ["local", "--unit", "842", "--agency", "ubnd-842"],
            ("local", "842", "ubnd-842", []),
        ),
        "admin": (["administrator", "--agency", "so-ct"], ("administrator", None, "so-ct", [])),
    }
    wrong = []
    for name, (words, wanted) in cases.items():
        piped(f"{GOOD}\n")
        status, _out, err = run(name, "--role", *words)
        held = [
            (m.role, m.unit and m.unit.code, m.agency and m.agency.code, m.fields)
            for m in Membership.objects.filter(user__username=name)
        ]
        if status or held != [wanted]:
            wrong.append((name, status, err, held))
    assert wrong == []


def test_a_provincial_officer_without_fields_is_said_to_read_only(piped: Any) -> None:
    assert "--fields" in run("reader", "--role", "province")[1]


def test_one_line_is_read_with_its_spaces_and_without_its_end(piped: Any) -> None:
    piped(" mật khẩu dài \r\nnext line\n")
    assert run("dung", "--role", "committee")[0] == 0
    assert User.objects.get(username="dung").check_password(" mật khẩu dài ")


# --- What is refused ------------------------------------------------------------------------------


def test_arguments_that_mean_nothing_are_named_with_what_is_allowed(piped: Any) -> None:
    cases: dict[tuple[str, ...], list[str]] = {
        ("a", "--role", "boss"): ["boss", "committee, province, local, administrator"],
        ("a", "--role", "local"): ["--unit"],
        ("a", "--role", "local", "--unit", "999"): ["999", "842, 844, 845"],
        ("a", "--role", "local", "--unit", "84"): ["84", "842, 844"],
        ("a", "--role", "committee", "--unit", "844"): ["--unit"],
        ("a", "--role", "committee", "--agency", "so-x"): ["so-x", "ban-chi-dao", "ubnd-851"],
        ("a", "--role", "local", "--unit", "844", "--agency", "ubnd-848"): ["ubnd-848"],
        ("a", "--role", "local", "--unit", "844", "--agency", "so-ct"): ["so-ct"],
        ("a", "--role", "committee", "--fields", "ip_science"): ["--fields"],
        ("a", "--role", "province", "--fields", "ip_science,money"): [
            "money",
            "recognition, ip_science, traceability, ecommerce",
        ],
        ("a", "--role", "province", "--fields", " , "): ["recognition"],
        ("hai từ", "--role", "committee"): ["NAME"],
        ("", "--role", "committee"): ["NAME"],
        ("a" * 151, "--role", "committee"): ["NAME", "150"],
        ("a\nb", "--role", "committee"): ["NAME"],
        ("a", "--role", "committee", "--email", "nowhere"): ["--email"],
        ("a", "--role", "committee", "--display-name", "x" * 151): ["--display-name"],
        ("a", "--role", "committee", "--display-name", "x\x1b[2J"): ["--display-name"],
        ("a",): ["--role"],
    }
    before, wrong = counts(), []
    for words, named in cases.items():
        piped(f"{GOOD}\n")
        status, out, err = run(*words)
        if status != (2 if "--role" in words else 1) or out or not all(w in err for w in named):
            wrong.append((words, status, out, err))
    assert wrong == []
    assert nobody_was_created(before)


def test_the_unit_of_a_local_officer_is_that_of_the_code_today(piped: Any) -> None:
    # 29242 was Phường 3 of the town and is Phường Trà Vinh, which took over what Phường 2 was.
    piped(f"{GOOD}\n")
    status, out, err = run("xa", "--role", "local", "--unit", "29242")
    assert (status, "Phường Trà Vinh" in out) == (0, True), err
    unit = Membership.objects.get(user__username="xa").unit
    assert unit is not None and (unit.name, unit.valid_to) == ("Phường Trà Vinh", None)
    before = counts()
    wrong = []
    for code in ("29245", "84", "86", "99999", ""):
        status, _out, err = run("xa2", "--role", "local", "--unit", code)
        if status != 2 or "844" not in err:
            wrong.append((code, status, err))
    assert wrong == []
    assert nobody_was_created(before)


def test_a_name_that_is_taken_is_refused_in_any_case_of_letters(piped: Any) -> None:
    before = counts()
    for name in ("bancd", "BanCD"):
        status, _out, err = run(name, "--role", "committee")
        assert (status, name in err) == (1, True), err
    assert nobody_was_created(before)


def test_a_name_taken_while_the_password_was_typed_leaves_nothing(
    piped: Any, monkeypatch: Any
) -> None:
    before = counts()

    def raced(*_args: Any, **_options: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr(User, "save", raced)
    assert run("moi", "--role", "committee")[0] == 1
    assert nobody_was_created(before)


def test_account_and_membership_are_written_both_or_none(piped: Any, monkeypatch: Any) -> None:
    before = counts()

    def broken(*_args: Any, **_options: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr(Membership, "save", broken)
    assert run("moi", "--role", "committee")[0] != 0
    assert nobody_was_created(before)


def test_a_password_of_no_use_is_refused_with_every_reason(piped: Any) -> None:
    before, wrong = counts(), []
    cases = {
        "12345678\n": ["ngắn", "phổ biến", "toàn là số"],
        "can-bo-844x\n": ["giống"],
        "": ["Chưa nhập"],
        "\n": ["Chưa nhập"],
        "Lua\0vang-84-tot\n": ["ký tự"],
        "\ufeffLua-vang-84-tot\n": ["ký tự"],
        "x" * 5000 + "\n": ["quá dài"],
    }
    for text, named in cases.items():
        piped(text)
        status, _out, err = run("can-bo-844", "--role", "committee")
        if (
            status != 1
            or not all(word in err for word in named)
            or (text.strip() and text.strip() in err)
        ):
            wrong.append((text[:20], status, err))
    assert wrong == []
    assert nobody_was_created(before)


# --- At a terminal --------------------------------------------------------------------------------


def test_at_a_terminal_the_password_is_typed_twice(typed: Any) -> None:
    left = typed(GOOD, GOOD)
    assert run("moi", "--role", "committee")[0] == 0
    assert left == []
    assert User.objects.get(username="moi").check_password(GOOD)


def test_passwords_that_differ_or_are_weak_are_asked_for_again(typed: Any) -> None:
    typed(GOOD, "khac", "123", "123", GOOD, GOOD)
    assert run("moi", "--role", "committee")[0] == 0


def test_after_three_attempts_it_ends(typed: Any) -> None:
    before = counts()
    left = typed(*[GOOD, "khac"] * 5)
    status, _out, err = run("moi", "--role", "committee")
    assert (status, len(left)) == (1, 4)
    assert "không giống nhau" in err
    assert nobody_was_created(before)


def test_giving_up_at_the_prompt_leaves_nothing_and_no_traceback(typed: Any) -> None:
    before = counts()
    for way in (KeyboardInterrupt, EOFError):
        typed(GOOD, way)
        assert run("moi", "--role", "committee")[0] == 1
    assert nobody_was_created(before)
