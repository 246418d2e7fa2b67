// Writes what the fuzz targets start from: small valid files of each kind. seeds FOLDER
#include <filesystem>
#include <fstream>
#include <span>
#include <string>

#include "base/data_files.h"
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

// The head of a FLAC file, without its sound: what the stream is, and two tags. Title_fuzz takes the first
// eighth of what it gets for the new title.
std::string flac_head() {
    std::string file = "fLaC";
    file.append({0, 0, 0, 34}).append(34, '\x10');
    const std::string maker = "libFLAC", title = "TITLE=Rain", tempo = "BPM=92";
    const auto counted = [](const std::string& text) {
        return std::string({static_cast<char>(text.size()), 0, 0, 0}) + text;
    };
    const std::string tags = counted(maker) + std::string({2, 0, 0, 0}) + counted(title) + counted(tempo);
    file.append({'\x84', 0, 0, static_cast<char>(tags.size())}).append(tags);
    return std::string(file.size() / 7, 'a') + file;
}

void write_service_seeds(const fs::path& folder) {
    const std::string host = "Host: music.example\r\n";
    write(folder / "head_fuzz" / "get",
          "GET /api/v1/songs?limit=20&q=rain%20song HTTP/1.1\r\n" + host +
              "Cookie: session_token=abc; theme=dark\r\nX-Forwarded-For: 10.0.0.9, 203.0.113.4\r\n\r\n");
    write(folder / "head_fuzz" / "post", "POST /api/v1/songs/x HTTP/1.1\r\n" + host +
                                             "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    write(folder / "head_fuzz" / "chunked", "PUT http://music.example/assets/a/b HTTP/1.1\r\n" + host +
                                                "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
    write(folder / "answer_fuzz" / "range", std::string("bytes=1-2"));
    write(folder / "answer_fuzz" / "header", std::string("X-Namevalue 1"));
    write(folder / "body_fuzz" / "body",
          std::string(R"({"amount": 3, "reason": "a \u00e9 \"b\"", "silent": true})"));
    write(folder / "mail_fuzz" / "mail",
          std::string("Name <a@example.com>S\xc3\xbc\xc3\x9f, a subject....<p>Text, and more of it.</p>\n"));
    write(folder / "plans_fuzz" / "ours", std::string(*base::data_file("plans.toml")));
    write(folder / "settings_fuzz" / "some",
          std::string("listen = \"127.0.0.1:8420\"\nworkers = 2\npublic_url = \"https://music.example\"\n"
                      "trusted_proxies = [\"10.0.0.0/8\"]\nsmtp_url = \"smtp://user@mail.example:587\"\n"));
    write(folder / "search_fuzz" / "words", std::string("Regen am Fenster 12"));
    write(folder / "url_fuzz" / "target", std::string("http://music.example/api/v1/songs?q=a%20b&limit=3"));
    write(folder / "names_fuzz" / "agent",
          std::string("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"));
    write(folder / "title_fuzz" / "head", flac_head());
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
    write_service_seeds(folder);
    return 0;
}
