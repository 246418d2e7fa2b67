#include "base/secrets.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <array>
#include <cstdlib>
#include <memory>

namespace mmx::base {
namespace {

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

// Groups of `bits` bits, most significant first, looked up in the alphabet; the last group is filled with
// zeros.
std::string in_alphabet(std::string_view bytes, std::string_view alphabet, unsigned bits) {
    std::string text((8 * bytes.size() + bits - 1) / bits, '\0');
    unsigned held = 0, held_bits = 0;
    std::size_t at = 0;
    for (const char byte : bytes) {
        held = held << 8 | static_cast<unsigned char>(byte);
        held_bits += 8;
        while (held_bits >= bits) {
            held_bits -= bits;
            text[at++] = alphabet[held >> held_bits & ((1u << bits) - 1)];
        }
        held &= (1u << held_bits) - 1;
    }
    if (held_bits > 0) text[at] = alphabet[held << (bits - held_bits) & ((1u << bits) - 1)];
    return text;
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::string random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    if (RAND_bytes(bytes_of(bytes), static_cast<int>(count)) != 1) std::abort();
    return bytes;
}

std::string random_id() {
    return in_alphabet(random_bytes(16), "0123456789abcdefghjkmnpqrstvwxyz", 5);
}

std::string random_token() {
    return to_base64url(random_bytes(32));
}

std::string sha256(std::string_view bytes) {
    // Looked up once: that costs more than the hash of a short text.
    static const EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    std::string digest(SHA256_DIGEST_LENGTH, '\0');
    if (EVP_Digest(bytes.data(), bytes.size(), bytes_of(digest), nullptr, method, nullptr) != 1) std::abort();
    return digest;
}

std::string hmac_sha256(std::string_view key, std::string_view message) {
    std::string digest(SHA256_DIGEST_LENGTH, '\0');
    unsigned length = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(message), message.size(),
         bytes_of(digest), &length);
    return digest;
}

std::string hkdf_sha256(std::string_view key, std::string_view info, std::size_t bytes) {
    const std::unique_ptr<EVP_KDF, void (*)(EVP_KDF*)> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr),
                                                           EVP_KDF_free);
    const std::unique_ptr<EVP_KDF_CTX, void (*)(EVP_KDF_CTX*)> context(EVP_KDF_CTX_new(kdf.get()),
                                                                       EVP_KDF_CTX_free);
    std::string digest = "SHA256", key_copy(key), info_copy(info), out(bytes, '\0');
    const std::array<OSSL_PARAM, 4> parameters = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, key_copy.data(), key_copy.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info_copy.data(), info_copy.size()),
        OSSL_PARAM_construct_end()};
    if (!context || EVP_KDF_derive(context.get(), bytes_of(out), bytes, parameters.data()) != 1) std::abort();
    OPENSSL_cleanse(key_copy.data(), key_copy.size());
    return out;
}

std::string to_hex(std::string_view bytes) {
    return in_alphabet(bytes, "0123456789abcdef", 4);
}

std::optional<std::string> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hex_digit(text[i]), low = hex_digit(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes += static_cast<char>(high << 4 | low);
    }
    return bytes;
}

std::string to_base64(std::string_view bytes) {
    std::string text =
        in_alphabet(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 6);
    while (text.size() % 4 != 0) text += '=';
    return text;
}

std::string to_base64url(std::string_view bytes) {
    return in_alphabet(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 6);
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace mmx::base
