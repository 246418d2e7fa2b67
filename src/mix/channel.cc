#include "mix/channel.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/maths.h"
#include "mix/vocals.h"
#include "style/instruments.h"

namespace mmx::mix {
namespace {

using music::Role;

// What an engineer does to a family of instruments in every genre, before the style's own settings.
struct Habit {
    std::string_view family;
    double reverb_db;  // added to the send
    style::EqBand
        in_a_band;    // makes room where the families crowd; left out when the part plays nearly alone
    double shelf_db;  // at 7 kHz
};
constexpr std::array<Habit, 13> kHabits = {{
    {"keys", 0, {280, -1.5, 0.9}, 0},  // left hands and bass meet here
    {"mallets", 1, {500, -1.0, 1.0}, 0},
    {"organ", 0, {450, -2.0, 0.8}, -1},    // drawbars fill every gap
    {"guitar", 0, {230, -2.0, 0.9}, 0.5},  // body boom
    {"bass", 0, {260, -1.5, 0.9}, 0},
    {"strings", 2, {350, -1.0, 0.8}, -1},  // sampled bows are harsh on top
    {"choir", 2.5, {400, -1.5, 0.8}, 0},
    {"brass", 1, {900, -1.0, 0.9}, -0.5},
    {"reeds", 1, {700, -1.0, 0.9}, -0.5},
    {"flutes", 1.5, {2500, -1.0, 1.0}, 0},
    {"synth", 0, {320, -1.5, 0.8}, 0},
    {"plucked", 1, {300, -1.0, 0.9}, 0},
    {"percussion", 1, {400, -1.5, 0.9}, 0},
}};

const Habit* habit_of(const music::Part& part) {
    const style::Instrument* instrument = style::find_instrument(part.instrument);
    if (instrument == nullptr) return nullptr;
    for (const Habit& habit : kHabits)
        if (habit.family == instrument->family) return &habit;
    return nullptr;
}

bool pitched(Role role) {
    return role != Role::drums && role != Role::percussion && role != Role::effects;
}

// Frequency below which only a twentieth of the part's notes lie.
double lowest_hertz(const music::Part& part) {
    std::vector<int> pitches;
    for (const music::Note& note : part.notes) pitches.push_back(note.pitch);
    if (pitches.empty()) return 40;
    const auto low = pitches.begin() + static_cast<std::ptrdiff_t>(pitches.size() / 20);
    std::ranges::nth_element(pitches, low);
    return base::midi_to_hertz(*low);
}

void add_to_send(double& send_db, double db) {
    if (send_db > -60) send_db = std::min(send_db + db, 3.0);
}

style::EqBand together(style::EqBand a, double db) {
    return {a.hertz, std::clamp(a.db + db, -18.0, 12.0), a.q};
}

// Production words, for one channel.
void produce(style::ChannelStyle& channel, Role role, const music::Production& words) {
    const bool low = role == Role::bass || role == Role::drums;
    add_to_send(channel.reverb_db, 6 * words.reverb - 9 * words.dry);
    add_to_send(channel.delay_db, -6 * words.dry);
    if (words.delay > 0 && !low && role != Role::pad && role != Role::percussion)
        channel.delay_db = std::max(channel.delay_db, -22.0) + 8 * words.delay;
    if (words.delay > 0.5) channel.throw_db = std::max(channel.throw_db, -6.0);
    if (words.lofi > 0) {
        // Old samplers and tape: nothing above 13 down to 7 kHz, a little grit.
        const double top = 16000 * base::exp2(-1.2 * words.lofi);
        channel.low_pass = channel.low_pass > 0 ? std::min(channel.low_pass, top) : top;
        channel.high_pass = std::max(channel.high_pass, low ? 36.0 : 60 + 60 * words.lofi);
        channel.drive = std::min(1.0, channel.drive + 0.2 * words.lofi);
    }
    channel.drive = std::min(1.0, channel.drive + 0.1 * words.warmth + (low ? 0.25 : 0.5) * words.distortion);
    if (!low) {
        channel.width = std::min(1.5, channel.width + 0.25 * words.width);
        if (role != Role::lead) channel.spread = std::min(1.0, channel.spread + 0.3 * words.width);
    }
    const bool pumped =
        role == Role::bass || role == Role::pad || role == Role::chords || role == Role::arpeggio;
    if (pumped) channel.duck = std::max(channel.duck, words.pump);
}

// An instrument that leads elsewhere steps back where somebody sings.
constexpr double kLeadBesideWordsDb = 3;

double power(double db) {
    return base::exp2(db * 0.33219280948873623);
}

void set_levels(const music::Score& score, const music::Plan& plan, const style::MixStyle& mix,
                std::vector<Channel>& channels) {
    std::array<int, 9> players{};
    for (const music::Part& part : score.parts) ++players[static_cast<std::size_t>(part.role)];
    double lead = 0, backing = 0;
    std::vector<double> levels;
    for (std::size_t i = 0; i < score.parts.size(); ++i) {
        const music::Part& part = score.parts[i];
        // Several players of a role share its place: two each 2.4 dB down, three 3.8.
        const int sharing = players[static_cast<std::size_t>(part.role)];
        double level = channels[i].style.level_db - 8 * base::log10(sharing);
        // Who asks for an instrument listens for it.
        const bool asked =
            std::ranges::any_of(plan.instruments, [&](const auto& a) { return a.id == part.instrument; });
        if (asked && part.role != Role::lead) level = std::max(level + 2, -11.0);
        if (!score.vocals.empty() && part.role == Role::lead) level -= kLeadBesideWordsDb;
        levels.push_back(level);
        (part.role == Role::lead ? lead : backing) += power(level);
    }
    // The melody stays in front: if the others together are too loud, they all go down alike.
    const double excess = score.vocals.empty() && lead > 0 && backing > 0
                              ? 10 * base::log10(backing / lead) - mix.lead_margin_db
                              : 0;
    double all = 0;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        if (score.parts[i].role != Role::lead && excess > 0) levels[i] -= excess;
        all += power(levels[i]);
    }
    // Who sings stands against all others together.
    const double words = (all > 0 ? 10 * base::log10(all) : 0) + mix.vocals.level_db;
    double behind = 0;
    for (const music::VocalPart& singer : score.vocals) behind += singer.backing ? 1 : 0;
    for (const music::VocalPart& singer : score.vocals) {
        const double below = singer.backing ? mix.vocals.backing_db - 5 * base::log10(behind) : 0;
        levels.push_back(words + below);
        all += power(levels.back());
    }
    const double shift = all > 0 ? kPremasterLufs - 10 * base::log10(all) : 0;
    for (std::size_t i = 0; i < levels.size(); ++i) channels[i].target_lufs = levels[i] + shift;
}

}  // namespace

