"""An authority of the community's own, and a certificate of its broker, as Python checks them."""

import datetime as dt
import ipaddress
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

_AUTHORITY_DAYS: Final = 3650
_SERVER_DAYS: Final = 800
"""Some systems refuse certificates of servers that hold for more than 825 days."""
_PRIVATE: Final = 0o600
_USAGES: Final = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
    *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)


def make_certificates(folder: Path, names: Sequence[str], now: dt.datetime) -> None:
    """Write a new server.crt, and unless they are there server.key, ca.crt and ca.key.

    Mosquitto 2.0 ends when it is told to read a certificate again and finds another key.

    Args:
        folder: where to.
        names: of the broker, as clients call it: host names or addresses.
        now: they hold from a day before on.
    """
    key = _key(folder / "ca.key")
    if not (folder / "ca.crt").exists():
        _write_authority(folder, key, now)
    issuer = x509.load_pem_x509_certificate((folder / "ca.crt").read_bytes())
    server = _key(folder / "server.key")
    # Python 3.13 and newer, and so Home Assistant, ask for the identifiers of keys.
    made = (
        _certificate(issuer.subject, _named(names[0]), server.public_key(), now, _SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(map(_name, names)), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    (folder / "server.crt").write_bytes(made.public_bytes(serialization.Encoding.PEM))


def _write_authority(folder: Path, key: ec.EllipticCurvePrivateKey, now: dt.datetime) -> None:
    name = _named("Community")
    usages = dict.fromkeys(_USAGES, False) | {"key_cert_sign": True, "crl_sign": True}
    made = (
        _certificate(name, name, key.public_key(), now, _AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.KeyUsage(**usages), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "ca.crt").write_bytes(made.public_bytes(serialization.Encoding.PEM))


def _certificate(
    issuer: x509.Name,
    subject: x509.Name,
    public: ec.EllipticCurvePublicKey,
    now: dt.datetime,
    days: int,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


def _name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _key(path: Path) -> ec.EllipticCurvePrivateKey:
    """Return the key of a file, which is made if there is none."""
    if path.exists():
        known = serialization.load_pem_private_key(path.read_bytes(), password=None)
        if isinstance(known, ec.EllipticCurvePrivateKey):
            return known
        raise ValueError(f"{path} holds a key of another kind")
    key = ec.generate_private_key(ec.SECP256R1())
    path.touch(_PRIVATE)
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return key
