#include "speech/flite_lexicon.h"

#include <flite/flite.h>

#include <algorithm>
#include <mutex>

// Exported by libflite_cmulex, declared in none of its headers.
extern "C" cst_lexicon* cmu_lex_init(void);

namespace mmx::speech {
namespace {

// flite keeps its tables in globals that the first call fills.
struct Flite {
    std::mutex mutex;
    cst_lexicon* lexicon = nullptr;
};

Flite& flite() {
    static Flite shared;
    return shared;
}

const cst_lexicon* opened(Flite& shared) {
    if (shared.lexicon == nullptr) {
        flite_init();
        shared.lexicon = cmu_lex_init();
    }
    return shared.lexicon;
}

bool readable(std::string_view word) {
    return !word.empty() && word.size() <= 40 &&
           std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

std::vector<std::string> flite_phones(std::string_view word, std::string_view kind) {
    std::vector<std::string> phones;
    if (!readable(word)) return phones;
    const std::string text(word), part(kind);
    Flite& shared = flite();
    const std::lock_guard lock(shared.mutex);
    cst_val* found = lex_lookup(opened(shared), text.c_str(), part.empty() ? nullptr : part.c_str(), nullptr);
    for (const cst_val* at = found; at != nullptr; at = val_cdr(at))
        phones.emplace_back(val_string(val_car(at)));
    delete_val(found);
    return phones;
}

bool flite_lists(std::string_view word) {
    if (!readable(word)) return false;
    const std::string text(word);
    Flite& shared = flite();
    const std::lock_guard lock(shared.mutex);
    return in_lex(opened(shared), text.c_str(), nullptr, nullptr) != 0;
}

}  // namespace mmx::speech
