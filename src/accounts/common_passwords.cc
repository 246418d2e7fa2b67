#include "accounts/common_passwords.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

#include "accounts/text.h"
#include "base/data_files.h"

namespace mmx::accounts {
namespace {

// Signs that stand for letters; '1' is read both ways.
std::string read_signs_as_letters(std::string_view text, char one) {
    constexpr std::string_view kSigns = "034579@$!|", kLetters = "oeastgasil";
    std::string read(text);
    for (char& c : read) {
        if (c == '1') c = one;
        if (const auto place = kSigns.find(c); place != kSigns.npos) c = kLetters[place];
    }
    return read;
}

const std::unordered_set<std::string_view>& common_words() {
    static const std::unordered_set<std::string_view> words = [] {
        std::unordered_set<std::string_view> found;
        std::string_view file = base::data_file("common_passwords.txt").value_or("");
        while (!file.empty()) {
            const std::string_view line = file.substr(0, file.find('\n'));
            file.remove_prefix(std::min(file.size(), line.size() + 1));
            if (!line.empty() && line.front() != '#') found.insert(line);
        }
        return found;
    }();
    return words;
}

// "abcabcabcabc", "aaaaaaaaaa", "passwordpassword": the text is its first piece over and over.
std::size_t length_of_repeated_piece(std::string_view text) {
    for (std::size_t piece = 1; piece <= text.size() / 2; ++piece) {
        if (text.substr(piece) == text.substr(0, text.size() - piece)) return piece;
    }
    return text.size();
}

// Each character follows the one before by the same step of one: "abcdefghij", "9876543210" (0 after 9 too).
bool is_run(std::string_view text) {
    const auto step = [](char a, char b) {
        if (a == '9' && b == '0') return 1;
        if (a == '0' && b == '9') return -1;
        return b - a;
    };
    if (text.size() < 4 || std::abs(step(text[0], text[1])) != 1) return false;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        if (step(text[i], text[i + 1]) != step(text[0], text[1])) return false;
    }
    return true;
}

bool is_listed(std::string_view text) {
    return common_words().contains(text) || common_words().contains(without_ornaments(text));
}

}  // namespace

std::string_view without_ornaments(std::string_view text) {
    const auto is_ornament = [](unsigned char c) {
        return c < 128 && !is_ascii_letter(static_cast<char>(c));
    };
    while (!text.empty() && is_ornament(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
    while (!text.empty() && is_ornament(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
    return text;
}

bool is_common_password(std::string_view password) {
    const std::string plain = lower_case(password);
    if (const std::size_t piece = length_of_repeated_piece(plain); piece < plain.size()) {
        // A long piece said twice is as good as the piece; a short one is not.
        if (piece <= 6 || is_common_password(plain.substr(0, piece))) return true;
    }
    if (is_run(plain) || is_run(without_ornaments(plain))) return true;
    // Only digits and signs around nothing: a date, a telephone number, "1111122222".
    if (std::all_of(plain.begin(), plain.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
        plain.size() <= 12) {
        return true;
    }
    if (is_listed(plain)) return true;
    // The ornaments go first, or "password1234" would be read as "passwordl2ea".
    const std::string_view core = without_ornaments(plain);
    for (const char one : {'l', 'i'}) {
        if (is_listed(read_signs_as_letters(plain, one)) || is_listed(read_signs_as_letters(core, one))) {
            return true;
        }
        // "p@$$w0rd1!": what stands before the last digits and signs, with letters read for signs within.
        const std::size_t end = static_cast<std::size_t>(core.data() + core.size() - plain.data());
        if (is_listed(read_signs_as_letters(std::string_view(plain).substr(0, end), one))) return true;
    }
    return false;
}

}  // namespace mmx::accounts
