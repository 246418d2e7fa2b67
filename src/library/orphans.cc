// Finding folders that no row owns: a worker that was held up so long that its song was given up, and its
// folder swept, writes into it all the same once it goes on.
#include <algorithm>
#include <set>

#include "library/edit.h"

namespace mmx::library {
namespace {

constexpr std::size_t kAskedAtOnce = 50;

// "songs/3f/<name>" of any key in it; empty for a key of another form.
std::string folder_of(const std::string& key) {
    std::size_t end = 0;
    for (int step = 0; step < 3; ++step) {
        end = key.find('/', step == 0 ? 0 : end + 1);
        if (end == std::string::npos) return {};
    }
    return key.substr(0, end);
}

// Those of the folders that a row names; at most kAskedAtOnce are asked for.
base::Result<std::set<std::string>> owned(store::Database& database,
                                          const std::vector<std::string>& folders) {
    static const std::string kSql = [] {
        std::string places = "?";
        for (std::size_t i = 1; i < kAskedAtOnce; ++i) places += ", ?";
        return "SELECT objects FROM songs WHERE objects <> '' AND objects IN (" + places +
               ") UNION ALL SELECT making_objects FROM songs WHERE making_objects <> '' AND making_objects "
               "IN (" +
               places + ") UNION ALL SELECT objects FROM renditions WHERE objects IN (" + places + ")";
    }();
    store::Parameters parameters;
    for (int table = 0; table < 3; ++table)
        for (std::size_t i = 0; i < kAskedAtOnce; ++i)
            parameters.emplace_back(folders[std::min(i, folders.size() - 1)]);
    std::set<std::string> names;
    for (const store::Row& row : TRY(database.query(kSql, parameters))) names.insert(row.text(0));
    return names;
}

// A folder's name is random and stands in its row before anything is put there, so one that is nobody's now
// is nobody's for good.
base::Result<int> queue_unowned(store::Database& database, const std::vector<std::string>& folders) {
    const std::set<std::string> names = TRY(owned(database, folders));
    int queued = 0;
    for (const std::string& folder : folders) {
        if (names.contains(folder)) continue;
        const std::int64_t added =
            TRY(database.execute("INSERT INTO object_deletions (key, due_at) VALUES (?, now_ms() + ?) "
                                 "ON CONFLICT (key) DO NOTHING",
                                 {folder + "/", kOrphanStays_ms}));
        queued += static_cast<int>(added);
    }
    return queued;
}

}  // namespace

base::Result<int> queue_orphans(store::Database& database, store::Objects& objects) {
    // Folders lie beside few others, by the first two signs of their names, so no listing is long.
    constexpr std::string_view kSigns = "0123456789abcdefghjkmnpqrstvwxyz";  // base::random_id's
    int queued = 0;
    for (const std::string_view kind : {"songs", "renditions"}) {
        for (std::size_t shard = 0; shard < kSigns.size() * kSigns.size(); ++shard) {
            const std::string prefix =
                std::string(kind) + "/" + kSigns[shard / kSigns.size()] + kSigns[shard % kSigns.size()] + "/";
            std::vector<std::string> folders;
            for (const std::string& key : TRY(objects.list(prefix)))
                if (const std::string folder = folder_of(key);
                    !folder.empty() && (folders.empty() || folders.back() != folder))
                    folders.push_back(folder);
            for (std::size_t first = 0; first < folders.size(); first += kAskedAtOnce) {
                const auto begin = folders.begin() + static_cast<std::ptrdiff_t>(first);
                const auto count = std::min(kAskedAtOnce, folders.size() - first);
                queued += TRY(queue_unowned(database, {begin, begin + static_cast<std::ptrdiff_t>(count)}));
            }
        }
    }
    return queued;
}

}  // namespace mmx::library
