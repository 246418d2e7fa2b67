#include "compose/quotation.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <string_view>
#include <vector>

#include "base/data_files.h"

namespace mmx::compose {
namespace {

constexpr std::size_t kRun = 11;  // steps between twelve notes

// data/trained/quotations.txt, ascending.
const std::vector<std::uint32_t>& known_runs() {
    static const std::vector<std::uint32_t> runs = [] {
        std::vector<std::uint32_t> read;
        std::string_view text = base::data_file("trained/quotations.txt").value_or("");
        while (text.size() >= 8) {
            std::uint32_t run = 0;
            std::from_chars(text.data(), text.data() + 8, run, 16);
            read.push_back(run);
            text.remove_prefix(std::min<std::size_t>(9, text.size()));
        }
        return read;
    }();
    return runs;
}

int letter_degree(int pitch, int tonic) {
    constexpr int kLetters[] = {0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6};
    const int above = pitch - tonic;
    const int octave = above >= 0 ? above / 12 : -((11 - above) / 12);
    return octave * 7 + kLetters[above - 12 * octave];
}

struct Move {
    std::int64_t step, numerator, denominator;
};

}  // namespace

int quotations(const music::Score& score) {
    if (score.sections.empty() || !score.sections.front().key) return 0;
    const int tonic = score.sections.front().key->tonic;
    int found = 0;
    for (const music::Part& part : score.parts) {
        if (part.role != music::Role::lead) continue;
        std::vector<Move> moves;
        for (std::size_t i = 0; i + 1 < part.notes.size(); ++i) {
            const music::Note &a = part.notes[i], &b = part.notes[i + 1];
            const std::int64_t until = (b.start - a.start).value;
            const std::int64_t common = std::max<std::int64_t>(1, std::gcd(until, a.length.value));
            moves.push_back({letter_degree(b.pitch, tonic) - letter_degree(a.pitch, tonic), until / common,
                             a.length.value / common});
        }
        for (std::size_t i = 0; i + kRun <= moves.size(); ++i) {
            std::uint64_t hash = 1469598103934665603ULL;  // FNV-1a
            for (std::size_t k = i; k < i + kRun; ++k)
                for (const std::int64_t value : {moves[k].step, moves[k].numerator, moves[k].denominator})
                    hash = (hash ^ (static_cast<std::uint64_t>(value) & 0xff)) * 1099511628211ULL;
            found += std::ranges::binary_search(known_runs(), static_cast<std::uint32_t>(hash));
        }
    }
    return found;
}

}  // namespace mmx::compose
