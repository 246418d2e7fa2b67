// A gate that cannot fail is a defect: each measure of sound meets its defect here, and a sound one without.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "audio_rows.h"
#include "song_trial.h"
#include "vocal_rows.h"

namespace mmx::acceptance {
namespace {

constexpr int kRate = 48000;
constexpr double kTurn = 2 * std::numbers::pi;

// Four-on-the-floor with a chord on top, in C major at the given tempo: noise bursts and sines, -14 LUFS or
// so.
struct Band {
    MidiSong song;
    Sound drums, bass, chords, master;
};

float noise(std::uint32_t& state) {
    state = state * 1664525u + 1013904223u;
    return static_cast<float>(state >> 8) / 8388608.f - 1.f;
}

void add_tone(Sound& sound, double from, double to, int pitch, double level, double duck_db, double beat) {
    const double hertz = 440 * std::exp2((pitch - 69) / 12.0);
    for (auto i = static_cast<std::size_t>(from * sound.rate); i < static_cast<std::size_t>(to * sound.rate);
         ++i) {
        if (i >= sound.frames()) break;
        const double at = static_cast<double>(i) / sound.rate;
        const double fade = std::min({1.0, (at - from) / 0.01, (to - at) / 0.05});
        const double since_kick = std::fmod(at, beat);
        const double duck = std::pow(10.0, -duck_db * std::clamp(1.2 - since_kick / 0.15, 0.0, 1.0) / 20);
        double wave = 0;
        for (int harmonic = 1; harmonic <= 3; ++harmonic)
            wave += std::sin(kTurn * hertz * harmonic * at) / harmonic / harmonic;
        const auto x = static_cast<float>(level * std::max(0.0, fade) * duck * wave);
        sound.left[i] += x;
        sound.right[i] += x;
    }
}

Band play(double bpm, double seconds, double duck_db = 4) {
    Band band;
    const double beat = 60 / bpm;
    const auto frames = static_cast<std::size_t>(seconds * kRate);
    for (Sound* sound : {&band.drums, &band.bass, &band.chords, &band.master})
        *sound = {kRate, std::vector<float>(frames), std::vector<float>(frames)};
    band.song.tempos = {{0, beat, 0}};
    MidiTrack drums{"drums", "Kit", -1, true, {}}, bass{"bass", "Bass", 38, false, {}},
        chords{"chords", "Piano", 0, false, {}}, lead{"lead", "Flute", 73, false, {}};
    std::uint32_t state = 1;
    const int beats = static_cast<int>((seconds - 1) / beat) / 4 * 4;
    for (int i = 0; i < beats; ++i) {
        drums.notes.push_back({1.0 * i, i + 0.25, 36, 100});
        for (int j = 0; j < 6000; ++j) {
            const auto at = static_cast<std::size_t>(i * beat * kRate) + static_cast<std::size_t>(j);
            if (at >= frames) break;
            const double fall = std::exp(-j / 900.0) * std::min(1.0, j / 20.0);
            const auto x = static_cast<float>(0.5 * fall * std::sin(kTurn * 60 * j / kRate) +
                                              0.05 * fall * noise(state));
            band.drums.left[at] += x;
            band.drums.right[at] += x;
        }
        lead.notes.push_back({1.0 * i, i + 1.0,
                              std::array{72, 74, 76, 79, 77, 76, 74, 71}[static_cast<std::size_t>(i % 8)],
                              90});
    }
    constexpr int kRoots[] = {48, 53, 55, 48};
    for (int bar = 0; bar * 4 < beats; ++bar) {
        const int root = kRoots[bar % 4];
        bass.notes.push_back({4.0 * bar, 4.0 * bar + 4, root - 12, 90});
        add_tone(band.bass, 4 * bar * beat, (4 * bar + 4) * beat, root - 12, 0.15, duck_db, beat);
        for (const int above : {0, 4, 7}) {
            chords.notes.push_back({4.0 * bar, 4.0 * bar + 4, root + above, 80});
            add_tone(band.chords, 4 * bar * beat, (4 * bar + 4) * beat, root + above, 0.06, 0, beat);
        }
    }
    // A short sine that dies away leaves a little direct current: none of it shall come from the fixture.
    double mean = 0;
    for (const float x : band.drums.left) mean += x / static_cast<double>(frames);
    for (auto* channel : {&band.drums.left, &band.drums.right})
        for (float& x : *channel) x -= static_cast<float>(mean);
    for (std::size_t i = 0; i < frames; ++i) {
        band.master.left[i] = band.drums.left[i] + band.bass.left[i] + band.chords.left[i];
        band.master.right[i] = band.master.left[i];
    }
    band.song.end = beats;
    band.song.tracks = {drums, bass, chords, lead};
    return band;
}

TEST(Tempo, Is_heard_within_one_per_cent_and_a_wrong_one_is_noticed) {
    for (const double bpm : {72.0, 96.5, 124.0, 158.0}) {
        const Band band = play(bpm, 20);
        const Spectra spectra = analyse(band.master);
        EXPECT_NEAR(estimate_tempo(spectra, bpm, false, 0, 19).bpm / bpm, 1, 0.003) << bpm;
        // The song is 3 % slower than asked.
        const double asked = bpm * 1.03;
        EXPECT_GT(std::abs(estimate_tempo(spectra, asked, false, 0, 19).bpm / asked - 1), 0.01) << bpm;
    }
}

TEST(Key, Is_heard_from_the_chroma_and_another_key_is_not) {
    const Band band = play(120, 30);
    const int heard = best_profile(mean_chroma(analyse(band.master)));
    EXPECT_TRUE(is_key_or_relative(heard, *read_key("C major"))) << heard;
    EXPECT_TRUE(is_key_or_relative(heard, *read_key("A minor"))) << heard;
    EXPECT_FALSE(is_key_or_relative(heard, *read_key("E major"))) << heard;
    EXPECT_FALSE(is_key_or_relative(heard, *read_key("C minor"))) << heard;
}

TEST(Key, Relatives_of_modes_share_their_notes) {
    EXPECT_TRUE(is_key_or_relative(0, *read_key("D dorian")));
    EXPECT_TRUE(is_key_or_relative(9 + 12, *read_key("F lydian")));
    EXPECT_TRUE(is_key_or_relative(0, *read_key("G mixolydian")));
    EXPECT_FALSE(is_key_or_relative(2, *read_key("F lydian")));
    EXPECT_FALSE(read_key("H minor").has_value());
}

TEST(Onsets, Late_sound_is_noticed) {
    Band band = play(120, 20);
    EXPECT_LT(std::abs(onset_lag_ms(analyse(band.master), band.song)), 25);
    const std::size_t late = kRate * 60 / 1000;
    for (auto* channel : {&band.master.left, &band.master.right}) {
        channel->insert(channel->begin(), late, 0.f);
    }
    EXPECT_GT(std::abs(onset_lag_ms(analyse(band.master), band.song)), 35);
}

TEST(Silence, A_gap_of_two_seconds_is_found) {
    Band band = play(120, 12);
    EXPECT_LT(longest_silence(band.master, 10), 1.5);
    for (std::size_t i = 4 * kRate; i < 6 * kRate; ++i) band.master.left[i] = band.master.right[i] = 0;
    EXPECT_NEAR(longest_silence(band.master, 10), 2, 0.11);
}

TEST(Clipping, One_full_sample_is_found) {
    Band band = play(120, 6);
    EXPECT_EQ(clipped_samples(band.master), 0);
    band.master.right[1000] = 1.0f;
    EXPECT_EQ(clipped_samples(band.master), 1);
}

TEST(TruePeak, Finds_what_lies_between_the_samples) {
    // fs/4 at 45 degrees: samples stand at 0.354, the wave reaches 0.5 (EBU Tech 3341, case 16).
    Sound sound{kRate, std::vector<float>(kRate), std::vector<float>(kRate)};
    for (std::size_t i = 0; i < sound.frames(); ++i) {
        const double ramp =
            std::min(1.0, std::min(static_cast<double>(i), static_cast<double>(kRate - i)) / 2000);
        sound.left[i] = sound.right[i] =
            static_cast<float>(0.5 * ramp * std::sin(kTurn * (static_cast<double>(i) / 4 + 0.125)));
    }
    EXPECT_NEAR(true_peak_db(sound), -6.02, 0.2);
}

TEST(Loudness, A_stereo_tone_at_minus_23_reads_minus_23) {
    Sound sound{kRate, std::vector<float>(20 * kRate), std::vector<float>(20 * kRate)};
    for (std::size_t i = 0; i < sound.frames(); ++i)
        sound.left[i] = sound.right[i] = static_cast<float>(
            std::pow(10.0, -23.0 / 20) * std::sin(kTurn * 1000 * static_cast<double>(i) / kRate));
    EXPECT_NEAR(measure_loudness(sound).integrated, -23, 0.1);
    for (std::size_t i = sound.frames() / 2; i < sound.frames(); ++i) {
        sound.left[i] *= 0.3162f;
        sound.right[i] *= 0.3162f;
    }
    EXPECT_NEAR(measure_loudness(sound).range, 10, 1);  // Tech 3342, case 1
}

TEST(DirectCurrent, A_thousandth_is_found) {
    Band band = play(120, 8);
    EXPECT_LT(dc_db(band.master), -60);
    for (float& x : band.master.left) x += 0.002f;
    EXPECT_GT(dc_db(band.master), -60);
}

TEST(Clicks, A_jump_at_a_chunk_edge_is_found_where_no_note_starts) {
    Band band = play(97, 20);
    EXPECT_EQ(clicks_at_edges(band.master, band.song, 2), 0);
    for (std::size_t i = 6 * kRate; i < 6 * kRate + 4000; ++i) {
        const auto jump = static_cast<float>(0.05 * (1 - static_cast<double>(i - 6 * kRate) / 4000));
        band.master.left[i] += jump;
    }
    EXPECT_EQ(clicks_at_edges(band.master, band.song, 2), 1);
}

TEST(Clicks, A_records_crackle_is_no_click_of_the_sum_and_a_jump_beside_it_still_is) {
    Band band = play(97, 20);
    Sound crackle{kRate, std::vector<float>(20 * kRate), std::vector<float>(20 * kRate)};
    for (const std::size_t at : {std::size_t{6} * kRate, std::size_t{10} * kRate}) {
        band.master.left[at] += 0.05f;
        if (at == std::size_t{6} * kRate) crackle.left[at] = 0.03f;
    }
    EXPECT_EQ(clicks_at_edges(band.master, band.song, 2), 2);
    EXPECT_EQ(clicks_at_edges(band.master, band.song, 2, &crackle), 1);
}

TEST(Clicks, A_song_that_stops_in_the_middle_of_a_wave_is_found) {
    Band band = play(97, 10);
    band.master.left.resize(5 * kRate + 120);
    band.master.right.resize(5 * kRate + 120);
    EXPECT_GT(clicks_at_edges(band.master, band.song, 2) + (tail_db(band.master) > -70), 0);
    EXPECT_GT(tail_db(band.master), -70);
}

TEST(Clicks, A_cut_note_in_a_stem_is_found) {
    Band band = play(97, 10);
    EXPECT_EQ(lonely_clicks(band.chords), 0);
    for (std::size_t i = 3 * kRate + 77; i < 3 * kRate + 2000; ++i) band.chords.left[i] = 0;
    EXPECT_GE(lonely_clicks(band.chords), 1);
}

TEST(LoopSeam, A_whole_number_of_waves_is_seamless_and_a_half_is_not) {
    Sound sound{kRate, std::vector<float>(kRate), std::vector<float>(kRate)};
    for (std::size_t i = 0; i < sound.frames(); ++i)
        sound.left[i] = sound.right[i] =
            static_cast<float>(0.3 * std::sin(kTurn * 100 * static_cast<double>(i) / kRate));
    EXPECT_LT(seam_step(sound), 2);
    sound.left.resize(kRate - 120);
    sound.right.resize(kRate - 120);
    EXPECT_GT(seam_step(sound), 2);
}

TEST(Mono, Opposite_phases_are_found_in_loudness_and_in_one_band) {
    Band band = play(120, 10);
    EXPECT_LT(mono_loss(band.master, measure_loudness(band.master)), 0.5);
    EXPECT_LT(worst_mono_band(analyse(band.master)), 1);
    Band out = band;
    for (std::size_t i = 0; i < out.master.frames(); ++i) {
        const auto hiss = static_cast<float>(0.1 * std::sin(kTurn * 3000 * static_cast<double>(i) / kRate));
        out.master.left[i] += hiss;
        out.master.right[i] -= hiss;
    }
    EXPECT_GT(worst_mono_band(analyse(out.master)), 6);
    for (float& x : band.master.right) x = -x;
    EXPECT_GT(mono_loss(band.master, measure_loudness(band.master)), 3);
}

TEST(LowEnd, A_wide_bass_is_found) {
    Sound sound{kRate, std::vector<float>(4 * kRate), std::vector<float>(4 * kRate)};
    for (std::size_t i = 0; i < sound.frames(); ++i) {
        const double phase = kTurn * 60 * static_cast<double>(i) / kRate;
        sound.left[i] = static_cast<float>(0.3 * std::sin(phase));
        sound.right[i] = static_cast<float>(0.3 * std::sin(phase + 0.2));
    }
    EXPECT_GT(low_correlation(sound, 120), 0.9);
    for (std::size_t i = 0; i < sound.frames(); ++i)
        sound.right[i] =
            static_cast<float>(0.3 * std::sin(kTurn * 60 * static_cast<double>(i) / kRate + 1.2));
    EXPECT_LT(low_correlation(sound, 120), 0.9);
}

TEST(Duck, Reads_the_depth_and_sees_when_there_is_none) {
    int kicks = 0;
    for (const double depth : {0.0, 4.0, 9.0}) {
        const Band band = play(100, 20, depth);
        const double heard = duck_db(band.bass, band.song.tracks[1], band.song, kicks);
        EXPECT_GT(kicks, 6);
        EXPECT_NEAR(heard, depth, 1.0);
    }
}

TEST(TonalCurve, A_boomy_mix_is_found) {
    Band band = play(120, 10);
    std::uint32_t state = 7;
    for (std::size_t i = 0; i < band.master.frames(); ++i)
        band.master.left[i] = band.master.right[i] = 0.2f * noise(state);
    std::string where;
    const std::vector<double> flat(kOctaves, 0.0);
    EXPECT_LT(tonal_deviation(analyse(band.master), flat, where), 1) << where;
    for (std::size_t i = 0; i < band.master.frames(); ++i)
        band.master.left[i] +=
            static_cast<float>(0.1 * std::sin(kTurn * 125 * static_cast<double>(i) / kRate));
    EXPECT_GT(tonal_deviation(analyse(band.master), flat, where), 4) << where;
}

TEST(Stems, Add_up_or_not) {
    const Band band = play(120, 6);
    std::map<std::string, Sound> stems{{"drums", band.drums}, {"bass", band.bass}, {"chords", band.chords}};
    EXPECT_LT(null_db(stems, band.master), -90);
    for (float& x : stems["bass"].left) x *= 1.01f;
    EXPECT_GT(null_db(stems, band.master), -90);
}

TEST(Likeness, The_same_chords_are_more_alike_than_others) {
    const Band band = play(120, 34);
    const Spectra spectra = analyse(band.master);
    const auto first = beat_chroma(spectra, band.song, 0, 16),
               again = beat_chroma(spectra, band.song, 16, 32);
    const auto shifted = beat_chroma(spectra, band.song, 6, 22);
    EXPECT_GT(likeness(first, again), 0.95);
    EXPECT_LT(likeness(first, shifted), likeness(first, again) - 0.1);
}

TEST(Score, Hears_key_chords_and_metre_of_a_plain_song) {
    Band band = play(120, 34);
    band.song.markers = {{0, "Verse 1"}, {16, "Chorus 1"}, {32, "Verse 2"}, {48, "Chorus 2"}};
    Expected expected;
    expected.bpm = 120;
    expected.key = read_key("C major");
    expected.sections = {"Verse 1", "Chorus 1", "Verse 2", "Chorus 2"};
    Findings findings;
    judge_score(view_score(band.song), expected, findings);
    for (const char* row : {"key", "metre", "tempo map", "section order", "last chord tonic"}) {
        ASSERT_NE(findings.find(row), nullptr) << row;
        EXPECT_EQ(findings.find(row)->value, 1) << row << ": " << findings.find(row)->detail;
    }
    EXPECT_EQ(findings.find("distinct chords")->value, 3);
    EXPECT_GE(findings.find("bar period")->value, 0);

    Expected wrong = expected;
    wrong.key = read_key("Eb minor");
    wrong.bpm = 121;
    wrong.numerator = 3;
    wrong.denominator = 4;
    wrong.sections = {"Verse 1", "Verse 2"};
    Findings faults;
    judge_score(view_score(band.song), wrong, faults);
    EXPECT_EQ(faults.find("key")->value, 0);
    EXPECT_EQ(faults.find("metre")->value, 0);
    EXPECT_EQ(faults.find("section order")->value, 0);
    EXPECT_LT(faults.find("tempo map")->value, 0.5);
    EXPECT_LT(faults.find("diatonic share")->value, 0.85);
}

TEST(Form, A_last_chorus_may_end_on_a_held_tonic_but_not_be_another_tune) {
    Band band = play(120, 34);
    band.song.markers = {{0, "Verse 1"}, {16, "Chorus 1"}, {32, "Verse 2"}, {48, "Chorus 2"}};
    auto& lead = band.song.tracks[3].notes;
    const auto returns = [&] {
        Findings findings;
        judge_score(view_score(band.song), {}, findings);
        return findings.find("repeated choruses")->value;
    };
    EXPECT_EQ(returns(), 1);
    std::erase_if(lead, [](const MidiNote& note) { return note.start >= 60; });
    lead.push_back({60, 64, 72, 90});
    EXPECT_EQ(returns(), 1);
    for (MidiNote& note : lead)
        if (note.start >= 52 && note.start < 56) note.pitch -= 5;
    EXPECT_LT(returns(), 0.8);
}

TEST(Form, Half_a_chorus_may_come_to_rest_where_the_whole_one_goes_on) {
    Band band = play(120, 50);
    band.song.markers = {{0, "Verse 1"}, {16, "Chorus 1"}, {32, "Verse 2"}, {48, "Chorus 2"}};
    band.song.end = 96;
    auto& lead = band.song.tracks[3].notes;
    const auto returns = [&] {
        Findings findings;
        judge_score(view_score(band.song), {}, findings);
        return findings.find("repeated choruses")->value;
    };
    std::erase_if(lead, [](const MidiNote& note) { return note.start >= 28 && note.start < 32; });
    lead.push_back({28, 31, 72, 90});
    EXPECT_EQ(returns(), 1);
    for (MidiNote& note : lead)
        if (note.start >= 20 && note.start < 24) note.pitch -= 5;
    EXPECT_LT(returns(), 0.8);
}

// What the sound rows say of a band, its master perhaps changed.
Findings rows_of(const Band& band, const Expected& expected = {}) {
    Delivery delivery;
    delivery.master = band.master;
    GenreFacts facts;
    facts.tonal_db.assign(kOctaves, 0);
    Findings findings;
    judge_sound(delivery, view_score(band.song), expected, facts, analyse(band.master),
                measure_loudness(band.master), findings);
    return findings;
}

// A foreign chord, F sharp major, laid over or put in the place of what sounds.
void foreign_chord(Band& band, double from, double to, int lowest, double level, bool instead) {
    for (auto i = static_cast<std::size_t>(from * kRate);
         instead && i < static_cast<std::size_t>(to * kRate) && i < band.master.frames(); ++i)
        band.master.left[i] = band.master.right[i] = 0;
    for (const int above : {0, 4, 7}) add_tone(band.master, from, to, lowest + above, level, 0, 0.5);
}

TEST(Key, Is_heard_below_one_kilohertz_and_bright_noise_above_it_does_not_count) {
    Expected expected;
    expected.key = read_key("C major");
    const auto heard = [&](const Band& band) { return rows_of(band, expected).find("key heard")->value; };
    const Band plain = play(120, 30);
    EXPECT_EQ(heard(plain), 1);
    Band whistles = plain;
    foreign_chord(whistles, 0, 29, 90, 0.3, false);  // 1480 Hz and up
    EXPECT_EQ(heard(whistles), 1);
    Band clash = plain;
    foreign_chord(clash, 0, 29, 54, 0.3, false);  // 185 Hz and up
    EXPECT_EQ(heard(clash), 0);
}

TEST(Form, The_closing_bars_of_the_song_do_not_make_its_choruses_unlike_but_others_do) {
    const auto alike = [](const Band& band) { return rows_of(band).find("chorus pair alike")->value; };
    Band band = play(120, 34);
    band.song.markers = {{0, "Verse 1"}, {16, "Chorus 1"}, {32, "Verse 2"}, {48, "Chorus 2"}};
    EXPECT_GT(alike(band), 0.9);
    Band closes = band;
    foreign_chord(closes, 28, 32, 54, 0.1, true);  // its last two bars
    EXPECT_GT(alike(closes), 0.9);
    Band changed = band;
    foreign_chord(changed, 24, 28, 54, 0.1, true);  // the two before
    EXPECT_LT(alike(changed), 0.8);

    // Where the song goes on, the same two bars belong to the chorus.
    Band goes_on = play(120, 42);
    goes_on.song.markers = {
        {0, "Verse 1"}, {16, "Chorus 1"}, {32, "Verse 2"}, {48, "Chorus 2"}, {64, "Outro"}};
    EXPECT_GT(alike(goes_on), 0.9);
    foreign_chord(goes_on, 28, 32, 54, 0.1, true);
    EXPECT_LT(alike(goes_on), 0.8);
}

TEST(Score, A_written_metre_that_is_not_played_repeats_at_its_bars_little_better_than_elsewhere) {
    const auto bar_period = [](int numerator) {
        Band band = play(120, 34);  // chords change every four quarters
        band.song.numerator = numerator;
        Findings findings;
        judge_score(view_score(band.song), {}, findings);
        return findings.find("bar period")->value;
    };
    const double played = bar_period(4);
    EXPECT_GT(played, 0.2);
    EXPECT_LT(bar_period(3), played / 4);
    EXPECT_LT(bar_period(5), played / 4);
}

TEST(Instruments, Missing_forbidden_and_silent_ones_are_named) {
    Band band = play(120, 20);
    band.song.markers = {{0, "Theme"}};
    const ScoreView view = view_score(band.song);
    Delivery delivery;
    delivery.master = band.master;
    delivery.stems = {
        {"drums", band.drums}, {"bass", band.bass}, {"chords", band.chords}, {"lead", band.chords}};
    const Loudness loudness = measure_loudness(band.master);
    Expected expected;
    expected.programs = {{0}};
    expected.excluded_programs = {56};
    Findings good;
    judge_stems(delivery, view, expected, {}, loudness, good);
    EXPECT_EQ(good.find("asked instruments play")->value, 1);
    EXPECT_GT(good.find("asked instruments heard")->value, 0.5);
    EXPECT_EQ(good.find("excluded instruments absent")->value, 1);

    for (auto* channel : {&delivery.stems["chords"].left, &delivery.stems["chords"].right})
        for (float& x : *channel) x *= 0.005f;
    expected.programs = {{0}};
    expected.excluded_programs = {38};
    expected.no_drums = true;
    Findings bad;
    judge_stems(delivery, view, expected, {}, loudness, bad);
    EXPECT_LT(bad.find("asked instruments heard")->value, 0.2);
    EXPECT_EQ(bad.find("excluded instruments absent")->value, 0);
    // Rain on the drums' channel is no drum; a cymbal played backwards is.
    for (const int pitch : {25, 30}) {
        ScoreView noises = view;
        std::erase_if(noises.song.tracks, [](const MidiTrack& track) { return track.drums; });
        noises.song.tracks.push_back({"effects", "Noises", 0, true, {{0, 8, pitch, 60}}});
        Delivery without = delivery;
        without.stems.erase("drums");
        expected.excluded_programs = {};
        Findings heard;
        judge_stems(without, noises, expected, {}, loudness, heard);
        EXPECT_EQ(heard.find("excluded instruments absent")->value, pitch == 25 ? 1 : 0);
    }
    expected.programs = {{56}};
    Findings missing;
    judge_stems(delivery, view, expected, {}, loudness, missing);
    EXPECT_EQ(missing.find("asked instruments play")->value, 0);
}

TEST(Quotations, Are_found_at_any_pitch_and_in_double_time) {
    const int tune[] = {60, 62, 64, 67, 65, 64, 62, 69, 67, 60, 71, 72, 64, 62};
    std::vector<MidiNote> notes, other;
    for (int i = 0; i < 14; ++i) {
        notes.push_back({0.5 * i, 0.5 * i + 0.5, tune[i], 80});
        other.push_back({0.25 * i, 0.25 * i + 0.25, tune[i] + 5, 80});
    }
    const auto runs = twelve_note_runs(notes);
    ASSERT_EQ(runs.size(), 3u);
    EXPECT_EQ(runs, twelve_note_runs(other));
    other[6].pitch += 1;
    EXPECT_NE(runs, twelve_note_runs(other));
    const TrainingRuns training =
        TrainingRuns::read(std::string(MMX_SOURCE_DIR) + "/tests/acceptance/training_runs.bin");
    EXPECT_GT(training.size(), 20000u);
    for (const auto run : runs) EXPECT_FALSE(training.holds(run));
}

TEST(Genre, Two_kinds_of_sound_are_told_apart_and_noise_is_not) {
    std::vector<Example> examples;
    std::uint32_t state = 3;
    for (int i = 0; i < 20; ++i) {
        std::vector<double> features;
        for (int j = 0; j < 30; ++j) features.push_back(noise(state) + (i % 2 && j < 3 ? 3 : 0));
        examples.push_back({i % 2 ? "a" : "b", features});
    }
    EXPECT_GT(recognise(examples).right, 0.9);
    for (Example& example : examples)
        for (double& feature : example.features) feature = noise(state);
    EXPECT_LT(recognise(examples).right, 0.85);
}

TEST(Ranges, Every_genre_has_ten_requests_and_its_own_curve) {
    const std::string folder = std::string(MMX_SOURCE_DIR) + "/tests/acceptance";
    const Ranges ranges = Ranges::read(folder + "/ranges.toml");
    const auto requests = read_requests(folder + "/requests.toml");
    EXPECT_EQ(ranges.genres().size(), 12u);
    for (const std::string& genre : ranges.genres()) {
        EXPECT_EQ(std::count_if(requests.begin(), requests.end(),
                                [&](const Request& r) { return r.genre == genre; }),
                  10)
            << genre;
        EXPECT_EQ(ranges.genre(genre).tonal_db.size(), kOctaves) << genre;
    }
    EXPECT_EQ(ranges.gate("house", "exact bar repeats").high, 0.98);
    EXPECT_EQ(ranges.gate("pop", "exact bar repeats").high, 0.65);
    EXPECT_THROW(ranges.gate("pop", "no such row"), std::runtime_error);
}

// "SUM-ter POOL" over and over, a quarter a syllable, the stresses on the beat; a tone an octave higher each
// vowel.
struct Singer {
    MidiSong song;
    MarkedLyrics lyrics;
    Sound vocals;
};

Singer sing(double stressed_at = 0, double late_seconds = 0, int notes = 1) {
    Singer singer;
    const double beat = 0.5;
    singer.song.tempos = {{0, beat, 0}};
    MidiTrack track{"vocals", "Lead vocals", 53, false, {}};
    constexpr int kLines = 8;
    singer.vocals = {kRate, std::vector<float>(kRate * 20), std::vector<float>(kRate * 20)};
    for (int line = 0; line < kLines; ++line)
        for (int k = 0; k < 3; ++k) {
            constexpr const char* kTexts[] = {"Sum", "ter ", "pool\r"};
            const bool stressed = k != 1;
            const double at = 4 * line + k + 1 + (stressed ? stressed_at : 0);
            track.lyrics.push_back({at, kTexts[k]});
            singer.lyrics.syllables.push_back({k == 0 ? "sum" : k == 1 ? "ter" : "pool", stressed});
            for (int n = 0; n < notes; ++n)
                track.notes.push_back(
                    {at + 0.1 * n, at + (n + 1 == notes ? 0.4 : 0.1 * (n + 1)), 60 + 6 * k + n, 90});
            const double from = at * beat + late_seconds;
            add_tone(singer.vocals, from, from + 0.18, 67, 0.3, 0, 0.5);
        }
    singer.song.tracks = {track};
    return singer;
}

double row(const Findings& findings, const std::string& name) {
    const Finding* finding = findings.find(name);
    EXPECT_NE(finding, nullptr) << name;
    return finding == nullptr ? -1 : finding->value;
}

TEST(Singing, Words_on_their_beats_pass_and_a_lost_syllable_a_crooked_stress_and_too_many_notes_do_not) {
    const Ranges ranges = Ranges::read(MMX_SOURCE_DIR "/tests/acceptance/ranges.toml");
    const auto passes = [&](const Singer& singer, const char* name) {
        Findings findings;
        judge_singing(singer.song, singer.lyrics, findings);
        return ranges.gate("pop", name).passes(row(findings, name));
    };
    for (const char* name : {"every syllable once", "stress on strong beats", "notes per syllable",
                             "vocal range", "vocal compass"})
        EXPECT_TRUE(passes(sing(), name)) << name;
    Singer lost = sing();
    lost.song.tracks[0].lyrics.pop_back();
    EXPECT_FALSE(passes(lost, "every syllable once"));
    Singer other = sing();
    other.song.tracks[0].lyrics[1].text = "ner ";
    EXPECT_FALSE(passes(other, "every syllable once"));
    EXPECT_FALSE(passes(sing(0.3), "stress on strong beats"));
    EXPECT_FALSE(passes(sing(0, 0, 3), "notes per syllable"));
    Singer narrow = sing();
    for (MidiNote& note : narrow.song.tracks[0].notes) note.pitch = 60;
    EXPECT_FALSE(passes(narrow, "vocal range"));
    for (MidiNote& note : narrow.song.tracks[0].notes) note.pitch = 90;
    EXPECT_FALSE(passes(narrow, "vocal compass"));
}

TEST(Singing, Vowels_that_come_late_are_heard_to) {
    const auto onsets = [](const Singer& singer) {
        Findings findings;
        judge_vocal_onsets(singer.song, singer.vocals, findings);
        EXPECT_GT(row(findings, "vocal onsets heard"), 0.9);
        return row(findings, "vocal onsets");
    };
    EXPECT_GE(onsets(sing()), 0.95);
    EXPECT_LE(onsets(sing(0, 0.09)), 0.1);
}

TEST(Singing, The_marked_words_are_read_as_a_user_writes_them) {
    const MarkedLyrics lyrics = read_marked_lyrics(MMX_SOURCE_DIR "/tests/acceptance/lyrics/winter_road.txt");
    EXPECT_NE(lyrics.plain.find("[Chorus]\nwait for me under the winter moon\n"), std::string::npos)
        << lyrics.plain;
    EXPECT_GT(lyrics.syllables.size(), 100u);
    EXPECT_EQ(lyrics.syllables[0].text, "snow");
    EXPECT_TRUE(lyrics.syllables[0].stressed);
    EXPECT_FALSE(lyrics.syllables[1].stressed);
}

}  // namespace
}  // namespace mmx::acceptance
