// Any bytes as words to be sung: refused with the field's name, or every syllable can be sung.
#include <cstdlib>
#include <string_view>

#include "music/lyrics.h"
#include "speech/lexicon.h"
#include "speech/speech.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const auto lyrics = mmx::music::parse_lyrics({reinterpret_cast<const char*>(data), size});
    if (!lyrics) return 0;
    const auto sections = mmx::speech::read_lyrics(*lyrics);
    if (!sections) {
        if (sections.error().field != "lyrics" || sections.error().tell_user.empty()) std::abort();
        return 0;
    }
    if (sections->size() != lyrics->sections.size()) std::abort();
    for (std::size_t s = 0; s < sections->size(); ++s) {
        if ((*sections)[s].size() != lyrics->sections[s].lines.size()) std::abort();
        for (const auto& line : (*sections)[s])
            for (const auto& word : line.words) {
                if (word.sung.syllables.empty()) std::abort();
                for (const auto& syllable : word.sung.syllables) {
                    const auto nucleus = static_cast<std::size_t>(syllable.nucleus);
                    if (syllable.phones.size() <= nucleus || !mmx::speech::is_vowel(syllable.phones[nucleus]))
                        std::abort();
                    for (const auto& phone : syllable.phones)
                        if (!mmx::speech::is_phone(phone)) std::abort();
                }
            }
    }
    return 0;
}
