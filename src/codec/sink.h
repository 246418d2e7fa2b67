// What every file format offers to AudioWriter. Add a format by adding one of these.
#pragma once

#include <memory>

#include "codec/atomic_file.h"
#include "codec/codec.h"

namespace mmx::codec {

class Sink {
  public:
    virtual ~Sink() = default;
    virtual base::Status add(audio::ConstStereoView portion) = 0;  // at most kPortion frames
    virtual base::Status finish() = 0;                             // headers completed and the file committed
};
inline constexpr std::size_t kPortion = 16384;

base::Result<std::unique_ptr<Sink>> open_wav(AtomicFile file, int sample_rate, Format format,
                                             const FileInfo& info);
base::Result<std::unique_ptr<Sink>> open_flac(AtomicFile file, int sample_rate, Format format,
                                              const FileInfo& info);
base::Result<std::unique_ptr<Sink>> open_mp3(AtomicFile file, int sample_rate, Format format,
                                             const FileInfo& info);
base::Result<std::unique_ptr<Sink>> open_opus(AtomicFile file, int sample_rate, const FileInfo& info);

// What the encoders of floats are given: within full scale, and silence for what is not a number.
inline float playable(float x) {
    return x != x ? 0.0f : x > 1.0f ? 1.0f : x < -1.0f ? -1.0f : x;
}

}  // namespace mmx::codec
