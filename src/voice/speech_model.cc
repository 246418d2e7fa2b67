#include "voice/speech_model.h"

#include <HTS_engine.h>
#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <mutex>

#include "base/maths.h"
#include "base/sha256.h"

namespace mmx::voice {
namespace {

// festvox-us-slt-hts 0.2010.10.25. HTS Engine ends the program over a damaged file, so no other reaches it.
constexpr std::string_view kKnownSha256 = "04475446a92233deabaad85fa52a1e2df562cb269cf4acf463752644d6e4ce2e";

constexpr std::size_t kSpectrum = 0, kPitch = 1;

// 16-bit samples were full scale when the model was trained: c[0] moves by ln 32768.
constexpr float kFullScale = 10.397207708399179f;

struct Engine {
    HTS_Engine hts;

    Engine() { HTS_Engine_initialize(&hts); }
    ~Engine() { HTS_Engine_clear(&hts); }
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    bool load(const std::string& path) {
        std::string copy = path;
        char* paths[] = {copy.data()};
        return HTS_Engine_load(&hts, paths, 1) == TRUE;
    }
};

}  // namespace

struct SpeechModel::Engines {
    std::string path;
    std::mutex mutex;
    std::vector<std::unique_ptr<Engine>> free;

    std::unique_ptr<Engine> take() {
        {
            const std::lock_guard lock(mutex);
            if (!free.empty()) {
                auto engine = std::move(free.back());
                free.pop_back();
                return engine;
            }
        }
        auto engine = std::make_unique<Engine>();
        return engine->load(path) ? std::move(engine) : nullptr;
    }
    void give_back(std::unique_ptr<Engine> engine) {
        const std::lock_guard lock(mutex);
        free.push_back(std::move(engine));
    }
};

double warped(double hertz) {
    const double w = base::kTwoPi * hertz / kModelRate;
    return w + 2 * base::atan(kModelWarp * base::sin(w) / (1 - kModelWarp * base::cos(w)));
}

SpeechModel::~SpeechModel() = default;

base::Result<std::shared_ptr<const SpeechModel>> SpeechModel::open(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return base::fail(base::Kind::missing_part,
                          "The singing voice is not installed. Please run: sudo apt-get install "
                          "--no-install-recommends festvox-us-slt-hts",
                          "no file " + path);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    base::Sha256 sum;
    sum.add(bytes);
    const std::string hash = sum.hex();
    if (hash != kKnownSha256)
        return base::fail(base::Kind::unreadable,
                          "The singing voice is damaged or of another release. Please run: sudo apt-get "
                          "install --reinstall festvox-us-slt-hts",
                          fmt::format("{} has SHA-256 {}, expected {}", path, hash, kKnownSha256));
    std::shared_ptr<SpeechModel> model(new SpeechModel());
    model->sha256_ = hash;
    model->engines_ = std::make_unique<Engines>();
    model->engines_->path = path;
    auto first = model->engines_->take();
    if (!first)
        return base::fail(base::Kind::unreadable, "The singing voice cannot be read.",
                          "HTS_Engine_load: " + path);
    model->engines_->give_back(std::move(first));
    return std::shared_ptr<const SpeechModel>(std::move(model));
}

base::Result<Spoken> SpeechModel::speak(const std::vector<std::string>& labels) const {
    auto engine = engines_->take();
    const auto failed = [](std::string_view step) {
        return base::fail(base::Kind::internal, "A line of the lyrics could not be sung.",
                          fmt::format("HTS Engine: {}", step));
    };
    if (!engine) return failed("load");
    HTS_Engine& hts = engine->hts;
    std::vector<std::string> copies = labels;
    std::vector<char*> lines;
    for (std::string& copy : copies) lines.push_back(copy.data());
    if (HTS_Engine_generate_state_sequence_from_strings(&hts, lines.data(), lines.size()) != TRUE)
        return failed("states");
    if (HTS_Engine_generate_parameter_sequence(&hts) != TRUE) return failed("parameters");

    Spoken spoken;
    const std::size_t states = HTS_Engine_get_nstate(&hts);
    int frame = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        int frames = 0;
        for (std::size_t s = 0; s < states; ++s)
            frames += static_cast<int>(HTS_Engine_get_state_duration(&hts, i * states + s));
        spoken.phones.push_back({frame, frames});
        frame += frames;
    }
    spoken.frames = frame;
    const HTS_PStream& spectrum = hts.pss.pstream[kSpectrum];
    const HTS_PStream& pitch = hts.pss.pstream[kPitch];
    if (spectrum.vector_length != kCoefficients || static_cast<int>(hts.pss.total_frame) != frame)
        return failed("shape");
    spoken.cepstra.reserve(static_cast<std::size_t>(frame) * kCoefficients);
    std::size_t voiced = 0;
    for (std::size_t f = 0; f < static_cast<std::size_t>(frame); ++f) {
        for (std::size_t m = 0; m < kCoefficients; ++m)
            spoken.cepstra.push_back(static_cast<float>(spectrum.par[f][m]) - (m == 0 ? kFullScale : 0.0f));
        const bool sounds = pitch.msd_flag[f] == TRUE;
        spoken.log_f0.push_back(sounds ? static_cast<float>(pitch.par[voiced][0]) : 0.0f);
        voiced += sounds ? 1 : 0;
    }
    HTS_Engine_refresh(&hts);
    engines_->give_back(std::move(engine));
    return spoken;
}

}  // namespace mmx::voice
