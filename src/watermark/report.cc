#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "watermark/detect.h"

namespace mmx::watermark {
namespace {

using Json = nlohmann::ordered_json;

Json spans_json(const std::vector<Span>& spans) {
    Json list = Json::array();
    for (const Span& span : spans)
        list.push_back({{"start_seconds", span.start_seconds}, {"end_seconds", span.end_seconds}});
    return list;
}

Json layer_json(const LayerReport& layer) {
    return {{"found", layer.found()}, {"p_value", layer.p_value}, {"spans", spans_json(layer.spans)}};
}

std::string clock(double seconds) {
    const int tenths = static_cast<int>(seconds * 10 + 0.5);
    return fmt::format("{}:{:02}.{}", tenths / 600, tenths / 10 % 60, tenths % 10);
}

std::string layers_text(const FoundMark& mark) {
    std::string text;
    const auto add = [&](const char* name, const LayerReport& layer) {
        if (layer.found())
            text += fmt::format("{}{} (p {:.0e})", text.empty() ? "" : ", ", name, layer.p_value);
    };
    add("in-band", mark.in_band);
    add("18.0-18.7 kHz", mark.ultrasonic_low);
    add("18.7-20.0 kHz", mark.ultrasonic_high);
    return text;
}

bool is_silent(const Detection& detection) {
    return detection.silent_seconds >= 0.98 * detection.seconds;
}

}  // namespace

std::string to_json(const Detection& detection) {
    Json json = {{"duration_seconds", detection.seconds},
                 {"silent_seconds", detection.silent_seconds},
                 {"silent", is_silent(detection)},
                 {"marks", Json::array()}};
    for (const FoundMark& mark : detection.marks)
        json["marks"].push_back({{"id", id_text(mark.id)},
                                 {"tag_verifies", mark.tag_verifies},
                                 {"key_epoch", mark.epoch},
                                 {"speed", mark.speed},
                                 {"pitch_cents", mark.pitch_cents},
                                 {"spans", spans_json(mark.spans)},
                                 {"layers",
                                  {{"in_band", layer_json(mark.in_band)},
                                   {"ultrasonic_low", layer_json(mark.ultrasonic_low)},
                                   {"ultrasonic_high", layer_json(mark.ultrasonic_high)}}}});
    return json.dump(2);
}

std::string to_text(const Detection& detection) {
    if (detection.marks.empty())
        return is_silent(detection) ? "no mark found: the file is silent, and silence bears no mark"
                                    : "no mark found";
    std::string text;
    for (const FoundMark& mark : detection.marks) {
        if (!text.empty()) text += '\n';
        text += fmt::format("mark {}  tag verifies, key epoch {}\n", id_text(mark.id), mark.epoch);
        text += "  read from  " + layers_text(mark) + '\n';
        text += "  heard at  ";
        for (const Span& span : mark.spans)
            text += fmt::format(" {} to {}", clock(span.start_seconds), clock(span.end_seconds));
        text += '\n';
        if (mark.speed != 1 || mark.pitch_cents != 0)
            text += fmt::format("  changed    speed x {:.4f}, pitch {:+.0f} cents\n", mark.speed,
                                mark.pitch_cents);
    }
    if (detection.silent_seconds > 0.5)
        text +=
            fmt::format("{:.1f} s of the file are silent; silence bears no mark\n", detection.silent_seconds);
    text.pop_back();
    return text;
}

}  // namespace mmx::watermark
