// Unguessable names and keyed hashes: ids, tokens, HMAC, HKDF, and comparing without telling by time.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mmx::base {

// From the operating system's generator (OpenSSL's RAND_bytes); the program ends if that fails, since
// nothing it made afterwards could be trusted. Any thread.
std::string random_bytes(std::size_t count);
// 128 bits as 26 lower-case letters and digits (Crockford's base 32): ids of rows and objects.
std::string random_id();
// 256 bits as 43 characters of base64url: session and link tokens. Only their hash is stored.
std::string random_token();

// Raw bytes, 32 of them. RFC 2104, RFC 6234.
std::string sha256(std::string_view bytes);
std::string hmac_sha256(std::string_view key, std::string_view message);
// RFC 5869 with SHA-256: `bytes` of key material for the purpose named by `info`.
std::string hkdf_sha256(std::string_view key, std::string_view info, std::size_t bytes = 32);

std::string to_hex(std::string_view bytes);  // lower case
std::optional<std::string> from_hex(std::string_view text);
std::string to_base64(std::string_view bytes);     // RFC 4648 section 4, padded
std::string to_base64url(std::string_view bytes);  // section 5, not padded

// Takes the same time wherever they differ; lengths are not secret.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace mmx::base
