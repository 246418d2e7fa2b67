// The same record gives the same samples: on one thread or two, with FMA and AVX masked or absent, today and
// next year.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>

namespace {

namespace fs = std::filesystem;

constexpr const char* kMaskedProcessor = "GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA,-AVX,-FMA4 ";

std::string output_of(const std::string& command) {
    std::string text;
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    std::array<char, 4096> part{};
    while (pipe && fgets(part.data(), part.size(), pipe.get()) != nullptr) text += part.data();
    return text;
}

// A row of golden.tsv: name, engine version, hash, and the arguments that order the song. Its words lie in
// $GOLDEN.
struct Golden {
    std::string engine_version, hash, arguments;
};

std::map<std::string, Golden> golden_songs() {
    std::map<std::string, Golden> songs;
    std::ifstream file(MMX_SOURCE_DIR "/tests/determinism/golden.tsv");
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#') continue;
        std::stringstream row(line);
        std::string name;
        Golden song;
        std::getline(row, name, '\t');
        std::getline(row, song.engine_version, '\t');
        std::getline(row, song.hash, '\t');
        std::getline(row, song.arguments, '\t');
        songs[name] = song;
    }
    return songs;
}

struct Made {
    std::string engine_version, hash;
};

Made make_song(const std::string& prefix, const std::string& arguments, const std::string& more) {
    const fs::path folder = fs::temp_directory_path() / ("mmx-determinism-" + std::to_string(getpid()));
    fs::create_directories(folder);
    setenv("GOLDEN", MMX_SOURCE_DIR "/tests/determinism", 1);
    const std::string command = prefix + MMX_PROGRAM " generate " + arguments + " --json -o " +
                                (folder / "song.wav").string() + " " + more + " 2>&1";
    const std::string answer = output_of(command);
    fs::remove_all(folder);
    const std::size_t start = answer.find('{');
    if (start == std::string::npos) {
        ADD_FAILURE() << command << "\nanswered: " << answer;
        return {};
    }
    const auto json = nlohmann::json::parse(answer.substr(start), nullptr, false);
    if (json.is_discarded()) {
        ADD_FAILURE() << command << "\nanswered: " << answer;
        return {};
    }
    return {json.value("engine_version", ""), json.value("samples_sha256", "")};
}

TEST(P04_Determinism, Published_songs_come_out_with_the_hash_they_had) {
    const auto songs = golden_songs();
    ASSERT_GE(songs.size(), 4u);
    for (const auto& [name, song] : songs) {
        const Made made = make_song("", song.arguments, "--threads 2");
        EXPECT_EQ(made.engine_version, song.engine_version) << name;
        EXPECT_EQ(made.hash, song.hash) << name
                                        << ": the sound changed; raise the engine's version and renew "
                                           "golden.tsv (tests/determinism/renew)";
    }
}

TEST(P04_Determinism, One_thread_makes_the_samples_of_two) {
    for (const auto& [name, song] : golden_songs())
        EXPECT_EQ(make_song("", song.arguments, "--threads 1").hash, song.hash) << name;
}

TEST(P04_Determinism, A_processor_with_its_vector_units_masked_makes_the_same_samples) {
    // The canary: without it a misspelled mask would pass for a proof.
    const std::string plain = output_of(MMX_CANARY),
                      masked = output_of(std::string(kMaskedProcessor) + MMX_CANARY);
    ASSERT_EQ(plain.size(), 17u);
    ASSERT_NE(plain, masked)
        << "masking changes nothing here: this machine has no FMA, or the tunable's name has changed";
    for (const auto& [name, song] : golden_songs())
        EXPECT_EQ(make_song(kMaskedProcessor, song.arguments, "").hash, song.hash) << name;
}

// Our own dispatch (AVX2 or not) is decided by the processor, which only an emulator can change.
void expect_the_same_emulated(std::string_view kind) {
    ASSERT_EQ(std::system("command -v qemu-x86_64 >/dev/null"), 0) << "qemu-user is not installed";
    int tried = 0;
    for (const auto& [name, song] : golden_songs()) {
        if (!name.starts_with(kind)) continue;
        EXPECT_EQ(make_song("qemu-x86_64 -cpu Nehalem ", song.arguments, "--threads 2").hash, song.hash)
            << name;
        ++tried;
    }
    EXPECT_GE(tried, 1);
}

// Slow: the shortest songs.
TEST(P04_Determinism, An_emulated_processor_of_2008_makes_the_same_samples) {
    expect_the_same_emulated("short-");
}

// Minutes: a test of its own, in the campaign.
TEST(P04_Determinism_of_voices, An_emulated_processor_of_2008_sings_the_same_samples) {
    expect_the_same_emulated("sung-pop");
}

}  // namespace
