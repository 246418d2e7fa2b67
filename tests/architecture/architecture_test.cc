// The layout shows the architecture: includes point downward, and the song's path stays clear of libm.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
const fs::path kRoot = MMX_SOURCE_DIR;

std::string contents(const fs::path& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

// Room -> rooms it may include: its own, and whatever its USES reach, as CMakeLists.txt declares them.
std::map<std::string, std::set<std::string>> allowed_rooms() {
    std::map<std::string, std::set<std::string>> allowed;
    const std::string cmake = contents(kRoot / "CMakeLists.txt");
    const std::regex row(R"(mmx_room\((\w+)([^)]*)\))");
    for (std::sregex_iterator it(cmake.begin(), cmake.end(), row), end; it != end; ++it) {
        const std::string room = (*it)[1];
        auto& rooms = allowed[room];
        rooms.insert(room);
        std::stringstream words((*it)[2]);
        std::string word;
        bool uses = false;
        while (words >> word) {
            if (word == "USES" || word == "LINK" || word == "BATCHED") {
                uses = word == "USES";
            } else if (uses) {
                EXPECT_TRUE(allowed.contains(word))
                    << room << " uses " << word << ", which stands above it or nowhere";
                rooms.insert(allowed[word].begin(), allowed[word].end());
            }
        }
    }
    return allowed;
}

std::vector<fs::path> source_files() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / "src"))
        if (entry.path().extension() == ".cc" || entry.path().extension() == ".h")
            files.push_back(entry.path());
    return files;
}

std::string output_of(const std::string& command) {
    std::string text;
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    std::array<char, 4096> part{};
    while (pipe && fgets(part.data(), part.size(), pipe.get()) != nullptr) text += part.data();
    return text;
}

TEST(Architecture, Includes_point_downward_only) {
    const auto allowed = allowed_rooms();
    ASSERT_GE(allowed.size(), 10u);
    const std::regex include(R"re(#include "(\w+)/)re");
    int seen = 0;
    for (const fs::path& file : source_files()) {
        const std::string room = fs::relative(file, kRoot / "src").begin()->string();
        if (room == "app") continue;  // introduces everybody to everybody
        ASSERT_TRUE(allowed.contains(room)) << file << " stands in no room of CMakeLists.txt";
        const std::string text = contents(file);
        for (std::sregex_iterator it(text.begin(), text.end(), include), end; it != end; ++it, ++seen)
            EXPECT_TRUE(allowed.at(room).contains((*it)[1]))
                << "forbidden arrow: " << file << " -> " << (*it)[1];
    }
    EXPECT_GT(seen, 100);
}

TEST(Architecture, Every_source_file_begins_with_a_sentence_that_says_what_it_is) {
    for (const fs::path& file : source_files()) {
        if (file.extension() == ".h") {
            EXPECT_TRUE(contents(file).starts_with("// ")) << file;
        }
    }
}

// glibc chooses other code where the processor has FMA, and its results differ in the last bit: what makes
// samples may not call it. The linker's view is used, so that a library's inline function cannot bring libm
// in unseen.
TEST(P04_Architecture, The_songs_path_calls_no_function_of_libm) {
    const std::set<std::string> banned = {"sin",  "cos",  "tan",   "asin",   "acos",   "atan",  "atan2",
                                          "sinh", "cosh", "tanh",  "exp",    "exp2",   "exp10", "expm1",
                                          "log",  "log2", "log10", "log1p",  "pow",    "cbrt",  "hypot",
                                          "fma",  "erf",  "erfc",  "tgamma", "lgamma", "sincos"};
    int objects = 0;
    for (const std::string room : {"music", "audio", "style", "speech", "prompt", "compose", "perform",
                                   "voice", "mix", "master", "watermark", "engine"}) {
        std::stringstream symbols(
            output_of("nm -u --format=posix " MMX_BINARY_DIR "/libmmx_" + room + ".a 2>&1"));
        std::string name, where;
        for (std::string line; std::getline(symbols, line);) {
            if (line.ends_with(":")) {
                where = line;
                ++objects;
                continue;
            }
            // Finding a mark makes no samples: its statistics may differ in the last bit.
            if (where.find("[detect.cc") != std::string::npos ||
                where.find("[verify.cc") != std::string::npos)
                continue;
            name = line.substr(0, line.find(' '));
            const bool single = name.size() > 1 && (name.back() == 'f' || name.back() == 'l') &&
                                banned.contains(name.substr(0, name.size() - 1));
            EXPECT_FALSE(banned.contains(name) || single) << room << ": " << where << " calls " << name;
        }
    }
    EXPECT_GE(objects, 9);
}

TEST(Architecture, Nothing_speaks_of_the_place_where_it_was_made) {
    const std::regex place(R"((^|[^A-Za-z0-9_])/(work|farm)/)");
    for (const std::string folder : {"src", "data", "docs", "tools", "tests", "bench", "fuzz", "cmake"})
        for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
            const auto extension = entry.path().extension();
            if (!entry.is_regular_file() || extension == ".bin" || extension == ".png" ||
                extension == ".flac")
                continue;
            EXPECT_FALSE(std::regex_search(contents(entry.path()), place)) << entry.path();
        }
}

}  // namespace
