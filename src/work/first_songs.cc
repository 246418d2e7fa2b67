#include "work/first_songs.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "billing/usage.h"
#include "library/order.h"

namespace mmx::work {
namespace {

struct FirstSong {
    std::string_view prompt;
    double seconds;
    std::uint64_t seed;
};
constexpr std::array<FirstSong, kMostFirstSongs> kFirstSongs = {{
    {"warm lo-fi hip hop, rainy night, mellow Rhodes, 82 bpm in D minor", 60, 1},
    {"bright bossa nova, morning at the beach, nylon guitar and flute", 50, 2},
    {"heroic orchestral film theme, brass and strings, grows to a triumphant end", 70, 3},
}};

}  // namespace

base::Status order_first_songs(store::Transaction& transaction, const std::string& account_id,
                               const billing::Plans& plans, std::string_view plan_id,
                               const library::Runs& runs, int count) {
    const auto songs =
        std::span(kFirstSongs).first(static_cast<std::size_t>(std::clamp(count, 0, kMostFirstSongs)));
    for (const FirstSong& song : songs) {
        music::SongRequest request;
        request.prompt = song.prompt;
        request.duration_seconds = song.seconds;
        request.seed = song.seed;
        const library::Draft draft = TRY(library::draft(std::move(request)));
        const library::Ordered ordered =
            TRY(library::order(transaction, account_id, plans, plan_id, draft, runs));
        // One after the other, so that the smallest balance is enough.
        TRY(billing::refund(transaction, ordered.song_id, "welcome"));
    }
    return {};
}

}  // namespace mmx::work
