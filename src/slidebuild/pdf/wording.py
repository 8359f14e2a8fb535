"""The few words of our own that a PDF may show, in the deck's language."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from slidebuild.records import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said about a slide that moves."""

    moves: str
    """Heading."""
    watch: str
    """Before the address."""
    offline: str
    """Where there is no address."""
    code: str
    """What the QR code is."""


WORDINGS: Final[Mapping[str, Wording]] = MappingProxyType(
    {
        "en": Wording(
            "This slide moves", "Watch it online:", "Watch it in the online slides.", "QR code of the address"
        ),
        "fr": Wording(
            "Cette diapositive est animée",
            "À voir en ligne :",
            "À voir dans la version en ligne.",
            "Code QR de l’adresse",
        ),
        "de": Wording(
            "Diese Folie ist animiert", "Online ansehen:", "Zu sehen in der Online-Fassung.", "QR-Code der Adresse"
        ),
        "es": Wording(
            "Esta diapositiva está animada",
            "Véala en línea:",
            "Véala en la versión en línea.",
            "Código QR de la dirección",
        ),
        "it": Wording(
            "Questa diapositiva è animata",
            "Guardala online:",
            "Guardala nella versione online.",
            "Codice QR dell’indirizzo",
        ),
        "pt": Wording("Este diapositivo é animado", "Veja online:", "Veja na versão online.", "Código QR do endereço"),
        "nl": Wording("Deze dia beweegt", "Bekijk hem online:", "Te zien in de onlineversie.", "QR-code van het adres"),
    }
)


def wording(lang: str) -> Wording:
    """The words in a language (`fr`, `fr-CA`, `pt_BR`); English where there are none."""
    primary = lang.replace("_", "-").partition("-")[0].lower()
    return WORDINGS.get(primary, WORDINGS["en"])
