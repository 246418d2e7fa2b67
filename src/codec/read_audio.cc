// Reading audio files, through libsndfile.
#include <sndfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <new>

#include "codec/codec.h"

namespace mmx::codec {
namespace {

struct Close {
    void operator()(SNDFILE* file) const { sf_close(file); }
};

// libsndfile's own words for these cases are vague, so the file is looked at first.
base::Status look_at(const std::string& path) {
    struct stat there {};
    if (::stat(path.c_str(), &there) != 0) {
        const std::string log = path + ": " + std::strerror(errno);
        if (errno == ENOENT || errno == ENOTDIR)
            return base::fail(base::Kind::not_found, "There is no file " + path + ".", log);
        return base::fail(base::Kind::io, "Cannot read " + path + ": " + std::strerror(errno) + ".", log);
    }
    if (S_ISDIR(there.st_mode)) {
        return base::fail(base::Kind::invalid_request,
                          path + " is a folder. Give the name of an audio file.");
    }
    if (!S_ISREG(there.st_mode)) {
        return base::fail(base::Kind::invalid_request,
                          path + " is not an ordinary file. Give the name of an audio file.");
    }
    if (::access(path.c_str(), R_OK) != 0) {
        return base::fail(base::Kind::io, "Cannot read " + path + ": no permission.",
                          path + ": " + std::strerror(errno));
    }
    return {};
}

tl::unexpected<base::Error> broken(const std::string& path, const std::string& why, SNDFILE* file) {
    return base::fail(base::Kind::unreadable, path + " " + why, path + ": libsndfile: " + sf_strerror(file));
}

base::Result<audio::StereoBuffer> read_samples(const std::string& path, SNDFILE* file, const SF_INFO& info) {
    audio::StereoBuffer sound(0, info.samplerate);
    constexpr std::size_t kFrames = 65536;
    const auto channels = static_cast<std::size_t>(info.channels);
    std::vector<float> block(kFrames * channels);
    // The header's length is not trusted: what can be read is what there is.
    for (;;) {
        const sf_count_t read = sf_readf_float(file, block.data(), kFrames);
        if (read <= 0) break;
        for (std::size_t i = 0; i < static_cast<std::size_t>(read); ++i) {
            sound.left.push_back(block[i * channels]);
            sound.right.push_back(block[i * channels + channels - 1]);
        }
    }
    if (sf_error(file) != SF_ERR_NO_ERROR)
        return broken(path, "is damaged: it cannot be decoded to the end.", file);
    // MP3 headers only estimate the length.
    const bool exact = (info.format & SF_FORMAT_TYPEMASK) != SF_FORMAT_MPEG && info.frames < SF_COUNT_MAX;
    if (exact && static_cast<sf_count_t>(sound.frames()) < info.frames) {
        return broken(path, "is damaged: it ends earlier than it says.", file);
    }
    return sound;
}

}  // namespace

base::Result<audio::StereoBuffer> read_audio(const std::string& path) {
    TRY_VOID(look_at(path));
    SF_INFO info{};
    const std::unique_ptr<SNDFILE, Close> file(sf_open(path.c_str(), SFM_READ, &info));
    if (file == nullptr)
        return broken(path, "is not an audio file that can be read (WAV, FLAC, AIFF, OGG, MP3 and Opus can).",
                      nullptr);
    if (info.channels < 1 || info.channels > 2) {
        return base::fail(base::Kind::invalid_request, path + " has " + std::to_string(info.channels) +
                                                           " channels. Mono and stereo files can be read.");
    }
    try {
        return read_samples(path, file.get(), info);
    } catch (const std::bad_alloc&) {
        return base::fail(base::Kind::io, path + " is too long for this machine's memory.");
    }
}

}  // namespace mmx::codec
