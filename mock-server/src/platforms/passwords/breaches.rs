//! Passwords that everybody knows: what the mock has in place of a list of breached ones.

use std::sync::LazyLock;

use super::passwords::sha1;

/// What people choose who choose badly.
const WORDS: &str = "
    0 00000 000000 0000000 00000000 0987654321 101010 1111 11111 111111 1111111 11111111 111222 112233 11223344 1122334455
    112358 121212 12121212 123 123123 123123123 123321 1234 12341234 12344321 12345 1234512345 12345678 123456 1234561
    1234567 123456789 1234567890 123456789a 12345678910 123456a 123456abc 12345a 12345q 12345qwert 1234abcd 1234qwer 123654
    123654789 123698745 123abc 123qwe 123qweasd 123qweasdzxc 131313 135790 142536 147147 147258 147258369 147852 147852369
    159159 159357 159753 1a2b3c 1a2b3c4d 1g2w3e4r 1q2w3e 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz1qaz 1qaz2wsx 1qaz2wsx3edc
    1qazxsw2 222222 22222222 232323 2wsx3edc 333333 420420 444444 456456 456789 5201314 55555 555555 55555555 654321 666666
    66666666 696969 741852 741852963 753951 7654321 77777 777777 7777777 77777777 789456 789456123 789789 852456 87654321
    88888 888888 8888888 88888888 963852741 987654 98765 98765432 987654321 9876543210 999999 99999999 9999999999 a a12345
    a123456 a1234567 a12345678 a123456789 a1b2c3 a1b2c3d4 aa123456 aaa111 aaaaa aaaaaa aaaaaaaa abc abc123 abc1234 abc12345
    abc123456 abcd abcd123 abcd1234 abcd12345 abcde abcdef abcdefg abcdefgh access adidas admin admin1 admin123 admin1234
    administrator adobe123 alexander amanda andrea andrew angel angel1 angela angels anthony apple apples arsenal asd123
    asdasd asdf asdf1234 asdfasdf asdfgh asdfghj asdfghjk asdfghjkl ashley austin azerty azertyuiop babygirl bailey
    banana barcelona baseball baseball1 basketball batman beautiful benjamin bigdog blink182 bond007 boomer brandon buster
    butterfly california carlos changeme charlie charlie1 cheese chelsea chicken chocolate chris christian computer cookie
    corvette cowboy dallas daniel daniel1 david default demo dexter diamond dolphin donald dragon dragon1 eagles eminem
    enter estrella fashion ferrari fishing flower flower1 football football1 forever freedom friend friends 
    gabriel gandalf george gfhjkm ghbdtn ginger golfer google guest guitar hallo hannah harley hello hello1
    hello123 helloworld hockey hunter hunter2 iloveu iloveyou iloveyou1 iloveyou2 internet jackson jasmine jennifer jessica
    jessica1 jesus jesus1 jordan jordan23 joseph joshua junior justin killer killer1 kitty letmein letmein1 liverpool
    login london louise love lovely loveme loveyou maggie manchester marina mario marlboro martin master master1 matrix
    matthew maverick maxwell melissa mercedes metallica michael michael1 michelle minecraft mickey monica monkey monkey1
    monster mother mustang mylove naruto natalie nathan nicholas nicole ninja nintendo nothing number1 orange oliver
    p@ssw0rd p@ssword pa$$word pakistan parola pass pass123 pass1234 passw0rd passwd password password! password1
    password12 password123 password1234 password2 patrick peanut pepper phoenix pokemon princess princess1 purple q1w2e3
    q1w2e3r4 q1w2e3r4t5 qazwsx qazwsxedc qazxsw qqqqqq qqww1122 querty qwaszx qwe123 qweasd qweasdzxc qweqwe qwer1234
    qwert qwert1 qwerty qwerty1 qwerty12 qwerty123 qwerty1234 qwerty12345 qwertyu qwertyui qwertyuiop rachel rainbow ranger
    realmadrid robert root samantha samsung samuel sandra scooter secret secret123 shadow shadow1 silver simple slayer
    snoopy soccer soccer1 sophie spiderman spongebob starwars steelers stephanie steven summer sunshine sunshine1 superman
    superman1 sweety taylor temp test test1 test123 test1234 tester testing testtest thomas thunder tigger tinkerbell
    trustno1 tweety twitter user vanessa victor victoria vincent wall.e welcome welcome1 welcome123 whatever william
    winner winter xbox360 xxxxxx yankees yellow zaq12wsx zaq1zaq1 zinch zxc123 zxcvb zxcvbn zxcvbnm zxcvbnm1 zzzzzz
    Admin Admin123 Passw0rd Password Password1 Password123 Qwerty123 Welcome1
";

/// Their SHA-1 hashes, lower case, sorted.
pub(super) static BREACHED: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut hashes: Vec<String> = WORDS.split_whitespace().map(sha1).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
});

/// Whether a hash, or the beginning of one, is that of a password that everybody knows.
pub(super) fn breached(hash: &str) -> bool {
    !hash.is_empty() && !range(hash).is_empty()
}

/// The hashes that begin so.
pub(super) fn breached_range(prefix: &str) -> impl Iterator<Item = &'static str> {
    range(prefix).iter().map(String::as_str)
}

fn range(prefix: &str) -> &'static [String] {
    let all = BREACHED.as_slice();
    let first = all.partition_point(|hash| hash.as_str() < prefix);
    let rest = all.get(first..).unwrap_or_default();
    let length = rest.partition_point(|hash| hash.starts_with(prefix));
    rest.get(..length).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{BREACHED, breached, range};

    #[test]
    fn what_everybody_knows_is_found_by_its_hash_and_by_the_beginning_of_it() {
        assert!(breached("5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8"), "`password`");
        assert!(breached("5baa61e4c9b93f3f0682"));
        assert!(!breached("5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8"), "hashes are lower case");
        assert!(!breached("abf7aad6438836dbe526aa231abde2d0eef74d42"), "`correct horse battery staple`");
        assert!(!breached(""));
        assert_eq!(range("5baa6"), ["5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8"]);
        assert_eq!(range("").len(), BREACHED.len());
        assert!(BREACHED.iter().all(|hash| hash.len() == 40), "each is whole");
    }
}
