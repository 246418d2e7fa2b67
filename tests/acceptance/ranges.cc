// Reads ranges.toml.
#include <toml++/toml.h>

#include <limits>
#include <stdexcept>

#include "findings.h"

namespace mmx::acceptance {
namespace {

void read_bounds(const toml::table& table, Gate& gate) {
    for (const auto& [key, value] : table) {
        const std::string name(key.str());
        if (name == "low")
            gate.low = value.value<double>().value();
        else if (name == "high")
            gate.high = value.value<double>().value();
        else if (name == "share")
            gate.share = value.value<double>().value();
        else if (name == "overall")
            gate.overall = value.value<double>().value();
        else if (name == "off")
            gate.off = value.value<bool>().value();
        else if (name == "why")
            gate.about = value.value<std::string>().value();
        else if (name != "name")
            throw std::runtime_error("ranges.toml: unknown word " + name);
    }
}

}  // namespace

Ranges Ranges::read(const std::string& path) {
    Ranges ranges;
    toml::table file;
    try {
        file = toml::parse_file(path);
    } catch (const toml::parse_error& error) {
        throw std::runtime_error(path + ", line " + std::to_string(error.source().begin.line) + ": " +
                                 std::string(error.description()));
    }
    for (const toml::node& node : *file["row"].as_array()) {
        const toml::table& row = *node.as_table();
        Gate gate;
        gate.low = -std::numeric_limits<double>::infinity();
        gate.high = std::numeric_limits<double>::infinity();
        read_bounds(row, gate);
        if (gate.about.empty()) throw std::runtime_error("ranges.toml: a row without a reason");
        const std::string name = row["name"].value<std::string>().value();
        ranges.order_.push_back(name);
        ranges.base_[name] = gate;
    }
    const auto read_rows = [&](const toml::table& of, std::map<std::string, Gate> from) {
        std::map<std::string, Gate> gates;
        if (const toml::table* rows = of["rows"].as_table()) {
            if (!of.contains("why")) throw std::runtime_error("ranges.toml: a loosening without a reason");
            for (const auto& [key, value] : *rows) {
                const std::string name(key.str());
                if (!ranges.base_.contains(name))
                    throw std::runtime_error("ranges.toml: no row is called " + name);
                Gate gate = from.contains(name) ? from.at(name) : ranges.base_.at(name);
                read_bounds(*value.as_table(), gate);
                gates[name] = gate;
            }
        }
        return gates;
    };
    for (const auto& [key, value] : *file["family"].as_table())
        ranges.families_[std::string(key.str())] = read_rows(*value.as_table(), {});
    for (const auto& [key, value] : *file["genre"].as_table()) {
        const toml::table& table = *value.as_table();
        const std::string id(key.str());
        GenreFacts facts;
        facts.family = table["family"].value<std::string>().value();
        if (!ranges.families_.contains(facts.family))
            throw std::runtime_error("ranges.toml: genre " + id + " names no known family");
        facts.pumps = table["pumps"].value_or(false);
        for (const toml::node& node : *table["tonal"].as_array())
            facts.tonal_db.push_back(node.value<double>().value());
        ranges.own_[id] = read_rows(table, ranges.families_[facts.family]);
        ranges.genres_[id] = facts;
    }
    return ranges;
}

Gate Ranges::gate(const std::string& genre, const std::string& row) const {
    const auto base = base_.find(row);
    if (base == base_.end()) throw std::runtime_error("ranges.toml has no row called " + row);
    const auto own = own_.find(genre);
    if (own != own_.end()) {
        if (const auto found = own->second.find(row); found != own->second.end()) return found->second;
        const auto& family = families_.at(genres_.at(genre).family);
        if (const auto found = family.find(row); found != family.end()) return found->second;
    }
    return base->second;
}

const GenreFacts& Ranges::genre(const std::string& id) const {
    return genres_.at(id);
}

std::vector<std::string> Ranges::genres() const {
    std::vector<std::string> ids;
    for (const auto& [id, facts] : genres_) ids.push_back(id);
    return ids;
}

}  // namespace mmx::acceptance
