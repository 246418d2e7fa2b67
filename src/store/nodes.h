// The service's processes, as they announce themselves: servers and workers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/database.h"

namespace mmx::store {

enum class NodeKind { server, worker };

struct Node {
    std::string id;
    NodeKind kind = NodeKind::server;
    std::string engine_versions;  // those it can run, as the queue writes them
    std::string objects_place;    // Objects::place_id()
    std::int64_t started_at = 0;  // ms, by the database
    std::int64_t seen_at = 0;
};

// A node that says nothing for so long is taken for gone.
inline constexpr int kNodeGoneSeconds = 60;

base::Status announce_node(Database& database, const Node& node);
// Every kNodeGoneSeconds / 4 or so; false when the node was forgotten meanwhile and must announce itself
// anew.
base::Result<bool> beat_node(Database& database, std::string_view id);
base::Status forget_node(Database& database, std::string_view id);
base::Result<std::vector<Node>> living_nodes(Database& database);
base::Result<std::int64_t> sweep_nodes(Database& database);  // those gone for a day
// Kind::conflict when living nodes keep their objects in different places: a song made by one could not be
// played by another.
base::Status check_objects_places(Database& database);

}  // namespace mmx::store
