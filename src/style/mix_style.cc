#include "style/mix_style.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "style/toml_reader.h"

namespace mmx::style {
namespace {

using music::Role;

constexpr std::array<Role, 9> kRoles = {Role::lead,  Role::counter,    Role::chords,
                                        Role::pad,   Role::arpeggio,   Role::bass,
                                        Role::drums, Role::percussion, Role::effects};

// A misspelt key would silently keep its default, so keys outside the list are errors.
base::Status only_keys(const toml::table& table, std::initializer_list<std::string_view> known) {
    for (const auto& [key, node] : table) {
        bool found = false;
        for (const std::string_view name : known) found = found || key.str() == name;
        if (!found) return style_error(node, key.str(), "is not a key of this table");
    }
    return {};
}

base::Result<const toml::table*> read_table(const toml::table& parent, std::string_view key) {
    const auto* node = parent.get(key);
    if (node == nullptr) return nullptr;
    if (!node->is_table()) return style_error(*node, key, "must be a table");
    return node->as_table();
}

// [hertz, db] for a shelf, [hertz, db, q] for a peak.
base::Result<EqBand> read_band(const toml::table& table, std::string_view key, EqBand otherwise) {
    const auto numbers = TRY(read_numbers(table, key, -24, 20000));
    if (numbers.empty()) return otherwise;
    if (numbers.size() != 2) return style_error(*table.get(key), key, "must be [hertz, decibels]");
    if (numbers[0] < 20 || numbers[1] > 12 || numbers[1] < -18)
        return style_error(*table.get(key), key, "must be 20 to 20000 Hz, -18 to 12 dB");
    return EqBand{numbers[0], numbers[1], 1};
}

base::Result<std::vector<EqBand>> read_peaks(const toml::table& table, std::vector<EqBand> otherwise) {
    const auto* node = table.get("peaks");
    if (node == nullptr) return otherwise;
    const auto problem = [&] {
        return style_error(*node, "peaks", "must be at most two [hertz, decibels, q]");
    };
    if (!node->is_array() || node->as_array()->size() > 2) return problem();
    std::vector<EqBand> peaks;
    for (const auto& item : *node->as_array()) {
        if (!item.is_array() || item.as_array()->size() != 3) return problem();
        std::array<double, 3> numbers{};
        for (std::size_t i = 0; i < 3; ++i) {
            const auto value = item.as_array()->get(i)->value<double>();
            if (!value) return problem();
            numbers[i] = *value;
        }
        if (numbers[0] < 20 || numbers[0] > 20000 || numbers[1] < -18 || numbers[1] > 12 ||
            numbers[2] < 0.2 || numbers[2] > 12)
            return problem();
        peaks.push_back({numbers[0], numbers[1], numbers[2]});
    }
    return peaks;
}

base::Result<ChannelStyle> read_channel(const toml::table& table, ChannelStyle channel) {
    TRY_VOID(only_keys(table, {"level_db", "high_pass", "low_pass", "low_shelf", "high_shelf", "peaks",
                               "compress", "attack_ms", "release_ms", "drive", "width", "spread", "reverb_db",
                               "delay_db", "duck", "throw_db"}));
    channel.level_db = TRY(read_number(table, "level_db", -20, 6, channel.level_db));
    channel.high_pass = TRY(read_number(table, "high_pass", 0, 2000, channel.high_pass));
    channel.low_pass = TRY(read_number(table, "low_pass", 0, 20000, channel.low_pass));
    channel.low_shelf = TRY(read_band(table, "low_shelf", channel.low_shelf));
    channel.high_shelf = TRY(read_band(table, "high_shelf", channel.high_shelf));
    channel.peaks = TRY(read_peaks(table, channel.peaks));
    channel.compress = TRY(read_number(table, "compress", 0, 1, channel.compress));
    channel.attack_ms = TRY(read_number(table, "attack_ms", 1, 200, channel.attack_ms));
    channel.release_ms = TRY(read_number(table, "release_ms", 20, 2000, channel.release_ms));
    channel.drive = TRY(read_number(table, "drive", 0, 1, channel.drive));
    channel.width = TRY(read_number(table, "width", 0, 1.5, channel.width));
    channel.spread = TRY(read_number(table, "spread", 0, 1, channel.spread));
    channel.reverb_db = TRY(read_number(table, "reverb_db", -60, 6, channel.reverb_db));
    channel.delay_db = TRY(read_number(table, "delay_db", -60, 6, channel.delay_db));
    channel.duck = TRY(read_number(table, "duck", 0, 1, channel.duck));
    channel.throw_db = TRY(read_number(table, "throw_db", -60, 6, channel.throw_db));
    return channel;
}

template <class T>
base::Result<T> read_choice(const toml::table& table, std::string_view key,
                            std::initializer_list<std::pair<std::string_view, T>> choices, T otherwise) {
    if (table.get(key) == nullptr) return otherwise;
    const std::string text = TRY(read_text(table, key));
    std::string names;
    for (const auto& [name, value] : choices) {
        if (text == name) return value;
        names += names.empty() ? "" : ", ";
        names += name;
    }
    return style_error(*table.get(key), key, "must be one of " + names);
}

base::Result<ReverbStyle> read_reverb(const toml::table& table) {
    ReverbStyle reverb;
    TRY_VOID(only_keys(table, {"kind", "seconds", "pre_delay_ms", "size", "damping_hz", "low_cut", "high_cut",
                               "early_db", "modulation", "width"}));
    reverb.kind = TRY(read_choice<ReverbKind>(table, "kind",
                                              {{"room", ReverbKind::room},
                                               {"plate", ReverbKind::plate},
                                               {"hall", ReverbKind::hall},
                                               {"spring", ReverbKind::spring}},
                                              reverb.kind));
    reverb.seconds = TRY(read_number(table, "seconds", 0.2, 12, reverb.seconds));
    reverb.pre_delay_ms = TRY(read_number(table, "pre_delay_ms", 0, 120, reverb.pre_delay_ms));
    reverb.size = TRY(read_number(table, "size", 0, 1, reverb.size));
    reverb.damping_hz = TRY(read_number(table, "damping_hz", 1500, 16000, reverb.damping_hz));
    reverb.low_cut = TRY(read_number(table, "low_cut", 20, 800, reverb.low_cut));
    reverb.high_cut = TRY(read_number(table, "high_cut", 2000, 20000, reverb.high_cut));
    reverb.early_db = TRY(read_number(table, "early_db", -60, 6, reverb.early_db));
    reverb.modulation = TRY(read_number(table, "modulation", 0, 1, reverb.modulation));
    reverb.width = TRY(read_number(table, "width", 0, 1, reverb.width));
    return reverb;
}

base::Result<DelayStyle> read_delay(const toml::table& table) {
    DelayStyle delay;
    TRY_VOID(
        only_keys(table, {"beats", "feedback", "low_cut", "high_cut", "drive", "ping_pong", "reverb_db"}));
    delay.beats = TRY(read_number(table, "beats", 0.125, 4, delay.beats));
    delay.feedback = TRY(read_number(table, "feedback", 0, 0.85, delay.feedback));
    delay.low_cut = TRY(read_number(table, "low_cut", 20, 2000, delay.low_cut));
    delay.high_cut = TRY(read_number(table, "high_cut", 1000, 20000, delay.high_cut));
    delay.drive = TRY(read_number(table, "drive", 0, 1, delay.drive));
    delay.ping_pong = TRY(read_flag(table, "ping_pong", delay.ping_pong));
    delay.reverb_db = TRY(read_number(table, "reverb_db", -60, 6, delay.reverb_db));
    return delay;
}

base::Result<PumpStyle> read_pump(const toml::table& table) {
    PumpStyle pump;
    TRY_VOID(only_keys(table, {"depth_db", "release_beats", "returns"}));
    pump.depth_db = TRY(read_number(table, "depth_db", 0, 6, pump.depth_db));
    pump.release_beats = TRY(read_number(table, "release_beats", 0.1, 2, pump.release_beats));
    pump.returns = TRY(read_number(table, "returns", 0, 1, pump.returns));
    return pump;
}

base::Result<VocalStyle> read_vocals(const toml::table& table) {
    VocalStyle vocals;
    TRY_VOID(only_keys(table, {"level_db", "backing_db", "presence_db", "air_db", "compress", "drive",
                               "reverb_db", "reverb_seconds", "delay_db", "duck_db", "room_db"}));
    vocals.level_db = TRY(read_number(table, "level_db", -6, 8, vocals.level_db));
    vocals.backing_db = TRY(read_number(table, "backing_db", -12, 0, vocals.backing_db));
    vocals.presence_db = TRY(read_number(table, "presence_db", -3, 6, vocals.presence_db));
    vocals.air_db = TRY(read_number(table, "air_db", -6, 6, vocals.air_db));
    vocals.compress = TRY(read_number(table, "compress", 0, 1, vocals.compress));
    vocals.drive = TRY(read_number(table, "drive", 0, 1, vocals.drive));
    vocals.reverb_db = TRY(read_number(table, "reverb_db", -60, 0, vocals.reverb_db));
    vocals.reverb_seconds = TRY(read_number(table, "reverb_seconds", 0.2, 8, vocals.reverb_seconds));
    vocals.delay_db = TRY(read_number(table, "delay_db", -60, 0, vocals.delay_db));
    vocals.duck_db = TRY(read_number(table, "duck_db", 0, 4, vocals.duck_db));
    vocals.room_db = TRY(read_number(table, "room_db", 0, 6, vocals.room_db));
    return vocals;
}

base::Result<AutomationStyle> read_automation(const toml::table& table) {
    AutomationStyle automation;
    TRY_VOID(only_keys(table,
                       {"lift_db", "brightness_db", "width", "ride_from_db", "ride", "build", "breakdown"}));
    const std::initializer_list<std::pair<std::string_view, Sweep>> sweeps = {
        {"none", Sweep::none}, {"high-pass", Sweep::high_pass}, {"low-pass", Sweep::low_pass}};
    automation.lift_db = TRY(read_number(table, "lift_db", 0, 4, automation.lift_db));
    automation.brightness_db = TRY(read_number(table, "brightness_db", 0, 4, automation.brightness_db));
    automation.width = TRY(read_number(table, "width", 0, 0.4, automation.width));
    automation.ride_from_db = TRY(read_number(table, "ride_from_db", 0, 20, automation.ride_from_db));
    automation.ride = TRY(read_number(table, "ride", 0, 1, automation.ride));
    automation.build = TRY(read_choice<Sweep>(table, "build", sweeps, automation.build));
    automation.breakdown = TRY(read_choice<Sweep>(table, "breakdown", sweeps, automation.breakdown));
    return automation;
}

}  // namespace

ChannelStyle default_channel(music::Role role) {
    ChannelStyle channel;
    switch (role) {
        case Role::lead:
            channel.high_pass = 90;
            channel.compress = 0.4;
            break;
        case Role::counter:
            channel.level_db = -6;
            channel.high_pass = 110;
            channel.compress = 0.3;
            break;
        case Role::chords:
            channel.level_db = -5;
            channel.high_pass = 110;
            channel.compress = 0.3;
            break;
        case Role::pad:
            channel.level_db = -10;
            channel.high_pass = 150;
            channel.spread = 0.4;
            break;
        case Role::arpeggio:
            channel.level_db = -9;
            channel.high_pass = 160;
            channel.spread = 0.3;
            break;
        case Role::bass:
            channel.level_db = -5;
            channel.high_pass = 32;  // below the lowest E: only rumble
            channel.width = 0;
            channel.compress = 0.6;
            channel.attack_ms = 25;  // the pluck passes
            break;
        case Role::drums:
            channel.level_db = -3;
            channel.high_pass = 28;
            channel.compress = 0.4;
            channel.attack_ms = 30;  // transients pass, the bodies are held
            channel.release_ms = 120;
            break;
        case Role::percussion:
            channel.level_db = -12;
            channel.high_pass = 150;
            channel.compress = 0.2;
            break;
        case Role::effects:
            channel.level_db = -12;
            channel.high_pass = 60;
            break;
    }
    return channel;
}

base::Result<MixStyle> read_mix_style(const toml::table& table) {
    MixStyle mix;
    TRY_VOID(only_keys(table, {"tilt_db_per_octave", "tonal_curve_db", "lead_margin_db", "strip", "reverb",
                               "delay", "pump", "automation", "vocals"}));
    mix.tilt_db_per_octave = TRY(read_number(table, "tilt_db_per_octave", -1, 1, 0));
    if (const auto* node = table.get("tonal_curve_db"); node != nullptr) {
        const std::vector<double> curve = TRY(read_numbers(table, "tonal_curve_db", -60, 12));
        if (curve.size() != kOctaves)
            return style_error(*node, "tonal_curve_db", "must be eight numbers, from 62.5 Hz to 8 kHz");
        std::ranges::copy(curve, mix.tonal_curve_db.emplace().begin());
    }
    mix.lead_margin_db = TRY(read_number(table, "lead_margin_db", -3, 5, mix.lead_margin_db));
    for (const Role role : kRoles) mix.channels[static_cast<std::size_t>(role)] = default_channel(role);
    if (const auto* strips = TRY(read_table(table, "strip"))) {
        for (const auto& [key, node] : *strips) {
            const Role* found = nullptr;
            for (const Role& role : kRoles)
                if (music::role_name(role) == key.str()) found = &role;
            if (found == nullptr || !node.is_table())
                return style_error(node, key.str(), "must be a table named after a role");
            ChannelStyle& channel = mix.channels[static_cast<std::size_t>(*found)];
            channel = TRY(read_channel(*node.as_table(), channel));
        }
    }
    if (const auto* reverb = TRY(read_table(table, "reverb"))) mix.reverb = TRY(read_reverb(*reverb));
    if (const auto* delay = TRY(read_table(table, "delay"))) mix.delay = TRY(read_delay(*delay));
    if (const auto* pump = TRY(read_table(table, "pump"))) mix.pump = TRY(read_pump(*pump));
    if (const auto* automation = TRY(read_table(table, "automation")))
        mix.automation = TRY(read_automation(*automation));
    if (const auto* vocals = TRY(read_table(table, "vocals"))) mix.vocals = TRY(read_vocals(*vocals));
    return mix;
}

}  // namespace mmx::style
