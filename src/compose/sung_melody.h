// A section's words on notes: places from their stresses, pitches from the tune, the same words on the same
// tune.
#pragma once

#include <string>
#include <vector>

#include "compose/form.h"
#include "compose/line.h"
#include "compose/manner.h"
#include "music/plan.h"
#include "music/score.h"

namespace mmx::compose {

struct SungText {
    int section = 0, phrase = 0, syllable = 0;
};

struct SungTaste {
    LineTaste line;
    double pickup = 0.4, breath = 0.2, beside = 0.3;
    double centre = 64;  // MIDI pitch, for what is spoken
};

// Sections may come in any order; each knows those that were sung before. Draft::text of what it gives is an
// index into texts().
class SungMelody {
  public:
    SungMelody(const music::Plan& plan, const Form& form, const music::Score& score,
               const Knowledge& knowledge, const Manner& manner);

    // `shapes`: for each phrase a line of drafts from its bar line whose places and targets are the tune's
    // wish; may be empty. `luck` is drawn from in order.
    std::vector<Draft> sing(std::size_t section, const std::vector<std::vector<Draft>>& shapes,
                            const SungTaste& taste, base::Chance& luck);
    const std::vector<SungText>& texts() const { return texts_; }

  private:
    struct Set {
        base::Ticks start;  // of the phrase's bars
        int bars = 0;
        bool backing = false;
        std::string text;
        std::vector<Draft> drafts;
    };
    struct Model {
        const Set* set = nullptr;
        double fidelity = 0;
    };

    base::Ticks start_of(std::size_t section) const;
    Model model_for(std::size_t section, std::size_t phrase, const std::vector<Set>& before) const;
    base::Ticks free_from(base::Ticks at) const;
    base::Ticks free_until(base::Ticks at) const;
    std::vector<Draft> place(const SungPhrase& phrase, base::Ticks start, const Model& model,
                             const std::vector<Draft>& shape, const SungTaste& taste, bool more_follows,
                             base::Chance& luck) const;
    void add_melismas(const SungPhrase& phrase, std::vector<Draft>& drafts, base::Chance& luck) const;
    void fit_after(const std::vector<Draft>& before, std::vector<Draft>& drafts, const LineTaste& taste,
                   base::Chance& luck) const;
    void speak(const SungPhrase& phrase, std::vector<Draft>& drafts, const SungTaste& taste) const;

    const music::Plan& plan_;
    const Form& form_;
    const music::Score& score_;
    const Knowledge& knowledge_;
    const Manner& manner_;
    std::vector<std::vector<Set>> sung_;  // by section
    std::vector<SungText> texts_;
};

}  // namespace mmx::compose
