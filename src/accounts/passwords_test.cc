#include "accounts/passwords.h"

#include <gtest/gtest.h>

#include "accounts/common_passwords.h"
#include "accounts/registry.h"
#include "accounts/sessions.h"

namespace mmx::accounts {
namespace {

const std::string kPepper(32, 'p');

base::Status rules(std::string_view password) {
    return check_password_rules(password, "someone@example.com", "Some Body");
}

TEST(P21_Passwords, Are_hashed_with_bcrypt_2b_at_the_cost_asked_for_and_a_salt_of_their_own) {
    const PasswordHasher hasher(kPepper, 12);
    const std::string one = hasher.hash("grey otters play chess").value();
    const std::string two = hasher.hash("grey otters play chess").value();
    EXPECT_EQ(one.substr(0, 7), "$2b$12$");
    EXPECT_EQ(one.size(), 60u);
    EXPECT_NE(one, two);
    EXPECT_NE(one.substr(7, 22), two.substr(7, 22));
    EXPECT_TRUE(hasher.matches("grey otters play chess", one));
    EXPECT_FALSE(hasher.matches("grey otters play chesS", one));
}

TEST(P21_Passwords, That_share_72_bytes_are_not_interchangeable) {
    const PasswordHasher hasher(kPepper, 4);
    const std::string shared(72, 'x');
    const std::string hash = hasher.hash(shared + "one").value();
    EXPECT_TRUE(hasher.matches(shared + "one", hash));
    EXPECT_FALSE(hasher.matches(shared + "two", hash));
    EXPECT_FALSE(hasher.matches(shared, hash));
}

TEST(P21_Passwords, Count_exactly_with_NUL_and_Unicode_and_at_any_length) {
    const PasswordHasher hasher(kPepper, 4);
    const std::string with_nul("before\0after one", 16), other("before\0after two", 16);
    EXPECT_TRUE(hasher.matches(with_nul, hasher.hash(with_nul).value()));
    EXPECT_FALSE(hasher.matches(other, hasher.hash(with_nul).value()));
    EXPECT_FALSE(hasher.matches("before", hasher.hash(with_nul).value()));
    // The same letter in two codings is two passwords: nothing is folded.
    EXPECT_FALSE(hasher.matches("caf\u00e9 caf\u00e9", hasher.hash("cafe\u0301 cafe\u0301").value()));
    const std::string longest(1024, 'y');
    EXPECT_TRUE(hasher.matches(longest, hasher.hash(longest).value()));
    EXPECT_FALSE(hasher.matches(longest.substr(1), hasher.hash(longest).value()));
}

TEST(P21_Passwords, Are_worthless_without_the_pepper) {
    const std::string hash = PasswordHasher(kPepper, 4).hash("grey otters play chess").value();
    EXPECT_FALSE(PasswordHasher(std::string(32, 'q'), 4).matches("grey otters play chess", hash));
}

TEST(P21_Passwords, A_hash_of_another_cost_is_outdated_and_a_damaged_one_matches_nothing) {
    const PasswordHasher hasher(kPepper, 5);
    EXPECT_TRUE(hasher.is_outdated(PasswordHasher(kPepper, 4).hash("grey otters play chess").value()));
    EXPECT_FALSE(hasher.is_outdated(hasher.hash("grey otters play chess").value()));
    for (const char* damaged : {"", "*0", "*1", "$2b$05$short", "plain"}) {
        EXPECT_FALSE(hasher.matches("grey otters play chess", damaged)) << damaged;
    }
}

TEST(P21_Passwords, Have_10_to_1024_bytes) {
    EXPECT_EQ(rules("otter lam").error().field, "password");
    EXPECT_TRUE(rules("otter lamp"));
    EXPECT_TRUE(rules(std::string(500, 'a') + " b " + std::string(521, 'c')));
    EXPECT_EQ(rules(std::string(500, 'a') + " b " + std::string(522, 'c')).error().field, "password");
}

TEST(P21_Passwords, That_everybody_tries_first_are_refused) {
    for (const char* common :
         {"password123",  "Password2024!", "P@ssw0rd2024",     "p4ssw0rd!!",   "1234567890",
          "0987654321",   "aaaaaaaaaaaa",  "abcabcabcabc",     "abcdefghij",   "qwertyuiop",
          "QwertyUIOP1!", "1q2w3e4r5t",    "passwordpassword", "iloveyou99",   "administrator",
          "football2023", "11112222333",   "zxcvbnm123",       "letmein!!!!!", "1qaz2wsx3edc",
          "welcome12345", "trustno1!!!",   "sunshine!2025",    "musicmagex1"}) {
        EXPECT_FALSE(rules(common)) << common;
    }
}

TEST(P21_Passwords, That_are_hard_to_guess_are_taken) {
    for (const char* good :
         {"grey otters play chess", "correct zebra", "k7#Vq0pLm2", "passwords are not poems",
          "\xd0\xb4\xd0\xbe\xd0\xbc \xd0\xbd\xd0\xb0 \xd0\xb3\xd0\xbe\xd1\x80\xd0\xb5", "4917362850174"}) {
        EXPECT_TRUE(rules(good)) << good;
    }
}

TEST(P21_Passwords, Made_of_the_address_or_the_name_are_refused) {
    EXPECT_FALSE(check_password_rules("someone@example.com", "someone@example.com", "X"));
    EXPECT_FALSE(check_password_rules("Someoneelse", "someoneelse@example.com", "X"));
    EXPECT_FALSE(check_password_rules("Someoneelse2031!", "someoneelse@example.com", "X"));
    EXPECT_FALSE(check_password_rules("some longer name", "a@example.com", "Some Longer Name"));
}

TEST(Addresses, Are_trimmed_and_put_in_lower_case) {
    EXPECT_EQ(normal_email(" Some.One+Tag@Example.COM\n").value(), "some.one+tag@example.com");
    EXPECT_EQ(normal_email("root@localhost").value(), "root@localhost");
}

TEST(Addresses, That_mail_cannot_be_sent_to_are_refused) {
    const std::string long_local(65, 'a'), long_domain = std::string(63, 'a') + "." + std::string(63, 'b');
    for (const std::string& bad :
         {std::string(), std::string("someone"), std::string("@example.com"), std::string("a@b"),
          std::string("a@example"), std::string("a b@example.com"), std::string("a@exa mple.com"),
          std::string("a@.example.com"), std::string("a@example..com"), std::string("a@-x.com"),
          std::string(".a@example.com"), std::string("a..b@example.com"),
          std::string("a@example.com\r\nBcc: b@example.com"), std::string("a@example.com\0", 14),
          std::string("<a@example.com>"), std::string("a,b@example.com"), std::string("\xc3\xa4@example.com"),
          long_local + "@example.com", "a@" + long_domain + "." + long_domain + ".example.com"}) {
        const auto normal = normal_email(bad);
        ASSERT_FALSE(normal) << bad;
        EXPECT_EQ(normal.error().field, "email");
    }
}

TEST(Display_names, Have_1_to_60_characters_and_no_controls) {
    EXPECT_EQ(normal_display_name("  Some Body ").value(), "Some Body");
    std::string sixty;
    for (int i = 0; i < 60; ++i) sixty += "\xc3\xa9";
    EXPECT_TRUE(normal_display_name(sixty));
    EXPECT_TRUE(normal_display_name("O'Neill <3 \xf0\x9f\x8e\xb5"));
    for (const std::string& bad :
         {std::string(), std::string("   "), sixty + "x", std::string("two\nlines"), std::string("nul\0", 4),
          std::string("\xff\xfe"), std::string("\xc0\xaf"), std::string("\xed\xa0\x80"), std::string("\xc3"),
          std::string("right \xe2\x80\xae left"), std::string("\xf4\x90\x80\x80")}) {
        const auto name = normal_display_name(bad);
        ASSERT_FALSE(name) << bad;
        EXPECT_EQ(name.error().field, "display_name");
    }
}

TEST(P22_Sessions, Know_their_browser_coarsely_only) {
    const std::string chrome = " AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.1.2";
    EXPECT_EQ(coarse_agent("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
              "Firefox on Linux");
    EXPECT_EQ(coarse_agent("Mozilla/5.0 (Windows NT 10.0; Win64)" + chrome + " Safari/537.36"),
              "Chrome on Windows");
    EXPECT_EQ(coarse_agent("Mozilla/5.0 (Windows NT 10.0)" + chrome + " Safari/537.36 Edg/139.0"),
              "Edge on Windows");
    EXPECT_EQ(coarse_agent("Mozilla/5.0 (Linux; Android 14)" + chrome + " Mobile Safari/537.36"),
              "Chrome on Android");
    EXPECT_EQ(coarse_agent("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) Version/17.0 Safari/605"),
              "Safari on macOS");
    EXPECT_EQ(coarse_agent(
                  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1"),
              "Safari on iPhone");
    EXPECT_EQ(coarse_agent("curl/7.88.1"), "curl");
    EXPECT_EQ(coarse_agent(std::string("\0<script>\xff", 10)), "a browser");
}

}  // namespace
}  // namespace mmx::accounts
