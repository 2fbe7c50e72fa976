"""A community that is founded through the pages of its flow."""

from typing import Final

from tests.e2e.running import RunningDemo

NAME: Final = "Sunny Street"
CONSENT: Final = {"sharing": True, "planning": True, "small_outlook": True}
MQTT: Final = {"set_client_cert": False, "set_ca_cert": "off"}
RULES: Final = {"minutes": "5"}
"""The shortest slot there is."""


def connect(home: RunningDemo, port: int) -> None:
    """Set up Home Assistant's MQTT integration with a broker of this machine."""
    connection = {"broker": "127.0.0.1", "port": port, "other_settings": MQTT}
    end, _ = home.walk("flow", "mqtt", {"broker": connection})
    assert end["type"] == "create_entry"


def found(home: RunningDemo) -> None:
    """Begin a community of an advisory kind, whose slots may be short."""
    end, _ = home.walk(
        "flow",
        "shems",
        {
            "user": {"next_step_id": "community"},
            "community": {"next_step_id": "community_create"},
            "community_create": {"name": NAME, "country": "other"},
            "community_rules": RULES,
            "community_consent": CONSENT,
        },
    )
    assert end["type"] == "create_entry"