double tilt_of(const music::Production& words) {
    return 0.35 * (words.brightness - words.warmth);
}

Console set_console(const music::Score& score, const music::Plan& plan, const style::Style& style) {
    const style::MixStyle& mix = style.mix;
    const music::Production& words = plan.production;
    Console console;
    console.tilt_db_per_octave = std::clamp(mix.tilt_db_per_octave + tilt_of(words), -1.0, 1.0);
    console.reverb = mix.reverb;
    console.reverb.seconds =
        std::clamp(mix.reverb.seconds * (1 + 0.8 * words.reverb) * (1 - 0.4 * words.dry), 0.2, 12.0);
    console.reverb.width = std::min(1.0, mix.reverb.width + 0.1 * words.width);
    console.delay = mix.delay;
    console.delay.feedback = std::min(0.8, mix.delay.feedback + 0.15 * words.delay);
    console.pump = mix.pump;
    console.pump.depth_db = std::max(mix.pump.depth_db, 5 * words.pump);
    console.automation = mix.automation;

    const bool has_bass =
        std::ranges::any_of(score.parts, [](const auto& part) { return part.role == Role::bass; });
    const bool nearly_alone = score.parts.size() <= 2;
    for (const music::Part& part : score.parts) {
        Channel channel;
        channel.style = mix.channel(part.role);
        channel.pan = std::clamp(part.pan, -1.0, 1.0);
        if (part.role == Role::bass) channel.pan = 0;  // below 120 Hz nothing has a side
        if (const Habit* habit = habit_of(part); habit != nullptr && part.role != Role::drums) {
            add_to_send(channel.style.reverb_db, habit->reverb_db);
            if (!nearly_alone && channel.style.peaks.size() < 2)
                channel.style.peaks.push_back(habit->in_a_band);
            if (habit->shelf_db != 0)
                channel.style.high_shelf = together(channel.style.high_shelf, habit->shelf_db);
        }
        produce(channel.style, part.role, words);
        // A high-pass makes room for the bass; where there is none, or for a melody, it stays below the
        // lowest notes.
        const bool gives_way =
            has_bass && (part.role == Role::chords || part.role == Role::pad || part.role == Role::arpeggio);
        if (pitched(part.role) && !gives_way)
            channel.style.high_pass = std::min(channel.style.high_pass, 0.7 * lowest_hertz(part));
        if (!score.vocals.empty()) {
            channel.under_words_db = under_words_db(part.role, mix.vocals);
            channel.style.peaks.push_back(room_for_words(part.role, mix.vocals));
        }
        console.channels.push_back(std::move(channel));
    }
    for (const music::VocalPart& singer : score.vocals) {
        Channel channel = vocal_channel(singer, mix);
        add_to_send(channel.plate_db, 6 * words.reverb - 9 * words.dry);
        produce(channel.style, Role::lead, words);
        channel.style.high_pass = std::min(channel.style.high_pass, 0.7 * lowest_hertz(as_part(singer)));
        console.channels.push_back(std::move(channel));
    }
    console.plate = vocal_plate(mix);
    console.plate.seconds =
        std::clamp(console.plate.seconds * (1 + 0.8 * words.reverb) * (1 - 0.4 * words.dry), 0.2, 12.0);
    set_levels(score, plan, mix, console.channels);
    return console;
}

}  // namespace mmx::mix
