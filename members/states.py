"""When and what kind: the enumerations of the people's floor."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kit.workflow import move


class Level(TextChoices):
    """The four levels of CPPCC committees; a higher one guides, it does not command."""

    NATIONAL = "national", _("National")
    PROVINCIAL = "provincial", _("Provincial")
    PREFECTURAL = "prefectural", _("Prefectural")
    COUNTY = "county", _("County")


class Role(TextChoices):
    """What an account may be in one committee; rights add up within that committee only."""

    CLERK = "clerk", _("Committee office")
    LEADER = "leader", _("Committee leader")
    MEMBER = "member", _("Member")
    KEEPER = "keeper", _("Station keeper")
    OFFICER = "officer", _("Unit officer")


class Sex(TextChoices):
    """As published lists mark it."""

    MALE = "male", _("Male")
    FEMALE = "female", _("Female")


class LeadershipPost(TextChoices):
    """Leadership posts of a committee (政协职务)."""

    CHAIR = "chair", _("Chair")
    VICE_CHAIR = "vice_chair", _("Vice-chair")
    SECRETARY_GENERAL = "secretary_general", _("Secretary-general")


class GroupKind(TextChoices):
    """The kinds of groups a member may sit in, several at once."""

    SPECIAL_COMMITTEE = "special_committee", _("Special committee")
    WORKING_GROUP = "working_group", _("Working group")
    DUTY_GROUP = "duty_group", _("Duty group")
    SECTOR_GROUP = "sector_group", _("Sector group")
    BRANCH = "branch", _("Functional party branch")


class SeatRole(TextChoices):
    """What a member is in a group."""

    CONVENER = "convener", _("Convener")
    MEMBER = "member", _("Group member")


class AreaKind(TextChoices):
    """Places of the county, from town to community."""

    TOWN = "town", _("Town")
    SUBDISTRICT = "subdistrict", _("Sub-district")
    VILLAGE = "village", _("Village")
    COMMUNITY = "community", _("Community")


class UnitKind(TextChoices):
    """Kinds of handling units (承办单位)."""

    DEPARTMENT = "department", _("Government department")
    TOWNSHIP = "township", _("Town or sub-district")
    MASS_BODY = "mass_body", _("Mass organisation")
    STATE_FIRM = "state_firm", _("State-owned firm")


class ImportState(TextChoices):
    """An uploaded file: looked through first, then taken over whole or not at all."""

    CHECKED = "checked", _("Checked")
    COMMITTED = "committed", _("Imported")


IMPORT_MOVES = {"commit": move([ImportState.CHECKED], ImportState.COMMITTED, _("Import all"))}
