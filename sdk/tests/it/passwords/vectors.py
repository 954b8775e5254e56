"""Makes `vectors.json`: known answers for the end-to-end encryption, computed without this project's code.

BLAKE2b and SHA-1 are hashlib's, Argon2id is the reference implementation's (argon2-cffi), the secret box is libsodium's
(PyNaCl). What is random in earnest is expanded from a name here, so that the same file comes out every time:

    python3 -m venv /tmp/vectors && /tmp/vectors/bin/pip install argon2-cffi pynacl
    /tmp/vectors/bin/python sdk/tests/it/passwords/vectors.py
"""

import base64
import hashlib
import json
import pathlib

from argon2.low_level import Type, hash_secret_raw
from nacl.secret import SecretBox


def some(name, length):
    """Bytes that look random, the same ones for the same name."""
    return hashlib.shake_256(name.encode()).digest(length)


def argon2id(password, salt):
    return hash_secret_raw(password, salt, time_cost=2, memory_cost=65536, parallelism=1, hash_len=32, type=Type.ID)


def box(key, nonce, text):
    return bytes(SecretBox(key).encrypt(text.encode(), nonce))


def challenge(name, passphrase):
    salts = [some(f"{name}/{index}", length) for index, length in enumerate((256, 64, 16))]
    mixed = hashlib.blake2b(passphrase.encode() + salts[0], key=salts[1], digest_size=64).digest()
    secret = argon2id(mixed, salts[2]).hex()
    return {"name": name, "passphrase": passphrase, "salts": [salt.hex() for salt in salts], "secret": secret}


def under_passphrase(name, passphrase, plain):
    salt, nonce = some(f"{name}/salt", 16), some(f"{name}/nonce", 24)
    sealed = salt + box(argon2id(passphrase.encode(), salt), nonce, plain)
    return {
        "name": name,
        "passphrase": passphrase,
        "salt": salt.hex(),
        "nonce": nonce.hex(),
        "plain": plain,
        "sealed": sealed.hex(),
        "base64": base64.urlsafe_b64encode(sealed).rstrip(b"=").decode(),
    }


def keychain(name, passphrase, ids):
    keys = {id: some(f"{name}/{id}", 32).hex() for id in ids}
    plain = json.dumps({"keys": keys, "current": ids[-1]}, separators=(",", ":"))
    return under_passphrase(name, passphrase, plain)


def text(name, plain):
    key, nonce = some("key of the texts", 32), some(f"{name}/nonce", 24)
    sealed = box(key, nonce, plain)
    return {
        "name": name,
        "key": key.hex(),
        "nonce": nonce.hex(),
        "plain": plain,
        "sealed": sealed.hex(),
        "base64": base64.urlsafe_b64encode(sealed).rstrip(b"=").decode(),
    }


def sha1(password, length):
    return {"password": password, "length": length, "hash": hashlib.sha1(password.encode()).hexdigest()[:length]}


FIRST, SECOND = "6c4bd4d5-7b6c-4f6c-8b67-0f2f6d9d2a11", "0b1c1a52-9f0e-4d43-9d6c-55f1d3c5a7e2"
SHORTEST, LONGEST = "twelve chars", "x" * 128
# Twelve UTF-16 units, ten characters, 18 bytes.
FOREIGN = "pässwörd🔑🗝"

VECTORS = {
    "made by": "vectors.py, which says with what",
    "challenges": [
        challenge("shortest", SHORTEST),
        challenge("longest", LONGEST),
        challenge("foreign", FOREIGN),
    ],
    "keychains": [
        keychain("one key", SHORTEST, [FIRST]),
        keychain("two keys", FOREIGN, [FIRST, SECOND]),
    ],
    "texts": [
        text("ascii", "correct horse battery staple"),
        text("foreign", "naïve café ☕ 密码 🔐"),
        text("one character", "x"),
        text("custom fields", '[{"label":"PIN","type":"secret","value":"0000"}]'),
        # Longer than a block of the cipher, and than the server's documented lengths.
        text("long", "0123456789" * 500),
    ],
    "exports": [
        under_passphrase("back-up", "short", '[{"label":"a","password":"b"}]'),
        under_passphrase("empty", "any password at all", ""),
    ],
    "hashes": [sha1("password", 40), sha1("password", 20), sha1("password", 0), sha1("pässwörd🔑", 40)],
}

if __name__ == "__main__":
    path = pathlib.Path(__file__).with_name("vectors.json")
    path.write_text(json.dumps(VECTORS, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
