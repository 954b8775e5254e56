//! Carol, whose account has end-to-end encryption: the server knows no more than what is here.
//!
//! The values were made once from the passphrase `correct horse battery staple` (facts: passwords 9).

use serde_json::json;

use super::super::passwords;
use super::CLIENT;
use crate::action::ActionContext;
use crate::outcome::Outcome;

/// The key within the keychain.
const KEY: &str = "ca701000-0000-4000-8000-00000000c5e1";
/// What the passphrase and the salts give.
const SECRET: &str = "fc78f10fe8b6f26dfb6209468fa741b6942c81e39fe9767e00d147a6c993d4aa";
/// 256 bytes.
const FIRST: &str = "\
    678ba36a8cc593d922944fc60033a88f9aa1efb555769537fdf909976fabdbf706ba524358b13faa8938a2d12e2adff0\
    e949d0d1312dbe05a9e89da0d3c800c476a556df550bd60c967b35597f158556a0e37404eea25ef907ad304ad0590cd5\
    ac5db4a335cf2e5996de6415c20c8a0c808cd133da61d5e358f0e24e9d88d66484ff8952fcaf4e6b39947d0897196695\
    3ea4dac1768a1e1eb74c16e1047423baecac8cbbb555e9936617b1c9b08c66fd4e3be1c0f7bee80d0ea352c427eb71e4\
    de3cd3e5cf3cee878bffc2faf01dbd738bef23de85b691f65b5029e7c151c5818bdb4cfda21ac9f20aed034435b9be46\
    00f97692495af8c3124d4ff2d945ca2b";
/// 64 bytes.
const SECOND: &str = "\
    fd6612058b2e3053c95c6154b0ef3e50715c028c97a33374fcbf775334f91b0c8ce875694b527a82acebf54186ef6dfe\
    dc4c3d9c6bbe4327450c9ecafbe27fac";
/// 16 bytes.
const THIRD: &str = "135b4ec1c0e909e8e30e03afce249ad2";
/// The keychain under the passphrase: one key.
const KEYCHAIN: &str = "\
    75157554e2708f4deb81b89fdf638a38404245e6b65c08c6a0fd14cd7db54bdc4fe9f80c7bc84a63b186014c1253df64\
    6980c9efa52e431c594e0a99564d9ca37b3c1b56bf2ac480670f90dc6fd7bfdc440f5c9934042f1e66af903332cbf56e\
    c425a2f2d0ec3d2f588774aef97608d703ae8cb03050a1006752994d5fb721bf54f65a4f9316971e9f102124340b3567\
    6dab85af5dce04530ec89cda71fb5477dca3e78d9d3e499bbda490f4d97c9fc54e58caeef9babf76ffd0cb19946948a4\
    f931a60a6cb75845edc925dd2f3ee3515ceff9b7a4275e9ae9458b7fec";
/// `Bank`
const LABEL: &str = "\
    fb22f359b5c42d23d2bdc75944d18e43927ed952116048fc381745a99cecc5c25ab320db679e93a94a9effa4";
/// `carol`
const USERNAME: &str = "\
    3d1a6ff59383ddf30b1c1bd4e2b273a0b8bcfbcb55ca1a3367371318ccdaf2ea4a4467673d5868966720978a8e";
/// `iris-98-lantern-Quay`
const PASSWORD: &str = "\
    a6f6b90b5c7ff9e4ad4329b63d2c4406f47a295521ac65be680b41882d3502293db3c51464e8e080b00c9ffe396fc0f0\
    86bf28d594d7b8621d92849b";
/// `https://bank.example.com`
const URL: &str = "\
    5a89bdae372eb00893add6b7907d115b48ea20624cd27abb75d58354167b22fb7ff1237f72283aaefbc79c0d653dd24c\
    e796f28b5ddf05b38652c378a2b711db";
/// SHA-1 of the password.
const HASH: &str = "57eaa50ff175258eebf3e76b63da803d35ca6a63";

/// Her challenge, her keychain, and a password that only she can read.
pub(super) fn carol(context: &mut ActionContext<'_>) -> Result<(), Outcome> {
    super::user(
        context,
        json!({ "id": "carol", "name": "Carol Clark", "secret": SECRET, "salts": [FIRST, SECOND, THIRD] }),
    )?;
    context.insert("keychains", json!({ "user": "carol", "type": "CSEv1r1", "data": KEYCHAIN }))?;
    let bank = json!({
        "id": "ca701000-0000-4000-8000-0000000a0001",
        "label": LABEL, "username": USERNAME, "password": PASSWORD, "url": URL, "hash": HASH,
        "cseType": "CSEv1r1", "cseKey": KEY,
    });
    passwords::insert(context, "carol", bank, CLIENT).map(drop)
}
