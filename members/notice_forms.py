"""Forms about notices: what one wants, where a committee's messages go out, what the outbox is narrowed by."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kit.forms import PortalForm

from .gateways import check_address
from .models import Gateway
from .states import LOW_KINDS, REQUIRED_KINDS, DeliveryState, NoticeChannel, NoticeKind

OPTIONAL_KINDS = [(kind.value, kind.label) for kind in NoticeKind if kind not in REQUIRED_KINDS | LOW_KINDS]


class ChoiceForm(PortalForm):
    """What a person wants outside the portal; `channels` are those the committee has."""

    channels = forms.MultipleChoiceField(
        label=_("Send me notices by"), widget=forms.CheckboxSelectMultiple, required=False
    )
    wanted = forms.MultipleChoiceField(
        label=_("Send me"),
        choices=OPTIONAL_KINDS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "Invitations to consultation sessions and their reminders are always sent; without a channel, by e-mail."
        ),
    )

    def __init__(self, *args, channels, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["channels"].choices = [(name, NoticeChannel(name).label) for name in channels]

    @property
    def unwanted(self) -> list[str]:
        """The kinds that were not ticked."""
        return [kind for kind, _label in OPTIONAL_KINDS if kind not in self.cleaned_data["wanted"]]


class GatewayForm(PortalForm):
    """Names the address of a robot or an SMS service; an address that is kept is never shown again."""

    channel = forms.ChoiceField(label=_("Channel"))
    address = forms.CharField(
        label=_("Address"),
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "For example wecombot://KEY, dingtalk://SECRET@TOKEN, feishu://TOKEN, or for SMS an address with {mobile} "
            "where the number goes. Once saved it is not shown again."
        ),
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args, gateway=None, taken=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.gateway = gateway
        if gateway is not None:
            del self.fields["channel"]
            self.fields["address"].required = False
            self.fields["address"].label = _("New address")
            self.fields["is_active"].initial = gateway.is_active
        else:
            choices = Gateway._meta.get_field("channel").choices
            self.fields["channel"].choices = [choice for choice in choices if choice[0] not in taken]

    def clean(self):
        """Refuse an address the portal must not speak to."""
        values = super().clean()
        channel = self.gateway.channel if self.gateway else values.get("channel")
        if channel and values.get("address"):
            try:
                check_address(channel, values["address"])
            except ValueError as reason:
                self.add_error("address", ValidationError(str(reason)))
        return values


class OutboxFilter(forms.Form):
    """What the outbox is narrowed by."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("All")), *DeliveryState.choices], required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=[("", _("All")), *NoticeChannel.choices], required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    @property
    def wishes(self) -> dict[str, str]:
        """The wishes that are none of nonsense."""
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}
