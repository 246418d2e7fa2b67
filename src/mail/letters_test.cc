#include "mail/letters.h"

#include <gtest/gtest.h>

#include <vector>

namespace mmx::mail {
namespace {

const Owner kOwner{
    .address = "someone@example.com", .display_name = "<b>Eve</b> & \"Co\"", .account_id = "a1"};
const std::string kLink = "https://music.example/verify#token=abc";

std::vector<Mail> all_letters() {
    return {confirm_registration("someone@example.com", kLink),
            already_registered("someone@example.com", kLink, kLink),
            reset_password(kOwner, kLink),
            password_changed(kOwner, kLink),
            confirm_new_address("someone@example.com", "a1", kLink),
            address_is_taken("someone@example.com"),
            address_change_asked(kOwner, "new@example.com", kLink),
            address_changed(kOwner, "someone@example.com", "new@example.com")};
}

TEST(P27_Letters, Have_a_kind_a_subject_and_two_bodies) {
    for (const Mail& mail : all_letters()) {
        EXPECT_FALSE(mail.kind.empty());
        EXPECT_FALSE(mail.subject.empty());
        EXPECT_EQ(mail.to, "someone@example.com");
        EXPECT_TRUE(mail.text.starts_with("Hello")) << mail.kind;
        EXPECT_TRUE(mail.html.starts_with("<!doctype html>")) << mail.kind;
    }
}

TEST(P27_Letters, Show_the_link_whole_in_both_bodies) {
    const Mail mail = confirm_registration("someone@example.com", kLink);
    EXPECT_NE(mail.text.find("\n" + kLink + "\n"), std::string::npos);
    EXPECT_NE(mail.html.find("<a href=\"" + kLink + "\">"), std::string::npos);
}

TEST(P27_Letters, Escape_what_users_wrote) {
    for (const Mail& mail : all_letters()) EXPECT_EQ(mail.html.find("<b>"), std::string::npos) << mail.kind;
    EXPECT_NE(reset_password(kOwner, kLink).html.find("&lt;b&gt;Eve&lt;/b&gt; &amp; &quot;Co&quot;"),
              std::string::npos);
    EXPECT_EQ(escape_html("<a href='x'>"), "&lt;a href=&#39;x&#39;&gt;");
}

TEST(P27_Letters, Load_nothing_from_elsewhere) {
    for (const Mail& mail : all_letters()) {
        for (const char* loader : {"<img", "<link", "<script", "url(", "@import", "src="}) {
            EXPECT_EQ(mail.html.find(loader), std::string::npos) << mail.kind << loader;
        }
    }
}

TEST(P27_Letters, To_those_who_may_be_strangers_hold_no_words_of_somebody_elses) {
    for (const Mail& mail :
         {confirm_registration("someone@example.com", kLink),
          already_registered("someone@example.com", kLink, kLink),
          confirm_new_address("someone@example.com", "a1", kLink), address_is_taken("someone@example.com")}) {
        EXPECT_TRUE(mail.text.starts_with("Hello,\n")) << mail.kind;
    }
}

}  // namespace
}  // namespace mmx::mail
