#include "compose/guest_leads.h"

#include <algorithm>
#include <cctype>

#include "style/instruments.h"

namespace mmx::compose {
namespace {

// A catalogue id, or a person's word for an instrument.
const style::Instrument* named(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (const style::Instrument* found = style::find_instrument(text)) return found;
    // Words that stand for a family rather than one instrument of it.
    if (text == "guitar") return style::find_instrument("clean-guitar");
    if (text == "piano") return style::find_instrument("grand-piano");
    if (text == "sax" || text == "saxophone") return style::find_instrument("tenor-sax");
    if (text == "synth") return style::find_instrument("synth-lead");
    const auto all = style::all_instruments();
    if (!all) return nullptr;
    for (const style::Instrument& instrument : **all)
        if (std::ranges::find(instrument.words, text) != instrument.words.end()) return &instrument;
    return nullptr;
}

// By whole octaves into the instrument's range, nearest to where it sings.
void settle(std::vector<music::Note>& notes, const style::Instrument& instrument) {
    if (notes.empty()) return;
    int low = 127, high = 0;
    for (const music::Note& note : notes) low = std::min(low, note.pitch), high = std::max(high, note.pitch);
    const int wish = (instrument.sweet_low + instrument.sweet_high) / 2;
    int shift = 0;
    while ((low + high) / 2 + shift < wish - 6) shift += 12;
    while ((low + high) / 2 + shift > wish + 6) shift -= 12;
    for (music::Note& note : notes) {
        note.pitch += shift;
        while (note.pitch < instrument.low) note.pitch += 12;
        while (note.pitch > instrument.high) note.pitch -= 12;
    }
}

}  // namespace

void hand_over_solos(const Outline& outline, music::Score& score) {
    const auto lead = std::ranges::find(score.parts, music::Role::lead, &music::Part::role);
    if (lead == score.parts.end()) return;
    const std::string lead_instrument = lead->instrument;
    std::vector<music::Part> guests;
    for (std::size_t s = 0; s < outline.wishes.size() && s < score.sections.size(); ++s) {
        const std::string& wish = outline.wishes[s].instrument;
        const style::Instrument* instrument = wish.empty() ? nullptr : named(wish);
        // A family's word is honoured by a lead that belongs to it already.
        if (instrument == nullptr || instrument->drums || instrument->id == lead_instrument ||
            lead_instrument.find(wish) != std::string::npos)
            continue;
        const music::Section& section = score.sections[s];
        const base::Ticks from = score.bars[static_cast<std::size_t>(section.first_bar)].start;
        const base::Ticks until = from + score.metre.bar() * section.bars;
        std::vector<music::Note> notes;
        std::erase_if(lead->notes, [&](const music::Note& note) {
            const bool inside = note.start >= from && note.start < until;
            if (inside) notes.push_back(note);
            return inside;
        });
        settle(notes, *instrument);
        auto guest = std::ranges::find(guests, instrument->id, &music::Part::instrument);
        if (guest == guests.end()) {
            music::Part part;
            part.id = "lead-" + std::to_string(guests.size() + 2);
            part.name = instrument->name;
            part.role = music::Role::lead;
            part.instrument = instrument->id;
            part.pan = 0.1;
            guests.push_back(std::move(part));
            guest = guests.end() - 1;
        }
        guest->notes.insert(guest->notes.end(), notes.begin(), notes.end());
    }
    std::erase_if(guests, [](const music::Part& part) { return part.notes.empty(); });
    // After the lead, so that the first part with a lead's role stays the song's own.
    score.parts.insert(lead + 1, std::make_move_iterator(guests.begin()),
                       std::make_move_iterator(guests.end()));
}

}  // namespace mmx::compose
