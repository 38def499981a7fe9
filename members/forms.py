"""Forms of the people's floor."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from django.utils.translation import gettext_lazy as _

from kit.forms import PortalForm, PortalModelForm

from .calendars import missing_from
from .imports.sheets import phone
from .models import CalendarDay, Committee, Group, Person, Sector, Unit, User
from .states import GroupKind, LeadershipPost, Role, SeatRole, Sex

FIRST_YEAR, LAST_YEAR = 2000, 2100  # the portal's time
YEARS = {"first": FIRST_YEAR, "last": LAST_YEAR}


class DateInput(forms.DateInput):
    """A date picked from the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class PhoneField(forms.CharField):
    """A telephone number, as files bring it and people type it."""

    def clean(self, value):
        """Refuse what is no telephone number."""
        value = super().clean(value)
        try:
            return phone(value) if value else ""
        except ValueError as reason:
            raise ValidationError(str(reason)) from None


class CommitteeForm(PortalModelForm):
    """The names and quiet hours of the committee itself; its code and level stay as they were founded."""

    class Meta:
        model = Committee
        fields = ("name", "short_name", "quiet_from", "quiet_until")
        widgets = {name: forms.TimeInput({"type": "time"}, format="%H:%M") for name in ("quiet_from", "quiet_until")}
        help_texts = {
            "quiet_from": _("In quiet hours nothing is sent outside the portal; it waits for the morning."),
        }


