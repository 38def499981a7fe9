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


class NoticeKind(TextChoices):
    """What a notice is about; whoever wants less than everything chooses by this."""

    MEETING = "meeting", _("Consultation sessions")
    DUTY = "duty", _("Duty days")
    WORK = "work", _("Things handed over, matters and proposals")
    REMINDER = "reminder", _("Small reminders")
    DIGEST = "digest", _("Digest of the morning")
    ALERT = "alert", _("Warnings about the portal and one's account")
    PASS = "pass", _("Ways in without an account")


# Nobody can turn these off outside the portal. Source: domain, reminders: a member turns off all but meeting notices.
REQUIRED_KINDS = frozenset({NoticeKind.MEETING, NoticeKind.PASS})
# Never sent one by one: the digest of the morning tells them. Source: domain, 防止指尖上的形式主义.
LOW_KINDS = frozenset({NoticeKind.REMINDER})


class NoticeChannel(TextChoices):
    """The ways out of the portal; inside it the notice itself is the message."""

    EMAIL = "email", _("Mail")
    SMS = "sms", _("SMS")
    WECOM = "wecom", _("WeCom")
    DINGTALK = "dingtalk", _("DingTalk")
    FEISHU = "feishu", _("Feishu")


CHATS = frozenset({NoticeChannel.WECOM, NoticeChannel.DINGTALK, NoticeChannel.FEISHU})


class DeliveryState(TextChoices):
    """How far one message on one channel has come."""

    PENDING = "pending", _("Waiting")
    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Sent")
    DEAD = "dead", _("Not sent")
    DROPPED = "dropped", _("No longer needed")


WAITING = (DeliveryState.PENDING, DeliveryState.CLAIMED)
DELIVERY_MOVES = {
    # A claim that was never finished ends with its lease, and the row is claimed anew.
    "claim": move(WAITING, DeliveryState.CLAIMED, _("Claim")),
    "send": move([DeliveryState.CLAIMED], DeliveryState.SENT, _("Send")),
    "put_off": move([DeliveryState.CLAIMED], DeliveryState.PENDING, _("Put off")),
    "give_up": move([DeliveryState.CLAIMED], DeliveryState.DEAD, _("Give up")),
    "drop": move(WAITING, DeliveryState.DROPPED, _("Drop")),
    "send_again": move([DeliveryState.DEAD], DeliveryState.PENDING, _("Send again")),
}

IMPORT_MOVES = {"commit": move([ImportState.CHECKED], ImportState.COMMITTED, _("Import all"))}
