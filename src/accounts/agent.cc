#include <array>
#include <utility>

#include "accounts/sessions.h"

namespace mmx::accounts {
namespace {

using Names = std::pair<std::string_view, std::string_view>;  // what to look for, what to call it

// Browsers name those they descend from, so the youngest come first; iPads and Androids name the system
// theirs is built on, so those come last.
constexpr std::array kBrowsers = {
    Names{"Edg", "Edge"},        Names{"OPR/", "Opera"},        Names{"SamsungBrowser", "Samsung Internet"},
    Names{"Vivaldi", "Vivaldi"}, Names{"FxiOS", "Firefox"},     Names{"Firefox", "Firefox"},
    Names{"CriOS", "Chrome"},    Names{"Chromium", "Chromium"}, Names{"Chrome", "Chrome"},
    Names{"Safari", "Safari"},   Names{"curl/", "curl"},
};
constexpr std::array kSystems = {
    Names{"Android", "Android"}, Names{"iPhone", "iPhone"}, Names{"iPad", "iPad"},
    Names{"Windows", "Windows"}, Names{"CrOS", "ChromeOS"}, Names{"Mac OS X", "macOS"},
    Names{"Macintosh", "macOS"}, Names{"Linux", "Linux"},
};

template <class Table>
std::string_view first_found(const Table& table, std::string_view text, std::string_view otherwise) {
    for (const auto& [sign, name] : table) {
        if (text.find(sign) != text.npos) return name;
    }
    return otherwise;
}

}  // namespace

std::string coarse_agent(std::string_view user_agent) {
    std::string agent(first_found(kBrowsers, user_agent, "a browser"));
    const std::string_view system = first_found(kSystems, user_agent, "");
    if (!system.empty()) agent += " on " + std::string(system);
    return agent;
}

}  // namespace mmx::accounts
