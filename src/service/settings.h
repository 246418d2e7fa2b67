// How the service is set up: one table of settings feeds the flags, the environment, mmx.toml and the help.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mmx::service {

struct Settings {
    std::string listen, data, database, public_url;
    std::string master_key;
    std::string smtp_url, smtp_password, mail_from, smtp_ca_file;
    std::vector<std::string> trusted_proxies;
    std::string metrics_listen;
    int workers = 1;  // songs made at once inside `mmx serve`; 0: only separate workers make them
    int worker_threads = 0;
    std::string plans_file, terms_version;
    // Told on the legal pages; empty ones are told as missing.
    std::string operator_name, operator_address, privacy_contact, support_contact, dmca_contact, authority,
        data_region;
    int bcrypt_cost = 12;
    std::string log_level;
    std::int64_t welcome_credits = 0;
    std::int64_t welcome_songs = 0;
    std::int64_t renditions_bytes = 0;
    int access_log_days = 90;
    int reads_per_minute = 0, changes_per_minute = 0, orders_per_minute = 0, sign_ins_per_10_minutes = 0;
};

// A secret is never a flag, since others can read command lines; it has a ..._FILE form. An address may hold
// a password and so has both.
enum class SettingKind { text, number, list, secret, address };

struct SettingRow {
    std::string_view name;  // in mmx.toml; "--public-url" on the command line, MMX_PUBLIC_URL outside
    SettingKind kind;
    std::string_view otherwise;  // the default, as text
    std::int64_t low, high;      // of numbers
    std::string_view help;

    std::string flag() const;
    std::string variable() const;
};
std::span<const SettingRow> setting_rows();

// Flags over environment over mmx.toml over defaults. `flags` holds what was typed, by setting name;
// `config_file` may be empty: then DATA/mmx.toml is read where it exists. Errors name the setting, where it
// stood, what came and what is allowed; an unknown name in the file is an error.
base::Result<Settings> load_settings(const std::map<std::string, std::string>& flags,
                                     const std::string& config_file);

}  // namespace mmx::service