class RegisterForm(PortalModelForm):
    """Edits an entry of a register; what it may point at is asked for when the form is shown."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = field.queryset.model._default_manager.all()
        if "parent" in self.fields and self.instance.pk:
            self.fields["parent"].queryset = self.fields["parent"].queryset.exclude(pk=self.instance.pk)
        if "served_by" in self.fields:
            self.fields["served_by"].queryset = Group.objects.filter(kind=GroupKind.DUTY_GROUP)

    def clean_parent(self):
        """Refuse a place or group that lies below this one."""
        parent = upper = self.cleaned_data["parent"]
        while upper is not None and self.instance.pk:
            if upper.pk == self.instance.pk:
                raise ValidationError(_("This lies below the entry itself."))
            upper = upper.parent
        return parent


class CalendarDayForm(PortalForm):
    """A day the committee counts otherwise than the national calendar, and after which decree."""

    day = forms.DateField(label=_("Day"), widget=DateInput)
    is_workday = forms.BooleanField(label=_("Working day"), required=False)
    label = forms.CharField(label=_("Reason"), max_length=60)
    source = forms.CharField(
        label=_("Notice or decree"), max_length=200, required=False, help_text=_("What the day follows from.")
    )

    def __init__(self, *args, entry=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.entry = entry

    def clean_day(self):
        """Refuse a day out of the portal's time, and a second entry of one day."""
        day = self.cleaned_data["day"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(_("The year must lie between %(first)d and %(last)d.") % YEARS)
        others = CalendarDay.objects.filter(day=day)
        if self.entry:
            others = others.exclude(pk=self.entry.pk)
        if others.exists():
            raise ValidationError(_("This day is entered already."))
        return day


class CompleteYearForm(PortalForm):
    """Says that the days of a year have all been entered, after which notice."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    source = forms.CharField(label=_("Notice or decree"), max_length=200)

    def clean_year(self):
        """Refuse a year whose own holidays are not all entered."""
        year = self.cleaned_data["year"]
        off = CalendarDay.objects.filter(day__year=year, is_workday=False).values_list("day", flat=True)
        if missing := missing_from(year, off):
            days = "、".join(f"{on:%Y-%m-%d}" for on in missing)
            raise ValidationError(_("Not entered as days off yet: %(days)s") % {"days": days})
        return year


def register_form(model, fields):
    """Return the form class of a register; built while its committee's scope is open."""
    own = {"phone": PhoneField} if "phone" in fields else {}
    widgets = {name: DateInput for name in fields if name.endswith("_on") or name == "day"}
    made = modelform_factory(model, form=RegisterForm, fields=fields, field_classes=own, widgets=widgets)
    if "phone" in fields:
        made.base_fields["phone"].label = model._meta.get_field("phone").verbose_name
    return made


class MemberForm(PortalForm):
    """A member: three things must be said, the rest may follow."""

    name = forms.CharField(label=_("Name"), max_length=40)
    number = forms.CharField(label=_("Member number"), max_length=20)
    sector = forms.ModelChoiceField(label=_("Sector"), queryset=None)
    post = forms.ChoiceField(label=_("Leadership post"), choices=[("", "—"), *LeadershipPost.choices], required=False)
    is_standing = forms.BooleanField(label=_("Member of the standing committee"), required=False)
    from_on = forms.DateField(label=_("Member since"), widget=DateInput)
    until_on = forms.DateField(
        label=_("Member until"), widget=DateInput, required=False, help_text=_("Only when somebody leaves early.")
    )
    reason = forms.CharField(label=_("Reason of the change"), max_length=60, required=False)
    groups = forms.ModelMultipleChoiceField(
        label=_("Groups"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", "—"), *Sex.choices], required=False)
    ethnicity = forms.CharField(label=_("Ethnic group"), max_length=20, required=False)
    birth_year = forms.IntegerField(label=_("Year of birth"), min_value=1900, max_value=2020, required=False)
    party = forms.CharField(label=_("Political affiliation"), max_length=20, required=False)
    workplace = forms.CharField(label=_("Employer"), max_length=80, required=False)
    job_title = forms.CharField(label=_("Position"), max_length=60, required=False)
    mobile = PhoneField(label=_("Mobile"), max_length=20, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    expertise = forms.CharField(label=_("Expertise"), max_length=100, required=False)

    PERSON = (
        "name",
        "sex",
        "ethnicity",
        "birth_year",
        "party",
        "workplace",
        "job_title",
        "mobile",
        "email",
        "expertise",
    )
    MEMBERSHIP = ("number", "sector", "post", "is_standing", "from_on", "until_on", "reason")

    def __init__(self, *args, term, enrolled=None, **kwargs):
        if enrolled is not None:
            kwargs["initial"] = {
                **{name: getattr(enrolled.person, name) for name in self.PERSON},
                **{name: getattr(enrolled, name) for name in self.MEMBERSHIP},
                "groups": list(enrolled.seats.values_list("group_id", flat=True)),
            }
        super().__init__(*args, **kwargs)
        self.term, self.enrolled = term, enrolled
        self.fields["sector"].queryset = Sector.objects.all()
        self.fields["groups"].queryset = Group.objects.filter(is_active=True)
        self.group_kinds = self._group_kinds()

    def _group_kinds(self):
        """The boxes of the groups by kind: (kind, number ticked, [(value, name, ticked)]), in one query."""
        ticked = {str(getattr(value, "pk", value)) for value in self["groups"].value() or ()}
        kinds = {kind: [] for kind in GroupKind}
        for pk, kind, name in self.fields["groups"].queryset.order_by("pk").values_list("pk", "kind", "name"):
            kinds[GroupKind(kind)].append((pk, name, str(pk) in ticked))
        return [(kind.label, sum(box[2] for box in boxes), boxes) for kind, boxes in kinds.items() if boxes]

    def clean_number(self):
        """Refuse a number somebody else has in this term."""
        number = self.cleaned_data["number"]
        others = self.term.memberships.filter(number=number)
        if self.enrolled:
            others = others.exclude(pk=self.enrolled.pk)
        if others.exists():
            raise ValidationError(_("Another member has this number."))
        return number

    def clean(self):
        """Refuse leaving before joining."""
        values = super().clean()
        start, end = values.get("from_on"), values.get("until_on")
        if start and end and end < start:
            self.add_error("until_on", _("This is before the first day."))
        return values

    @property
    def parts(self):
        """What the actions take: words about the person, words about the membership, groups."""
        values = self.cleaned_data
        return {
            "person": {name: values[name] for name in self.PERSON},
            "membership": {name: values[name] for name in self.MEMBERSHIP},
            "groups": values["groups"],
        }


class MemberFilter(forms.Form):
    """What the list of members is narrowed by; choices are (value, name) pairs."""

    q = forms.CharField(label=_("Name or number"), max_length=40, required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)
    standing = forms.ChoiceField(
        label=_("Post"), required=False, choices=[("", _("All")), ("1", _("Standing committee"))]
    )

    def __init__(self, *args, sectors, areas, groups, **kwargs):
        super().__init__(*args, **kwargs)
        for name, choices in (("sector", sectors), ("area", areas), ("group", groups)):
            self.fields[name].choices = [("", _("All")), *choices]
        for name in ("sector", "area", "group", "standing"):
            self.fields[name].widget.attrs["class"] = "form-select"
        self.fields["q"].widget = forms.TextInput({"class": "form-control", "type": "search"})


class SearchFilter(forms.Form):
    """What a register is narrowed by: words, and its kind where it has kinds."""

    q = forms.CharField(label=_("Search"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args, kinds=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget = forms.TextInput({"class": "form-control", "type": "search"})
        if kinds:
            self.fields["kind"].choices = [("", _("All")), *kinds]
            self.fields["kind"].widget.attrs["class"] = "form-select"
        else:
            del self.fields["kind"]


class SeatForm(PortalForm):
    """Gives a member a seat in a group."""

    membership = forms.ModelChoiceField(label=_("Member"), queryset=None)
    role = forms.ChoiceField(label=_("Role"), choices=SeatRole, initial=SeatRole.MEMBER)

    def __init__(self, *args, memberships, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["membership"].queryset = memberships


class AccountForm(PortalForm):
    """Opens an account: for somebody known, or for a new person when a name is given."""

    name = forms.CharField(label=_("Name"), max_length=40)
    username = forms.CharField(
        label=_("Account name"),
        max_length=40,
        validators=User._meta.get_field("username").validators,
        help_text=_("Letters, digits and @ . + - _ only."),
    )
    email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("Notices are sent there too."))
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=Role, widget=forms.CheckboxSelectMultiple)
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=None, required=False, help_text=_("For unit officers: the unit they answer for.")
    )

    def __init__(self, *args, person=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        if person is not None:
            del self.fields["name"]
        self.fields["unit"].queryset = Unit.objects.filter(is_active=True)

    def clean_username(self):
        """Refuse a name that is taken, in whatever committee."""
        username = User.normalize_username(self.cleaned_data["username"])
        if User.objects.filter(username=username).exists():
            raise ValidationError(_("This account name is taken."))
        return username

    def clean(self):
        """An officer has a unit; a member's role is for members."""
        values = super().clean()
        check_role(self, values.get("roles", ()), values.get("unit"), self.person)
        return values


class GrantForm(PortalForm):
    """Grants one more role."""

    role = forms.ChoiceField(label=_("Role"), choices=Role)
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=None, required=False, help_text=_("For unit officers only.")
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["unit"].queryset = Unit.objects.filter(is_active=True)

    def clean(self):
        """An officer has a unit; a member's role is for members."""
        values = super().clean()
        check_role(self, [values.get("role")], values.get("unit"), self.person)
        return values


def check_role(form, roles, unit, person):
    """Add the errors of roles that somebody cannot have."""
    if Role.OFFICER in roles and unit is None:
        form.add_error("unit", _("An officer needs a unit."))
    if Role.MEMBER in roles and (person is None or not Person.objects.members().filter(pk=person.pk).exists()):
        form.add_error(
            "roles" if "roles" in form.fields else "role", _("Only somebody on the list of members can be a member.")
        )


class AccountChangeForm(PortalForm):
    """Changes an account's address, or closes and opens it."""

    email = forms.EmailField(label=_("E-mail"), required=False)
    is_active = forms.BooleanField(label=_("May sign in"), required=False)


class KeyForm(PortalForm):
    """Nothing but the key that makes a second press harmless."""
