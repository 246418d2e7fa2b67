// Small helpers that the patch readers share; only .cc files include this.
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "style/toml_reader.h"

namespace mmx::perform {

// A misspelt key would silently change nothing, so every key must be one that is known.
inline base::Status only_keys(const toml::table& table, std::span<const std::string_view> known) {
    for (const auto& [key, node] : table)
        if (std::find(known.begin(), known.end(), key.str()) == known.end())
            return style::style_error(node, key.str(), "is not a key of this table");
    return {};
}

// Reads table[key] into `value` when it is there.
inline base::Status read_into(double& value, const toml::table& table, std::string_view key, double low,
                              double high) {
    value = TRY(style::read_number(table, key, low, high, value));
    return {};
}

inline base::Result<const toml::table*> sub_table(const toml::table& table, std::string_view key) {
    const auto* node = table.get(key);
    if (node == nullptr) return nullptr;
    if (!node->is_table()) return style::style_error(*node, key, "must be a table");
    return node->as_table();
}

// Calls read(row) for each table of the array table[key]; the array may be absent.
template <class Read>
base::Status for_rows(const toml::table& table, std::string_view key, Read read) {
    const auto* node = table.get(key);
    if (node == nullptr) return {};
    if (!node->is_array()) return style::style_error(*node, key, "must be a list of tables");
    for (const auto& row : *node->as_array()) {
        if (!row.is_table()) return style::style_error(row, key, "must be a list of tables");
        const base::Status status = read(*row.as_table());
        if (!status) return status;
    }
    return {};
}

// One of the names, as its number.
template <std::size_t count>
base::Result<std::size_t> read_choice(const toml::table& table, std::string_view key,
                                      const std::array<std::string_view, count>& names,
                                      std::string_view otherwise) {
    const std::string text = TRY(style::read_text(table, key, std::string(otherwise)));
    const auto found = std::find(names.begin(), names.end(), text);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    std::string allowed;
    for (const std::string_view name : names) allowed += (allowed.empty() ? "" : ", ") + std::string(name);
    return style::style_error(table, key, text + " is not one of: " + allowed);
}

}  // namespace mmx::perform
