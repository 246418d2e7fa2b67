// A measurement in words and as JSON.
#include <cstdio>
#include <nlohmann/json.hpp>

#include "master/measure.h"

namespace mmx::master {
namespace {

// Figures are read by people as well: no more digits than mean something.
double rounded(double value, int digits) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    const double read = std::stod(text);
    return read == 0 ? 0.0 : read;  // no minus zero
}

std::string row(const char* name, double value, int digits, const char* unit) {
    char text[128];
    std::snprintf(text, sizeof text, "%-22s %9.*f %s\n", name, digits, value, unit);
    return text;
}

}  // namespace

std::string to_json(const Measurement& m) {
    nlohmann::ordered_json json;
    json["duration_seconds"] = rounded(m.duration_seconds, 6);
    json["sample_rate"] = m.sample_rate;
    json["channels"] = m.channels;
    json["loudness"] = {{"integrated_lufs", rounded(m.loudness.integrated_lufs, 2)},
                        {"max_momentary_lufs", rounded(m.loudness.max_momentary_lufs, 2)},
                        {"max_short_term_lufs", rounded(m.loudness.max_short_term_lufs, 2)},
                        {"range_lu", rounded(m.loudness.range_lu, 2)},
                        {"true_peak_dbtp", rounded(m.loudness.true_peak_dbtp, 2)},
                        {"sample_peak_dbfs", rounded(m.loudness.sample_peak_dbfs, 2)}};
    json["dc_left"] = rounded(m.dc_left, 7);
    json["dc_right"] = rounded(m.dc_right, 7);
    json["correlation"] = rounded(m.correlation, 4);
    json["bass_correlation"] = rounded(m.bass_correlation, 4);
    json["crest_factor_db"] = rounded(m.crest_factor_db, 2);
    json["clipped_samples"] = m.clipped_samples;
    json["not_numbers"] = m.not_numbers;
    json["silences"] = nlohmann::ordered_json::array();
    for (const Span& span : m.silences) {
        json["silences"].push_back({{"start_seconds", rounded(span.start_seconds, 3)},
                                    {"end_seconds", rounded(span.end_seconds, 3)}});
    }
    json["bands"] = nlohmann::ordered_json::array();
    for (const Band& band : m.bands)
        json["bands"].push_back({{"hertz", band.hertz}, {"level_db", rounded(band.level_db, 2)}});
    return json.dump(2);
}

std::string to_text(const Measurement& m) {
    std::string text;
    text += row("Duration", m.duration_seconds, 2, "s");
    text += row("Sample rate", m.sample_rate, 0, "Hz");
    text += row("Channels", m.channels, 0, m.channels == 1 ? "(both sides are equal)" : "");
    text += row("Loudness", m.loudness.integrated_lufs, 1, "LUFS integrated");
    text += row("  loudest 3 s", m.loudness.max_short_term_lufs, 1, "LUFS");
    text += row("  loudest 400 ms", m.loudness.max_momentary_lufs, 1, "LUFS");
    text += row("Loudness range", m.loudness.range_lu, 1, "LU");
    text += row("True peak", m.loudness.true_peak_dbtp, 2, "dBTP");
    text += row("Sample peak", m.loudness.sample_peak_dbfs, 2, "dBFS");
    text += row("Crest factor", m.crest_factor_db, 1, "dB");
    text += row("Correlation", m.correlation, 2, "");
    text += row("  below 120 Hz", m.bass_correlation, 2, "");
    text += row("DC left", 100 * m.dc_left, 4, "% of full scale");
    text += row("DC right", 100 * m.dc_right, 4, "% of full scale");
    text += row("Clipped samples", static_cast<double>(m.clipped_samples), 0, "");
    if (m.not_numbers > 0) text += row("Not numbers", static_cast<double>(m.not_numbers), 0, "samples");
    for (const Span& span : m.silences) {
        char line[96];
        std::snprintf(line, sizeof line, "%-22s %9.2f to %.2f s\n", "Silence", span.start_seconds,
                      span.end_seconds);
        text += line;
    }
    if (!m.bands.empty()) text += "Spectrum in thirds of an octave (dB)\n";
    for (const Band& band : m.bands) {
        char line[96];
        // One mark for two decibels above -90.
        const int marks = band.level_db > -90 ? static_cast<int>((band.level_db + 90) / 2) : 0;
        std::snprintf(line, sizeof line, "%8g Hz %8.1f ", band.hertz, band.level_db);
        text += line + std::string(static_cast<std::size_t>(std::min(marks, 48)), '=') + "\n";
    }
    return text;
}

}  // namespace mmx::master
