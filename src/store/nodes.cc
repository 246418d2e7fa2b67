#include "store/nodes.h"

#include <set>

namespace mmx::store {
namespace {

constexpr std::int64_t kForgottenAfterMs = 24 * 3600 * 1000;

}  // namespace

base::Status announce_node(Database& database, const Node& node) {
    TRY_VOID(database.execute(
        "INSERT INTO nodes (id, kind, started_at, seen_at, engine_versions, objects_place) "
        "VALUES (?, ?, now_ms(), now_ms(), ?, ?) ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, "
        "engine_versions = excluded.engine_versions, objects_place = excluded.objects_place",
        {node.id, node.kind == NodeKind::server ? "server" : "worker", node.engine_versions,
         node.objects_place}));
    return {};
}

base::Result<bool> beat_node(Database& database, std::string_view id) {
    const auto changed = TRY(database.write_relaxed(
        [&](Transaction& t) { return t.execute("UPDATE nodes SET seen_at = now_ms() WHERE id = ?", {id}); }));
    return changed == 1;
}

base::Status forget_node(Database& database, std::string_view id) {
    TRY_VOID(database.execute("DELETE FROM nodes WHERE id = ?", {id}));
    return {};
}

base::Result<std::vector<Node>> living_nodes(Database& database) {
    std::vector<Node> nodes;
    for (const Row& row :
         TRY(database.query("SELECT id, kind, engine_versions, objects_place, started_at, seen_at FROM nodes "
                            "WHERE seen_at > now_ms() - ? ORDER BY started_at, id",
                            {1000 * kNodeGoneSeconds})))
        nodes.push_back({row.text(0), row.text(1) == "server" ? NodeKind::server : NodeKind::worker,
                         row.text(2), row.text(3), row.integer(4), row.integer(5)});
    return nodes;
}

base::Result<std::int64_t> sweep_nodes(Database& database) {
    return database.execute("DELETE FROM nodes WHERE seen_at < now_ms() - ?", {kForgottenAfterMs});
}

base::Status check_objects_places(Database& database) {
    std::set<std::string> places;
    std::string ids;
    for (const Node& node : TRY(living_nodes(database))) {
        if (places.insert(node.objects_place).second) ids += (ids.empty() ? "" : ", ") + node.id;
    }
    if (places.size() <= 1) return {};
    return base::fail(base::Kind::conflict,
                      "The servers and workers keep their audio in different places, so one cannot play what "
                      "another made. Give all of them the same objects folder on a shared disk.",
                      "one node of each place: " + ids);
}

}  // namespace mmx::store
