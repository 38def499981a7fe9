"""People: accounts, the persons a committee knows, their memberships and roles."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kit import strokes
from kit.tenancy import ScopedManager

from ..states import LeadershipPost, Role, Sex
from .bodies import Area, GroupSeat, Sector, Unit
from .committees import Term
from .tenancy import CommitteeOwned


class UserManager(BaseUserManager):
    """Makes accounts."""

    def create_user(self, username: str, password: str | None = None, **fields) -> "User":
        """Create an account; without a password nobody can sign in with it."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account: a name to sign in with, nothing else. Who somebody is says Person, what they may, RoleGrant."""

    username = models.CharField(_("account"), max_length=40, unique=True, validators=[UnicodeUsernameValidator()])
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    is_active = models.BooleanField(_("may sign in"), default=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.username


class PersonQuerySet(models.QuerySet):
    """People as lists ask for them."""

    def members(self) -> "PersonQuerySet":
        """Those who are members in the current term."""
        return self.filter(memberships__term__is_current=True, memberships__until_on__isnull=True)

    def with_access(self, *, role: str = "") -> "PersonQuerySet":
        """Those with an account or a role here; with a `role`, those who hold it."""
        grants = RoleGrant.objects.filter(person=OuterRef("pk"))
        if role:
            return self.filter(Exists(grants.filter(role=role)))
        return self.filter(Q(user__isnull=False) | Exists(grants))

    def with_account_columns(self) -> "PersonQuerySet":
        """What the list of accounts shows, and no more."""
        grants = RoleGrant.objects.select_related("unit").only("person", "role", "unit__name")
        shown = self.select_related("user").only("name", "sort_key", "user__username", "user__is_active")
        return shown.prefetch_related(models.Prefetch("grants", queryset=grants))

    def by_strokes(self) -> "PersonQuerySet":
        """In the order of surname strokes (以姓氏笔画为序)."""
        return self.order_by("sort_key", "pk")

    def visible_to(self, actor) -> "PersonQuerySet":
        """Everyone of the acting committee; units see no directory."""
        return self if actor.sees_directory else self.filter(pk=actor.person.pk)


class Person(CommitteeOwned):
    """Somebody the committee knows: a member, a unit's officer, a station head, an expert; maybe with an account."""

    name = models.CharField(_("name"), max_length=40)
    sort_key = models.CharField(_("stroke order key"), max_length=strokes.KEY_LENGTH, editable=False)
    has_fixed_key = models.BooleanField(_("key set by hand"), default=False, editable=False)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    ethnicity = models.CharField(_("ethnic group"), max_length=20, blank=True)
    party = models.CharField(_("political affiliation"), max_length=20, blank=True)
    workplace = models.CharField(_("employer"), max_length=80, blank=True)
    job_title = models.CharField(_("position"), max_length=60, blank=True)
    mobile = models.CharField(_("mobile"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    expertise = models.CharField(_("expertise"), max_length=100, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="persons",
        verbose_name=_("account"),
        editable=False,
    )

    objects = ScopedManager.from_queryset(PersonQuerySet)()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("sort_key", "pk")
        indexes = [models.Index(fields=["committee", "sort_key", "id"], name="person_by_strokes")]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "user"], condition=Q(user__isnull=False), name="one_person_per_account"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        """Keep the stroke-order key true to the name, unless somebody set it by hand."""
        if not self.has_fixed_key:
            self.sort_key = strokes.sort_key(self.name)
            if kwargs.get("update_fields") and "name" in kwargs["update_fields"]:
                kwargs["update_fields"] = {*kwargs["update_fields"], "sort_key"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("members:member_detail", args=[self.pk])

    @property
    def masked_mobile(self) -> str:
        """The number as lists show it: 138****1234."""
        return f"{self.mobile[:3]}****{self.mobile[-4:]}" if len(self.mobile) >= 8 else self.mobile


class MembershipQuerySet(models.QuerySet):
    """Memberships as lists ask for them."""

    def current(self) -> "MembershipQuerySet":
        """Those of the current term that have not ended early."""
        return self.filter(term__is_current=True, until_on__isnull=True)

    def by_strokes(self) -> "MembershipQuerySet":
        """In the order of surname strokes (以姓氏笔画为序).

        A person is of the same committee anyway; said aloud, the database walks along its index of sorted names
        instead of sorting everybody.
        """
        return self.filter(person__committee=models.F("committee")).order_by("person__sort_key", "person_id")

    def called(self, words: str) -> "MembershipQuerySet":
        """Whose name holds the words, or whose number begins with them."""
        bare = "".join(words.split())
        return self.filter(Q(person__name__icontains=bare) | Q(number__istartswith=bare))

    def serving(self, area) -> "MembershipQuerySet":
        """Who sits in a group that looks after the place or a place within it."""
        places = Q(served_by__isnull=False) & (Q(pk=area) | Q(parent=area) | Q(parent__parent=area))
        groups = Area.objects.filter(places).values("served_by")
        seats = GroupSeat.objects.filter(group__in=groups).values("membership")
        return self.filter(pk__in=seats)

    def with_list_columns(self) -> "MembershipQuerySet":
        """What the list of members shows, in one query."""
        return self.select_related("person", "sector").only(
            "number",
            "is_standing",
            "post",
            "person__name",
            "person__sort_key",
            "person__workplace",
            "person__job_title",
            "sector__name",
        )


class Membership(CommitteeOwned):
    """A person's membership of the committee in one term; mid-term changes keep from–to and the reason."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("person"))
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("term"))
    number = models.CharField(_("member number"), max_length=20)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("sector"))
    is_standing = models.BooleanField(_("standing committee member"), default=False)
    post = models.CharField(_("leadership post"), max_length=20, choices=LeadershipPost, blank=True)
    groups = models.ManyToManyField(
        "members.Group", through="members.GroupSeat", related_name="memberships", verbose_name=_("groups")
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason of change"), max_length=60, blank=True)

    objects = ScopedManager.from_queryset(MembershipQuerySet)()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["term", "number"], name="member_number_once"),
            models.UniqueConstraint(fields=["term", "person"], name="member_once_per_term"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.person}"


class RoleGrant(CommitteeOwned):
    """What a person with an account may be in this committee; an officer's grant names the unit."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=10, choices=Role)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="officers", verbose_name=_("unit")
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["person", "role"], condition=Q(unit__isnull=True), name="role_once"),
            models.UniqueConstraint(
                fields=["person", "unit"], condition=Q(unit__isnull=False), name="officer_once_per_unit"
            ),
            models.CheckConstraint(
                condition=Q(role=Role.OFFICER, unit__isnull=False) | ~Q(role=Role.OFFICER) & Q(unit__isnull=True),
                name="officer_has_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()}"
