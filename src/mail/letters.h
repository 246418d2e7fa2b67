// What the service writes to people: one function a letter, as plain text and as simple HTML.
//
// Letters that may reach a stranger (somebody mistyped an address) hold no words of the one who typed it. No
// letter holds a password, and the HTML loads nothing.
#pragma once

#include <string>

#include "mail/outbox.h"

namespace mmx::mail {

struct Owner {
    std::string address, display_name, account_id;
};

Mail confirm_registration(const std::string& to, const std::string& link);
// To somebody who has an account already, after another registration of the address.
Mail already_registered(const std::string& to, const std::string& sign_in_link,
                        const std::string& forgot_link);
Mail reset_password(const Owner& owner, const std::string& link);
Mail password_changed(const Owner& owner, const std::string& forgot_link);
Mail confirm_new_address(const std::string& to, const std::string& account_id, const std::string& link);
// To the address that somebody else wanted for their account.
Mail address_is_taken(const std::string& to);
Mail address_change_asked(const Owner& owner, const std::string& new_address, const std::string& forgot_link);
// To both addresses, the old one and the new.
Mail address_changed(const Owner& owner, const std::string& to, const std::string& new_address);

// '&', '<', '>' and both quotes.
std::string escape_html(std::string_view text);

}  // namespace mmx::mail
