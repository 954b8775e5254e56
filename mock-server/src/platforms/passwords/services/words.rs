//! Words that passwords are made of.

/// Lower-case words of four to eight letters.
pub(super) const WORDS: &[&str] = &[
    "acorn", "almond", "amber", "anchor", "apple", "apron", "arrow", "aspen", "autumn", "badger", "bamboo",
    "basil", "basket", "beacon", "beaver", "berry", "birch", "bison", "bottle", "branch", "breeze", "bridge",
    "bronze", "bucket", "butter", "button", "cactus", "camel", "candle", "canyon", "carbon", "carrot",
    "castle", "cedar", "cherry", "cinder", "citrus", "cliff", "clover", "cobalt", "comet", "copper", "coral",
    "cotton", "cradle", "crater", "cricket", "crystal", "dahlia", "daisy", "desert", "domino", "dragon",
    "drizzle", "eagle", "ember", "engine", "falcon", "feather", "fennel", "fiddle", "flint", "forest",
    "fossil", "galaxy", "garden", "garlic", "ginger", "glacier", "goblet", "granite", "gravel", "hammer",
    "harbor", "hazel", "helmet", "heron", "hollow", "honey", "husky", "indigo", "island", "ivory", "jacket",
    "jasper", "jungle", "juniper", "kettle", "kitten", "ladder", "lagoon", "lantern", "lemon", "lilac",
    "linen", "lizard", "locket", "lotus", "magnet", "mango", "maple", "marble", "meadow", "mellow", "meteor",
    "mirror", "mitten", "monsoon", "mosaic", "mustard", "nectar", "needle", "nickel", "nutmeg", "oasis",
    "ocean", "olive", "onion", "opal", "orchid", "otter", "oyster", "paddle", "panda", "papaya", "paper",
    "parrot", "pebble", "pepper", "piano", "pillow", "pine", "planet", "plum", "poppy", "prairie", "pumpkin",
    "puzzle", "quartz", "quill", "rabbit", "radish", "raven", "ribbon", "river", "rocket", "rose", "rubber",
    "saddle", "saffron", "sail", "salmon", "sand", "sapling", "satin", "scarlet", "shadow", "shell",
    "silver", "sketch", "slate", "socket", "sparrow", "spice", "spruce", "squash", "stone", "storm", "sugar",
    "summit", "sunset", "swan", "tango", "teapot", "temple", "thimble", "thistle", "thunder", "tiger",
    "timber", "tulip", "tundra", "tunnel", "turtle", "umbra", "valley", "vanilla", "velvet", "violet",
    "violin", "walnut", "water", "willow", "window", "winter", "wolf", "wonder", "yarrow", "yellow", "zebra",
    "zenith", "zephyr", "zinc", "zodiac",
];
