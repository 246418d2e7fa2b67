#include "composed_songs.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "compose/compose.h"
#include "prompt/prompt.h"
#include "style/style.h"

namespace mmx::voice::testing {

music::Score compose_song(const std::string& path, const std::string& prompt, const std::string& voice,
                          std::uint64_t seed) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("no file " + path);
    music::SongRequest request;
    request.prompt = prompt;
    request.lyrics = std::string{std::istreambuf_iterator<char>(file), {}};
    request.voice = voice;
    request.seed = seed;
    const auto plan = prompt::understand(request);
    if (!plan) throw std::runtime_error(path + ": " + plan.error().tell_user);
    const style::Style* style = style::find_style(plan->genre);
    if (style == nullptr) throw std::runtime_error("no style " + plan->genre);
    auto score = compose::compose(*plan, *style, nullptr);
    if (!score) throw std::runtime_error(path + ": " + score.error().tell_user);
    if (score->vocals.empty()) throw std::runtime_error(path + ": nobody sings");
    return std::move(*score);
}

}  // namespace mmx::voice::testing
