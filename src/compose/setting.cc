#include "compose/setting.h"

#include <algorithm>
#include <limits>

#include "base/maths.h"
#include "compose/word_habits.h"

namespace mmx::compose {
namespace {

using base::Ticks;

constexpr double kFar = 1e12;
const Ticks kStep = base::kSixteenth;

double square(double x) {
    return x * x;
}

class Setter {
  public:
    Setter(const std::vector<TextSyllable>& syllables, const music::Metre& metre, const Room& room,
           const std::vector<Ticks>& model, const SettingTaste& taste)
        : syllables_(syllables), metre_(metre), room_(room), model_(model), taste_(taste) {
        beat_ = static_cast<double>(metre.beat().value);
        step_seconds_ = 60.0 / taste.bpm * static_cast<double>(kStep.value) / beat_;
        const std::int64_t step = kStep.value;
        // Up, onto the grid, also below zero.
        first_ = static_cast<int>((room.earliest.value + (room.earliest.value > 0 ? step - 1 : 0)) / step);
        last_ = static_cast<int>(room.length.value / step) - 1;
    }

    Rhythm set(base::Chance& chance) {
        const std::size_t count = syllables_.size();
        // The wished pace: the phrase without its breath, shared by all.
        const double body = static_cast<double>(room_.length.value) * (1.0 - taste_.breath);
        ideal_ = std::max(body / static_cast<double>(std::max<std::size_t>(count, 1)), 1.0);
        ideal_ = std::min(ideal_, 1.5 * beat_);
        draw_noise(chance);
        for (const double haste : {1.0, 0.75, 0.5, 0.0})
            if (Rhythm rhythm = path(haste); !rhythm.empty()) return finished(std::move(rhythm));
        return crammed();
    }

  private:
    Ticks at(int place) const { return kStep * place; }
    int places() const { return last_ - first_ + 1; }

    void draw_noise(base::Chance& chance) {
        noise_.assign(static_cast<std::size_t>(std::max(places(), 0)), 0.0);
        for (double& noise : noise_) noise = 0.22 * chance.uniform();
    }

    // 3 bar line, 2 half bar, 1 beat, 0 half beat, -1 finer.
    int level(Ticks place) const {
        const Ticks in_bar = ((place % metre_.bar()) + metre_.bar()) % metre_.bar();
        const int strength = metre_.strength(in_bar);
        if (strength > 0) return strength;
        return in_bar % base::kEighth == Ticks(0) ? 0 : -1;
    }

    // The hymns of the table go in beats. Where words go in halves or quarters of a beat, each place counts
    // as the one a step stronger does there.
    int felt(int strength) const {
        return std::clamp(strength + (ideal_ < 0.36 * beat_ ? 2 : ideal_ < 0.78 * beat_ ? 1 : 0), 0, 3);
    }

    double place_cost(std::size_t k, int place) const {
        const int strength = level(at(place));
        double cost = 1.4 * habits_.place_cost(syllables_[k].weight, felt(strength));
        if (strength < 0) cost += taste_.sixteenths ? 0.15 : 0.9;
        // A stress on the beat is what the listener waits for.
        if (syllables_[k].weight >= 0.8) cost += strength < 1 ? 0.8 : strength == 1 ? 0.3 : 0;
        for (const Ticks like : model_)
            if (like == at(place)) cost -= taste_.fidelity;
        return cost + noise_[static_cast<std::size_t>(place - first_)];
    }

    // Of the time from syllable k to the next.
    double span_cost(std::size_t k, int from, int steps, double haste) const {
        const TextSyllable& now = syllables_[k];
        const double seconds = steps * step_seconds_;
        const double shortest = (taste_.sixteenths ? 0.10 : 0.15) + 0.02 * std::min(now.consonants, 4);
        if (seconds < haste * shortest) return kFar;
        double wish = ideal_ * habits_.length(now.weight);
        if (now.pause == speech::Pause::comma) wish = std::max(1.5 * wish, beat_);
        if (now.pause == speech::Pause::stop) wish = std::max(2.0 * wish, 1.5 * beat_);
        const double ratio = static_cast<double>(kStep.value) * steps / wish;
        double cost = 1.1 * square(base::log2(ratio));
        // A word is not torn: long gaps stand between words, and only where the writing pauses.
        if (ratio > 1.9 && now.pause == speech::Pause::none) cost += now.ends_word ? 0.6 : 1.2;
        // Lengths that nobody counts: five or seven sixteenths.
        if (steps % 2 == 1 && steps > 3) cost += 0.8;
        if (steps == 3) cost += taste_.beside > 0.4 ? 0.15 : 0.5;
        if (now.weight < 0.4 && syllables_[k + 1].weight >= 0.8 && ratio > 1.4) cost += 0.5;
        // A stress half a beat early that is held over the beat is heard on it.
        if (now.weight >= 0.8 && level(at(from)) == 0 && steps >= 3 && level(at(from) + base::kEighth) >= 1)
            cost -= 0.8 + 1.2 * taste_.beside;
        return cost;
    }

