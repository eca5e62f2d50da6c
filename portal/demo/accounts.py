"""Accounts of the demo county: one for every role, all with one printed password."""

from dataclasses import dataclass

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Group, User

from portal.departments.models import Department

DEMO_PASSWORD = "yangguang-demo-2026"  # noqa: S105 - printed on purpose; `guard` keeps it out of production


@dataclass(frozen=True)
class Account:
    """One demo account: its name, the group of its role, and the departments it works for (slugs)."""

    username: str
    role_label: str
    full_name: str
    departments: tuple[str, ...] = ()


ACCOUNTS = (
    Account("bianji", "编辑", "民政局编辑", ("minzheng",)),
    Account("shenhe", "审核", "民政局审核", ("minzheng",)),
    Account("qianfa", "签发", "民政局签发", ("minzheng",)),
    Account("ducha", "督查室", "县政府督查室"),
    Account("yunwei", "系统管理", "网站运维"),
    Account("gongkai", "政务公开办", "政务公开办公室", ("zhengfuban",)),
)


def ensure_accounts() -> int:
    """Make the accounts that are missing, with their groups; returns how many were made, never touches existing ones."""
    missing = [account for account in ACCOUNTS if not User.objects.filter(username=account.username).exists()]
    # One hash for all: they share the printed password anyway, and each hash costs half a second.
    password = make_password(DEMO_PASSWORD) if missing else ""
    for account in missing:
        user = User.objects.create(username=account.username, email=f"{account.username}@yangguang.example", password=password, first_name=account.full_name)
        user.groups.add(Group.objects.get_or_create(name=account.role_label)[0])
        user.groups.add(*Group.objects.filter(department__in=Department.objects.filter(slug__in=account.departments)))
    return len(missing)


def demo_accounts_exist() -> bool:
    """Whether any account of the demo county is in the database."""
    return User.objects.filter(username__in=[account.username for account in ACCOUNTS]).exists()


def uses_demo_password() -> list[str]:
    """Demo accounts that are active and still have the printed password; only those, since each check takes a tenth of a second."""
    users = User.objects.filter(is_active=True, username__in=[account.username for account in ACCOUNTS])
    return [user.username for user in users.only("username", "password") if check_password(DEMO_PASSWORD, user.password)]
