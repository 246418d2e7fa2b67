#include "engine/engine.h"

namespace mmx::engine {

std::string_view stage_name(Stage stage) {
    constexpr std::string_view kNames[] = {"understanding", "composing", "playing", "mastering", "encoding"};
    return kNames[static_cast<std::size_t>(stage)];
}

}  // namespace mmx::engine