    double start_cost(int place) const {
        if (place < 0) {
            const double light = syllables_[0].weight < 0.4 ? 0.0 : 2.0;
            return light + 0.5 - 0.6 * taste_.pickup - 0.1 * static_cast<double>((-at(place)).value) / beat_;
        }
        return 0.45 * static_cast<double>(at(place).value) / beat_;
    }

    double end_cost(int place) const {
        const double left = static_cast<double>((room_.latest_end - at(place)).value);
        const double least = std::max(0.75 * beat_, 0.45 / step_seconds_ * static_cast<double>(kStep.value));
        const double wish =
            std::max(1.4 * beat_, static_cast<double>(room_.length.value) * taste_.breath + ideal_);
        double cost = left <= 0 ? kFar : 0.9 * square(base::log2(left / wish));
        if (left < least) cost += 4;
        // The last stress comes to rest in the last bar, or in its middle.
        if (syllables_.back().weight >= 0.8 && level(at(place)) >= 2) cost -= 0.4;
        return cost;
    }

    Rhythm path(double haste) {
        const std::size_t count = syllables_.size();
        const int size = places();
        if (size < static_cast<int>(count) || count == 0) return {};
        const auto width = static_cast<std::size_t>(size);
        std::vector<std::vector<double>> best(count, std::vector<double>(width, kFar));
        std::vector<std::vector<int>> from(count, std::vector<int>(width, -1));
        const int longest = static_cast<int>(metre_.bar().value * 2 / kStep.value);
        for (int p = 0; p < size; ++p)
            best[0][static_cast<std::size_t>(p)] = place_cost(0, first_ + p) + start_cost(first_ + p);
        for (std::size_t k = 1; k < count; ++k)
            for (int p = static_cast<int>(k); p < size; ++p) {
                const double here = place_cost(k, first_ + p);
                for (int q = std::max(0, p - longest); q < p; ++q) {
                    if (best[k - 1][static_cast<std::size_t>(q)] >= kFar) continue;
                    const double cost = best[k - 1][static_cast<std::size_t>(q)] + here +
                                        span_cost(k - 1, first_ + q, p - q, haste);
                    if (cost < best[k][static_cast<std::size_t>(p)]) {
                        best[k][static_cast<std::size_t>(p)] = cost;
                        from[k][static_cast<std::size_t>(p)] = q;
                    }
                }
            }
        int end = -1;
        double least = kFar;
        for (int p = 0; p < size; ++p) {
            const double cost = best[count - 1][static_cast<std::size_t>(p)] + end_cost(first_ + p);
            if (cost < least) {
                least = cost;
                end = p;
            }
        }
        if (end < 0) return {};
        Rhythm rhythm(count);
        for (std::size_t k = count; k-- > 0;) {
            rhythm[k].at = at(first_ + end);
            end = k > 0 ? from[k][static_cast<std::size_t>(end)] : end;
        }
        return rhythm;
    }

    // More syllables than places: evenly, as fast as it has to be.
    Rhythm crammed() const {
        Rhythm rhythm;
        const auto count = static_cast<std::int64_t>(syllables_.size());
        const std::int64_t from = std::max<std::int64_t>(room_.earliest.value, 0);
        const std::int64_t until = room_.latest_end.value;
        for (std::int64_t k = 0; k < count; ++k) {
            const std::int64_t start = from + (until - from) * k / count;
            rhythm.push_back({Ticks(start), Ticks(std::max<std::int64_t>(1, (until - from) / count))});
        }
        return rhythm;
    }

    Rhythm finished(Rhythm rhythm) const {
        const Ticks breath =
            std::max(base::kSixteenth, Ticks(static_cast<std::int64_t>(0.18 / step_seconds_) * 240));
        for (std::size_t k = 0; k + 1 < rhythm.size(); ++k) {
            rhythm[k].length = rhythm[k + 1].at - rhythm[k].at;
            const Ticks most = metre_.beat() * 3;
            if (syllables_[k].pause != speech::Pause::none && rhythm[k].length > metre_.beat())
                rhythm[k].length =
                    std::max(metre_.beat(), rhythm[k].length - std::max(breath, base::kEighth));
            rhythm[k].length = std::min(rhythm[k].length, most);
        }
        Onset& last = rhythm.back();
        const Ticks left = room_.latest_end - last.at;
        const Ticks most = metre_.beat() * 3;
        last.length = std::max(std::min(kStep * 2, left), std::min(most, left - breath));
        return rhythm;
    }

    const std::vector<TextSyllable>& syllables_;
    const music::Metre& metre_;
    const Room& room_;
    const std::vector<Ticks>& model_;
    const SettingTaste& taste_;
    const WordHabits& habits_ = WordHabits::get();
    double beat_ = 960, step_seconds_ = 0.125, ideal_ = 480;
    int first_ = 0, last_ = 0;
    std::vector<double> noise_;
};

}  // namespace

Rhythm set_words(const std::vector<TextSyllable>& syllables, const music::Metre& metre, const Room& room,
                 const std::vector<Ticks>& model, const SettingTaste& taste, base::Chance& chance) {
    if (syllables.empty()) return {};
    return Setter(syllables, metre, room, model, taste).set(chance);
}

}  // namespace mmx::compose
