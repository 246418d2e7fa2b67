// What the judge found: one figure a row, and the ranges (ranges.toml) that decide whether it passes.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace mmx::acceptance {

struct Finding {
    std::string row;  // as in ranges.toml: "chord-tone ratio"
    double value = 0;
    std::string detail;  // where it happens, in words
};

// Rows that do not apply to the song (no chorus, no drums) are simply not added.
class Findings {
  public:
    void add(std::string row, double value, std::string detail = {}) {
        rows_.push_back({std::move(row), value, std::move(detail)});
    }
    const std::vector<Finding>& rows() const { return rows_; }
    const Finding* find(const std::string& row) const {
        for (const Finding& finding : rows_)
            if (finding.row == row) return &finding;
        return nullptr;
    }

  private:
    std::vector<Finding> rows_;
};

struct Gate {
    double low = 0, high = 0;
    double share = 0.9;  // of a genre's songs that must pass
    double overall = 0;  // of all songs of a whole campaign
    bool off = false;    // the family has no such row
    std::string about;   // what the row measures
    bool passes(double value) const { return value >= low - 1e-9 && value <= high + 1e-9; }
};

struct GenreFacts {
    std::string family;
    bool pumps = false;            // the kick pushes the band down
    std::vector<double> tonal_db;  // octave bands 63 Hz ... 8 kHz, power density, relative
};

class Ranges {
  public:
    // Throws std::runtime_error naming file and line.
    static Ranges read(const std::string& path);
    Gate gate(const std::string& genre, const std::string& row) const;
    const GenreFacts& genre(const std::string& id) const;
    const std::vector<std::string>& rows() const { return order_; }
    std::vector<std::string> genres() const;

  private:
    std::vector<std::string> order_;
    std::map<std::string, Gate> base_;
    std::map<std::string, std::map<std::string, Gate>> families_, own_;
    std::map<std::string, GenreFacts> genres_;
};

}  // namespace mmx::acceptance
