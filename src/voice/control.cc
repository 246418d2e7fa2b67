#include "voice/control.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/maths.h"

namespace mmx::voice {
namespace {

constexpr double kVowelDb = -23;            // mean power of a vowel sung at velocity 0.7
constexpr double kHissDb = kVowelDb - 3.5;  // of an s beside it
constexpr double kMostHissHelpDb = 3.5;     // more would lift what lies between a hiss and its vowel
constexpr double kHissRamp = 0.012;         // s in which a hiss comes to its level
constexpr double kLevelling =
    0.85;  // how far vowels are brought to one level; speech differs by 10 dB and more

struct Air {
    double floor, top, corner;
};

// How noisy each manner of phone is: vowels above 5 kHz, voiced fricatives from 1.8 kHz on.
Air air_of(const Phone& phone, double breath) {
    switch (phone.manner) {
        case Manner::fricative:
        case Manner::affricate:
            return phone.sibilant ? Air{0.10, 0.98, 0.85} : Air{0.08, 0.85, 0.85};
        case Manner::stop:
            return {0.05, 0.75, 1.0};
        case Manner::nasal:
            return {0.02 + 0.04 * breath, 0.5, 2.0};
        case Manner::aspirate:
            return {0.5, 0.95, 0.5};
        default:
            return {0.02 + 0.06 * breath, 0.45 + 0.4 * breath, 2.6 - 1.4 * breath};
    }
}

// A running mean over 2 * half + 1 points, ends held.
void smooth(std::vector<Control>& points, float Control::*member, int half) {
    const auto size = static_cast<int>(points.size());
    if (size == 0) return;
    const std::vector<Control> before = points;
    double sum = 0;
    const auto value = [&](int i) {
        return static_cast<double>(before[static_cast<std::size_t>(std::clamp(i, 0, size - 1))].*member);
    };
    for (int i = -half; i <= half; ++i) sum += value(i);
    for (int i = 0; i < size; ++i) {
        points[static_cast<std::size_t>(i)].*member = static_cast<float>(sum / (2 * half + 1));
        sum += value(i + half + 1) - value(i - half);
    }
}

// Decibels by which each vowel is to be raised, as points in time between which the gain moves in lines.
struct Levels {
    std::vector<double> seconds, db;
    double at(double t) const {
        if (seconds.empty()) return 0;
        const auto after = std::ranges::upper_bound(seconds, t);
        if (after == seconds.begin()) return db.front();
        if (after == seconds.end()) return db.back();
        const auto i = static_cast<std::size_t>(after - seconds.begin());
        const double part = (t - seconds[i - 1]) / std::max(seconds[i] - seconds[i - 1], 1e-6);
        return db[i - 1] + (db[i] - db[i - 1]) * part;
    }
};

double opening(double f0_hz, double first_formant_hz) {
    // A fundamental above the first formant leaves it nothing to ring with: the jaw opens.
    if (first_formant_hz <= 0) return 0;
    return std::clamp(base::log2(f0_hz * 1.02 / first_formant_hz), 0.0, 0.9);
}

}  // namespace

void cepstrum_at(const Spoken& spoken, double frame, float* cepstrum) {
    // The model's frames stand for their middles.
    const double place = std::clamp(frame - 0.5, 0.0, static_cast<double>(spoken.frames - 1));
    const auto first =
        std::min(static_cast<std::size_t>(place), static_cast<std::size_t>(std::max(spoken.frames - 2, 0)));
    const auto part = static_cast<float>(place - static_cast<double>(first));
    const float* a = &spoken.cepstra[first * kCoefficients];
    const float* b = spoken.frames > 1 ? a + kCoefficients : a;
    for (int m = 0; m < kCoefficients; ++m) cepstrum[m] = a[m] + (b[m] - a[m]) * part;
}

ControlTrack::ControlTrack(const Line& line, const Voice& voice, const Take& take, Vocoder& vocoder) {
    const LineTiming& timing = line.timing;
    const auto count = static_cast<std::size_t>((timing.end - timing.start) / kControlSeconds) + 2;
    points_.resize(count);
    const double formants = voice.throat.formants * take.formants;

    const auto note_of = [&](double seconds) -> const TimedNote& {
        std::size_t i = 0;
        while (i + 1 < line.notes.size() && line.notes[i + 1].start <= seconds) ++i;
        return line.notes[i];
    };
    const auto velocity_db = [](double velocity) {
        return std::clamp(12 * base::log10(std::max(velocity, 0.05) / 0.7), -9.0, 3.0);
    };

    // Vowels to one level: measured where each is held, at the pitch of its note. Head and tail rise and fall
    // as in speech: lifted for themselves they would drag what is held up with them.
    Levels levels;
    std::array<float, kCoefficients> cepstrum{};
    const std::span<const Stretch> stretches = timing.stretches;
    for (std::size_t first = 0, end = 0; first < stretches.size(); first = end) {
        while (end < stretches.size() && stretches[end].phone == stretches[first].phone) ++end;
        const TimedPhone& timed = timing.phones[static_cast<std::size_t>(stretches[first].phone)];
        if (!timed.nucleus) continue;
        const Stretch& held = *std::ranges::max_element(stretches.subspan(first, end - first), {},
                                                        [](const Stretch& s) { return s.end - s.start; });
        const TimedNote& note = note_of(0.5 * (held.start + held.end));
        Moment moment;
        cepstrum_at(*line.spoken, 0.5 * (held.from_frame + held.to_frame), cepstrum.data());
        moment.cepstrum = cepstrum.data();
        moment.f0_hz = base::midi_to_hertz(note.pitch);
        moment.first_formant_hz = timed.phone->first_formant_hz * formants;
        moment.open_octaves = opening(moment.f0_hz, moment.first_formant_hz);
        const double level = 10 * base::log10(std::max(vocoder.power_of(moment), 1e-9));
        const double db = kLevelling * std::clamp(kVowelDb - level, -30.0, 30.0) + velocity_db(note.velocity);
        for (const double part : {0.25, 0.75}) {  // level over its middle half
            levels.seconds.push_back(held.start + part * (held.end - held.start));
            levels.db.push_back(db);
        }
    }

    // Hisses to one level too: the model's differ from phone to phone, and throats brighten them.
    std::vector<double> hiss_db(timing.phones.size(), 0.0);
    for (const Stretch& stretch : timing.stretches) {
        const auto at = static_cast<std::size_t>(stretch.phone);
        if (!timing.phones[at].phone->sibilant) continue;
        double level = -90;  // where it is loudest: an affricate begins with a stop, a z ends in its vowel
        for (const double place : {0.3, 0.5, 0.7}) {
            cepstrum_at(*line.spoken, stretch.from_frame + place * (stretch.to_frame - stretch.from_frame),
                        cepstrum.data());
            Moment moment;
            moment.cepstrum = cepstrum.data();
            level = std::max(level, 10 * base::log10(std::max(vocoder.hiss_of(moment), 1e-9)));
        }
        const double velocity = note_of(0.5 * (stretch.start + stretch.end)).velocity;
        hiss_db[at] = kLevelling * std::clamp(kHissDb - level, -30.0, 30.0) + velocity_db(velocity);
    }

    std::size_t s = 0, p = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const double t = timing.start + static_cast<double>(i) * kControlSeconds;
        Control& c = points_[i];
        while (s + 1 < timing.stretches.size() && timing.stretches[s].end <= t) ++s;
        while (p + 1 < timing.phones.size() && timing.phones[p + 1].start <= t) ++p;
        const Stretch& stretch = timing.stretches[s];
        const double part =
            std::clamp((t - stretch.start) / std::max(stretch.end - stretch.start, 1e-6), 0.0, 1.0);
        c.frame = static_cast<float>(stretch.from_frame + (stretch.to_frame - stretch.from_frame) * part);
        const TimedPhone& timed = timing.phones[p];
        const Phone& phone = *timed.phone;
        const bool sounds = t >= timed.start && t < timed.end;
        c.voicing = phone.voiced ? 1.0f : 0.0f;
        const Air air = air_of(phone, voice.throat.breath);
        c.floor = static_cast<float>(air.floor);
        c.top = static_cast<float>(air.top);
        c.corner = static_cast<float>(air.corner);
        const TimedNote& note = note_of(t);
        c.first_formant_hz = static_cast<float>(phone.first_formant_hz * formants);
        if (c.first_formant_hz > 0)
            c.open_octaves = static_cast<float>(opening(base::midi_to_hertz(note.pitch), c.first_formant_hz));
        else if (i > 0)
            c.first_formant_hz = points_[i - 1].first_formant_hz;
        double db = levels.at(t) + phone.level_db;
        if (phone.sibilant) {
            const double edge = std::min(t - timed.start, timed.end - t);
            db += std::min(hiss_db[p] - db, kMostHissHelpDb) * std::clamp(edge / kHissRamp, 0.0, 1.0);
        }
        if (!timed.nucleus) db += take.consonants_db + (phone.sibilant ? 0.5 * take.consonants_db : 0);
        if (!phone.voiced) db += take.unvoiced_db;
        // A long note grows a little and is let go a little.
        const double held = std::min(note.end - note.start, 4.0),
                     place = (t - note.start) / std::max(held, 0.1);
        if (timed.nucleus && held > 0.5) db += std::clamp(1.6 * place * (1 - place) * 4 - 0.8, -1.2, 0.8);
        // Vowel against vowel: a small break, or the words run together.
        if (timed.nucleus && p > 0 && timing.phones[p - 1].nucleus && !timing.phones[p - 1].breaks &&
            t - timed.start < 0.03)
            db -= 5 * (1 - (t - timed.start) / 0.03);
        if (timed.breaks) {
            const double fade = timed.nucleus ? std::min(0.07, 0.3 * (timed.end - timed.start)) : 0.012;
            const double left = timed.end - t;
            if (left < fade) db -= 40 * (1 - std::max(left, 0.0) / fade);
        }
        c.gain_db = static_cast<float>(sounds ? db : -120);
    }
    // The tongue needs time: steps become ramps, quick ones for voicing, slower ones for the rest.
    smooth(points_, &Control::voicing, 1);
    for (float Control::*member : {&Control::floor, &Control::top, &Control::corner})
        smooth(points_, member, 3);
    for (float Control::*member : {&Control::open_octaves, &Control::first_formant_hz})
        smooth(points_, member, 8);
}

Control ControlTrack::at(double seconds) const {
    const double place = std::max(seconds, 0.0) / kControlSeconds;
    const std::size_t first = std::min(static_cast<std::size_t>(place), points_.size() - 2);
    const auto part = static_cast<float>(std::min(place - static_cast<double>(first), 1.0));
    const Control &a = points_[first], &b = points_[first + 1];
    const auto mix = [part](float x, float y) { return x + (y - x) * part; };
    Control c;
    c.frame = b.frame >= a.frame ? mix(a.frame, b.frame) : part < 0.5f ? a.frame : b.frame;
    c.voicing = mix(a.voicing, b.voicing);
    c.floor = mix(a.floor, b.floor);
    c.top = mix(a.top, b.top);
    c.corner = mix(a.corner, b.corner);
    c.gain_db = mix(a.gain_db, b.gain_db);
    c.open_octaves = mix(a.open_octaves, b.open_octaves);
    c.first_formant_hz = mix(a.first_formant_hz, b.first_formant_hz);
    return c;
}

}  // namespace mmx::voice
