// Reading checked values out of TOML tables; only the .cc files of this room include this (toml++ is heavy).
#pragma once

#include <fmt/format.h>
#include <toml++/toml.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mmx::style {

// Errors name the table's line, the key, what came and what is allowed.
inline tl::unexpected<base::Error> style_error(const toml::node& where, std::string_view key,
                                               std::string_view problem) {
    return base::fail(base::Kind::internal, "The program's own style files are damaged; please reinstall it.",
                      fmt::format("line {}: {}: {}", where.source().begin.line, key, problem));
}

inline base::Result<double> read_number(const toml::table& table, std::string_view key, double low,
                                        double high, std::optional<double> otherwise = std::nullopt) {
    const auto* node = table.get(key);
    if (node == nullptr) {
        if (otherwise) return *otherwise;
        return style_error(table, key, "is missing");
    }
    const auto value = node->value<double>();
    if (!value) return style_error(*node, key, "must be a number");
    if (!(*value >= low && *value <= high))
        return style_error(*node, key, fmt::format("{} is outside {} to {}", *value, low, high));
    return *value;
}

inline base::Result<bool> read_flag(const toml::table& table, std::string_view key, bool otherwise) {
    const auto* node = table.get(key);
    if (node == nullptr) return otherwise;
    const auto value = node->value<bool>();
    if (!value) return style_error(*node, key, "must be true or false");
    return *value;
}

inline base::Result<std::string> read_text(const toml::table& table, std::string_view key,
                                           std::optional<std::string> otherwise = std::nullopt) {
    const auto* node = table.get(key);
    if (node == nullptr) {
        if (otherwise) return *otherwise;
        return style_error(table, key, "is missing");
    }
    const auto value = node->value<std::string>();
    if (!value) return style_error(*node, key, "must be text");
    return *value;
}

inline base::Result<std::vector<std::string>> read_texts(const toml::table& table, std::string_view key) {
    std::vector<std::string> texts;
    const auto* node = table.get(key);
    if (node == nullptr) return texts;
    if (!node->is_array()) return style_error(*node, key, "must be a list of texts");
    for (const auto& item : *node->as_array()) {
        const auto value = item.value<std::string>();
        if (!value) return style_error(item, key, "must be a list of texts");
        texts.push_back(*value);
    }
    return texts;
}

inline base::Result<std::vector<double>> read_numbers(const toml::table& table, std::string_view key,
                                                      double low, double high) {
    std::vector<double> numbers;
    const auto* node = table.get(key);
    if (node == nullptr) return numbers;
    if (!node->is_array()) return style_error(*node, key, "must be a list of numbers");
    for (const auto& item : *node->as_array()) {
        const auto value = item.value<double>();
        if (!value || !(*value >= low && *value <= high))
            return style_error(item, key, fmt::format("must be numbers from {} to {}", low, high));
        numbers.push_back(*value);
    }
    return numbers;
}

}  // namespace mmx::style
