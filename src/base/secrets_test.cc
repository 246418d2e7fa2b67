#include "base/secrets.h"

#include <gtest/gtest.h>

#include <set>

namespace mmx::base {
namespace {

TEST(Secrets, Give_the_digests_of_the_standards_examples) {
    EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    // RFC 4231, case 2.
    EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    // RFC 5869, case 3: no salt, no info.
    EXPECT_EQ(to_hex(hkdf_sha256(std::string(22, '\x0b'), "", 42)),
              "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST(Secrets, Are_written_in_the_usual_alphabets) {
    EXPECT_EQ(to_base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(to_base64("fooba"), "Zm9vYmE=");
    EXPECT_EQ(to_base64url("\xff\xfe"), "__4");
    EXPECT_EQ(from_hex("00fF"), std::string("\0\xff", 2));
    EXPECT_EQ(from_hex("0"), std::nullopt);
    EXPECT_EQ(from_hex("zz"), std::nullopt);
}

TEST(Secrets, Are_never_the_same_twice) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const std::string id = random_id(), token = random_token();
        EXPECT_EQ(id.size(), 26u);
        EXPECT_EQ(token.size(), 43u);
        EXPECT_TRUE(seen.insert(id).second && seen.insert(token).second);
    }
}

TEST(Secrets, Are_compared_whole) {
    EXPECT_TRUE(equal_in_constant_time("same", "same"));
    EXPECT_FALSE(equal_in_constant_time("same", "sane"));
    EXPECT_FALSE(equal_in_constant_time("same", "same "));
}

}  // namespace
}  // namespace mmx::base
