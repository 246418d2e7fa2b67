// Writes what the fuzz targets start from: small valid files of each kind. seeds FOLDER
#include <filesystem>
#include <fstream>
#include <span>
#include <string>

#include "music/record_json.h"
#include "perform/sampler/tiny_font.h"

namespace {

namespace fs = std::filesystem;
using namespace mmx;

void write(const fs::path& file, std::span<const std::byte> bytes) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}
void write(const fs::path& file, const std::string& text) {
    write(file, std::as_bytes(std::span(text)));
}

perform::TinyFont font() {
    perform::TinyFont font;
    for (int i = 0; i < 2; ++i) font.samples.push_back({std::vector<std::int16_t>(100, 1000), 10, 90});
    font.instrument = {
        {{{perform::kKeyRange, 59 << 8}, {perform::kSampleModes, 1}, {perform::kSampleId, 0}}, {}},
        {{{perform::kKeyRange, 60 | 127 << 8}, {perform::kPan, -100}, {perform::kSampleId, 1}}, {}}};
    font.preset = {{{{perform::kAttenuation, 30}, {perform::kInstrument, 0}}, {}}};
    return font;
}

}  // namespace

int main(int count, char** arguments) {
    const fs::path folder = count > 1 ? arguments[1] : ".";
    const auto sound_font = font().bytes();
    write(folder / "sf2_fuzz" / "tiny", std::as_bytes(std::span(sound_font)));

    music::SongRequest request;
    request.prompt = "warm lo-fi hip hop, no drums, at 92 bpm in F# minor, 7/8, two minutes";
    request.lyrics =
        "[Verse 1: piano only]\nOne line and\nanother (echo)\n[Guitar Solo, 8 bars]\n[Chorus]\nSing!";
    request.seed = 7;
    write(folder / "record_fuzz" / "request", music::write_request(request));
    music::Plan plan;
    plan.decisions = {{"bpm", "92", "said in the prompt"}};
    plan.substitutions = {{"erhu", "violin"}};
    write(folder / "record_fuzz" / "stored", music::write_stored_record(music::record_of(request, plan)));
    write(folder / "lyrics_fuzz" / "sections", request.lyrics);
    write(folder / "prompt_fuzz" / "words", request.prompt);
    write(folder / "prompt_fuzz" / "band",
          std::string("jazz house with a sax solo, not sad, only piano and strings"));
    return 0;
}
