#include "mail/letters.h"

#include <vector>

namespace mmx::mail {
namespace {

constexpr std::string_view kService = "MusicMageX";

struct Button {
    std::string label, url;
};
struct Letter {
    std::string kind, to, subject, greeting;
    std::vector<std::string> before;
    std::vector<Button> buttons;
    std::vector<std::string> after;
    std::string account_id;
};

std::string as_text(const Letter& letter) {
    std::string text = letter.greeting + "\n\n";
    for (const std::string& paragraph : letter.before) text += paragraph + "\n\n";
    for (const Button& button : letter.buttons) text += button.label + ":\n" + button.url + "\n\n";
    for (const std::string& paragraph : letter.after) text += paragraph + "\n\n";
    return text + "-- \n" + std::string(kService) + "\n";
}

std::string as_html(const Letter& letter) {
    const auto paragraph = [](const std::string& words) { return "<p>" + escape_html(words) + "</p>\n"; };
    std::string html =
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" +
        escape_html(letter.subject) +
        "</title></head>\n<body style=\"font-family: sans-serif; line-height: 1.5; max-width: 36em; "
        "margin: 2em auto; padding: 0 1em\">\n";
    html += paragraph(letter.greeting);
    for (const std::string& words : letter.before) html += paragraph(words);
    for (const Button& button : letter.buttons) {
        // The address is shown too: whoever distrusts links in mails can read and copy it.
        const std::string url = escape_html(button.url);
        html += "<p><a href=\"" + url + "\"><strong>" + escape_html(button.label) +
                "</strong></a><br>\n<small>" + url + "</small></p>\n";
    }
    for (const std::string& words : letter.after) html += paragraph(words);
    return html + "<p><small>" + std::string(kService) + "</small></p>\n</body></html>\n";
}

Mail sealed(const Letter& letter) {
    return {.kind = letter.kind,
            .to = letter.to,
            .subject = letter.subject,
            .text = as_text(letter),
            .html = as_html(letter),
            .account_id = letter.account_id};
}

std::string hello(const Owner& owner) {
    return "Hello " + owner.display_name + ",";
}

}  // namespace

std::string escape_html(std::string_view text) {
    std::string escaped;
    escaped.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            case '\'':
                escaped += "&#39;";
                break;
            default:
                escaped += c;
        }
    }
    return escaped;
}

Mail confirm_registration(const std::string& to, const std::string& link) {
    return sealed(
        {.kind = "confirm_registration",
         .to = to,
         .subject = "Confirm your address",
         .greeting = "Hello,",
         .before = {"welcome to MusicMageX. One step is left: confirm that this address is yours."},
         .buttons = {{"Confirm the address", link}},
         .after = {"The link is good for 24 hours. If you did not ask for an account, do not use it: then "
                   "none is made, and you need do nothing."},
         .account_id = {}});
}

Mail already_registered(const std::string& to, const std::string& sign_in_link,
                        const std::string& forgot_link) {
    return sealed(
        {.kind = "already_registered",
         .to = to,
         .subject = "You already have an account",
         .greeting = "Hello,",
         .before = {"somebody, perhaps you, tried to open an account with this address. There is one "
                    "already, and it stays as it is."},
         .buttons = {{"Log in", sign_in_link}, {"Choose a new password", forgot_link}},
         .after = {"If it was not you, you need do nothing."},
         .account_id = {}});
}

Mail reset_password(const Owner& owner, const std::string& link) {
    return sealed({.kind = "reset_password",
                   .to = owner.address,
                   .subject = "Choose a new password",
                   .greeting = hello(owner),
                   .before = {"somebody, hopefully you, asked for a new password for your account."},
                   .buttons = {{"Choose a new password", link}},
                   .after = {"The link is good once and for an hour. If it was not you, do not use it: your "
                             "password stays as it is."},
                   .account_id = owner.account_id});
}

Mail password_changed(const Owner& owner, const std::string& forgot_link) {
    return sealed(
        {.kind = "password_changed",
         .to = owner.address,
         .subject = "Your password was changed",
         .greeting = hello(owner),
         .before = {"the password of your account was changed just now. Everybody who was logged in "
                    "elsewhere has been logged out.",
                    "If that was not you, choose a new password at once:"},
         .buttons = {{"Choose a new password", forgot_link}},
         .after = {},
         .account_id = owner.account_id});
}

Mail confirm_new_address(const std::string& to, const std::string& account_id, const std::string& link) {
    return sealed(
        {.kind = "confirm_new_address",
         .to = to,
         .subject = "Confirm your new address",
         .greeting = "Hello,",
         .before = {"this address was given as the new one of a MusicMageX account."},
         .buttons = {{"Confirm the new address", link}},
         .after = {"The link is good once and for an hour. If it was not you, do not use it: nothing "
                   "changes then."},
         .account_id = account_id});
}

Mail address_is_taken(const std::string& to) {
    return sealed(
        {.kind = "address_is_taken",
         .to = to,
         .subject = "Your address was given for another account",
         .greeting = "Hello,",
         .before = {"somebody, perhaps you, gave this address as the new one of another account. It "
                    "belongs to your account already, so nothing was changed."},
         .buttons = {},
         .after = {"If it was not you, you need do nothing."},
         .account_id = {}});
}

Mail address_change_asked(const Owner& owner, const std::string& new_address,
                          const std::string& forgot_link) {
    return sealed(
        {.kind = "address_change_asked",
         .to = owner.address,
         .subject = "Your account is to get another address",
         .greeting = hello(owner),
         .before = {"somebody who knows your password, hopefully you, asked to change the address of your "
                    "account to " +
                        new_address + ". It changes when the link sent there is used.",
                    "If that was not you, choose a new password now, which makes that link worthless:"},
         .buttons = {{"Choose a new password", forgot_link}},
         .after = {},
         .account_id = owner.account_id});
}

Mail address_changed(const Owner& owner, const std::string& to, const std::string& new_address) {
    return sealed(
        {.kind = "address_changed",
         .to = to,
         .subject = "The address of your account was changed",
         .greeting = hello(owner),
         .before = {"the address of your account is now " + new_address +
                        ". Log in with it from now on, and our mails go there.",
                    "If that was not you, write to us as soon as you can: the privacy page says where."},
         .buttons = {},
         .after = {},
         .account_id = owner.account_id});
}

}  // namespace mmx::mail
