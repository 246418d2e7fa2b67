// Routes as a tree of steps: a literal step is tried before one in braces, and that before a rest.
#include <algorithm>
#include <stdexcept>

#include "net/http.h"

namespace mmx::net {
namespace {

struct Entry {
    std::string method;
    Handler handler;
    std::string route;
    Pool pool = Pool::none;
    RouteLimits limits;
    std::vector<std::string> names;  // of the steps in braces, from the left
};

struct Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literal;
    std::unique_ptr<Node> any;  // "{name}"
    std::vector<Entry> here;    // paths that end at this node
    std::vector<Entry> rest;    // "{name...}"
};

std::string_view take_step(std::string_view& path) {
    const auto slash = path.find('/');
    const std::string_view step = path.substr(0, slash);
    path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
    return step;
}

struct Found {
    const std::vector<Entry>* entries = nullptr;
    std::vector<std::string_view> values;
};

// `path` begins after the slash that leads to this node's children; `ended` says there was no such slash.
bool search(const Node& node, std::string_view path, bool ended, Found& found) {
    if (ended) {
        if (node.here.empty()) return false;
        found.entries = &node.here;
        return true;
    }
    const bool last = path.find('/') == std::string_view::npos;
    std::string_view left = path;
    const std::string_view step = take_step(left);
    if (const auto child = node.literal.find(step); child != node.literal.end())
        if (search(*child->second, left, last, found)) return true;
    if (node.any && !step.empty()) {
        found.values.push_back(step);
        if (search(*node.any, left, last, found)) return true;
        found.values.pop_back();
    }
    if (node.rest.empty()) return false;
    found.values.push_back(path);
    found.entries = &node.rest;
    return true;
}

const Entry* entry_of(const std::vector<Entry>& entries, std::string_view method) {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const Entry& entry) { return entry.method == method; });
    return found == entries.end() ? nullptr : &*found;
}

std::string methods_of(const std::vector<Entry>& entries) {
    std::vector<std::string> methods;
    for (const Entry& entry : entries) {
        methods.push_back(entry.method);
        if (entry.method == "GET") methods.emplace_back("HEAD");
    }
    std::sort(methods.begin(), methods.end());
    methods.erase(std::unique(methods.begin(), methods.end()), methods.end());
    std::string text;
    for (const std::string& method : methods) text += (text.empty() ? "" : ", ") + method;
    return text;
}

}  // namespace

struct Router::Tree {
    Node root;
};

Router::Router() : tree_(std::make_unique<Tree>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(std::string_view method, std::string_view path, Pool pool, Handler handler,
                 RouteLimits limits) {
    Entry entry{std::string(method), std::move(handler), std::string(path), pool, limits, {}};
    if (!path.starts_with('/')) throw std::logic_error("a route begins with '/': " + entry.route);
    Node* node = &tree_->root;
    bool rest = false;
    for (std::string_view left = path.substr(1);;) {
        const bool last = left.find('/') == std::string_view::npos;
        const std::string_view step = take_step(left);
        if (step.starts_with('{') && step.ends_with("...}")) {
            entry.names.emplace_back(step.substr(1, step.size() - 5));
            rest = true;
        } else if (step.starts_with('{')) {
            entry.names.emplace_back(step.substr(1, step.size() - 2));
            if (!node->any) node->any = std::make_unique<Node>();
            node = node->any.get();
        } else {
            auto& child = node->literal[std::string(step)];
            if (!child) child = std::make_unique<Node>();
            node = child.get();
        }
        if (last) break;
        if (rest) throw std::logic_error("nothing can follow a rest: " + entry.route);
    }
    auto& entries = rest ? node->rest : node->here;
    if (entry_of(entries, method))
        throw std::logic_error("two handlers for " + entry.method + " " + entry.route);
    entries.push_back(std::move(entry));
}

Router::Match Router::find(std::string_view method, std::string_view path) const {
    Match match;
    Found found;
    if (!path.starts_with('/') || !search(tree_->root, path.substr(1), false, found)) return match;
    const Entry* entry = entry_of(*found.entries, method);
    if (!entry && method == "HEAD") entry = entry_of(*found.entries, "GET");
    if (!entry) {
        match.status = 405;
        match.allow = methods_of(*found.entries);
        match.route = found.entries->front().route;
        return match;
    }
    match.status = 200;
    match.handler = &entry->handler;
    match.route = entry->route;
    match.pool = entry->pool;
    match.limits = entry->limits;
    for (std::size_t i = 0; i < entry->names.size(); ++i)
        match.parameters.insert_or_assign(entry->names[i], std::string(found.values[i]));
    return match;
}

}  // namespace mmx::net
