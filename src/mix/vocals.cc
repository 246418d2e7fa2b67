#include "mix/vocals.h"

#include <algorithm>
#include <array>

#include "base/maths.h"
#include "mix/pump.h"

namespace mmx::mix {

music::Part as_part(const music::VocalPart& singer) {
    music::Part part;
    part.id = singer.id;
    part.name = singer.name;
    part.role = music::Role::lead;
    part.pan = singer.pan;
    for (const music::SungLine& line : singer.lines)
        for (const music::SungSyllable& syllable : line.syllables)
            for (const music::SungNote& note : syllable.notes)
                part.notes.push_back(
                    {note.start, note.length, note.pitch, note.velocity, music::Articulation::normal});
    return part;
}

Curve words_of(const music::Score& score, int sample_rate) {
    Curve words;
    if (score.vocals.empty()) return words;
    const std::int64_t ease = sample_rate / 8, breath = sample_rate * 7 / 10;
    std::int64_t from = -1, to = -1;
    const auto close = [&] {
        if (from < 0) return;
        words.glide(std::max<std::int64_t>(from - ease, 0), from, 1);
        words.glide(to, to + 3 * ease, 0);
    };
    for (const music::Note& note : as_part(score.vocals.front()).notes) {
        const std::int64_t start = frame_at(score, note.start, sample_rate);
        const std::int64_t end = frame_at(score, note.start + note.length, sample_rate);
        if (from < 0 || start > to + breath) {
            close();
            from = start;
            to = end;
        }
        to = std::max(to, end);
    }
    close();
    return words;
}

namespace {

// A man's voice has most of its power below 500 Hz: where words are understood it is weaker than a woman's.
constexpr int kLowVoice = 58;  // MIDI
constexpr double kLowVoicePresenceDb = 4.5;

bool sings_low(const music::VocalPart& singer) {
    double sum = 0, notes = 0;
    for (const music::Note& note : as_part(singer).notes) sum += note.pitch, notes += 1;
    return notes > 0 && sum / notes < kLowVoice;
}

}  // namespace

Channel vocal_channel(const music::VocalPart& singer, const style::MixStyle& mix) {
    const style::VocalStyle& vocals = mix.vocals;
    Channel channel;
    style::ChannelStyle& c = channel.style;
    c.high_pass = 90;
    const double presence_db = vocals.presence_db + (sings_low(singer) ? kLowVoicePresenceDb : 0);
    c.peaks = {{300, -2, 0.9}, {3200, presence_db, 0.8}};
    c.high_shelf = {9000, vocals.air_db, 1};
    c.compress = vocals.compress;
    c.attack_ms = 6;
    c.release_ms = 120;
    c.drive = vocals.drive;
    c.reverb_db = -60;  // a plate of their own
    c.delay_db = vocals.delay_db;
    c.throw_db = singer.backing ? -60 : mix.channel(music::Role::lead).throw_db;
    if (singer.backing) {
        c.high_pass = 140;
        c.peaks = {{300, -3, 0.9}, {3200, presence_db - 3, 0.8}};
        c.spread = 0.35;
        c.delay_db = -60;
    }
    channel.plate_db = std::min(vocals.reverb_db + (singer.backing ? 3 : 0), 0.0);
    channel.pan = std::clamp(singer.pan, -1.0, 1.0);
    channel.singer = true;
    return channel;
}

style::ReverbStyle vocal_plate(const style::MixStyle& mix) {
    style::ReverbStyle plate;
    plate.kind = style::ReverbKind::plate;
    plate.seconds = mix.vocals.reverb_seconds;
    plate.pre_delay_ms = 35;  // the word first, then its room
    plate.size = 0.5;
    plate.damping_hz = 7000;
    plate.low_cut = 250;
    plate.high_cut = 11000;
    return plate;
}

double under_words_db(music::Role role, const style::VocalStyle& vocals) {
    switch (role) {
        case music::Role::bass:
        case music::Role::drums:
            return 0.3 * vocals.duck_db;
        case music::Role::effects:
            return 0;
        default:
            return vocals.duck_db;
    }
}

style::EqBand room_for_words(music::Role role, const style::VocalStyle& vocals) {
    switch (role) {
        case music::Role::bass:
        case music::Role::effects:
            return {2200, 0, 0.6};
        case music::Role::drums:
        case music::Role::percussion:
            return {2200, -0.4 * vocals.room_db, 0.6};
        default:
            return {2200, -vocals.room_db, 0.6};
    }
}

namespace {
constexpr double kHissBelowVowelsDb = 8;  // nearer than this is held back
constexpr double kShare = 0.8, kMostHelpDb = 9;
}  // namespace

DeEsser::DeEsser(int sample_rate) {
    // Linkwitz and Riley's crossover: each side a Butterworth filter twice, so both stay in phase with each
    // other and what is taken from the one is missing in the sum.
    constexpr double kHertz = 5500, kButterworth = 0.70710678118654752;
    const auto below = audio::low_pass(kHertz, kButterworth, sample_rate),
               above = audio::high_pass(kHertz, kButterworth, sample_rate);
    low_ = audio::StereoCascade(std::array{below, below});
    high_ = audio::StereoCascade(std::array{above, above});
    const double blocks_a_second = static_cast<double>(sample_rate) / kBlock;
    fall_ = base::exp(-1 / (0.8 * blocks_a_second));
    hold_ = base::exp(-1 / (0.004 * blocks_a_second));
    open_ = base::exp(-1 / (0.03 * blocks_a_second));
}

void DeEsser::turn_grid() {
    const double all = all_ / (2 * kBlock), hiss = hiss_ / (2 * kBlock);
    all_ = hiss_ = 0;
    // What is mostly hiss does not count as a vowel.
    const double voiced = std::max(all - 2 * hiss, 0.0);
    vowels_ = voiced > vowels_ ? voiced + (vowels_ - voiced) * hold_ : voiced + (vowels_ - voiced) * fall_;
    const double above =
        10 * base::log10(std::max(hiss, 1e-12) / std::max(vowels_, 1e-9)) + kHissBelowVowelsDb;
    const double wanted = vowels_ > 1e-7 ? std::clamp(kShare * above, 0.0, kMostHelpDb) : 0;
    const double keep = wanted > reduction_db_ ? hold_ : open_;
    reduction_db_ = wanted + (reduction_db_ - wanted) * keep;
    gain_from_ = gain_to_;
    gain_to_ = base::decibels_to_gain(-reduction_db_);
}

void DeEsser::process(audio::StereoView audio) {
    std::array<audio::Frame2, kBlock> low, high;
    for (std::size_t first = 0; first < audio.frames();) {
        const std::size_t count = std::min(kBlock - at_, audio.frames() - first);
        const audio::StereoView part = audio.part(first, count);
        audio::interleave(part, 1, low.data());
        std::copy_n(low.begin(), count, high.begin());
        low_.process(std::span(low).first(count));
        high_.process(std::span(high).first(count));
        for (std::size_t i = 0; i < count; ++i) {
            const audio::Frame2 all = low[i] + high[i], a = all * all, h = high[i] * high[i];
            all_ += a[0] + a[1];
            hiss_ += h[0] + h[1];
            const double gain = gain_from_ + (gain_to_ - gain_from_) / kBlock * static_cast<double>(at_ + i);
            low[i] += high[i] * gain;
        }
        audio::deinterleave(low.data(), part);
        at_ += count;
        if (at_ == kBlock) {
            at_ = 0;
            turn_grid();
        }
        first += count;
    }
}

}  // namespace mmx::mix
