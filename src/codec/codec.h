// Audio files: writing WAV, FLAC, MP3 and Opus, reading whatever libsndfile reads.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "audio/buffer.h"
#include "base/result.h"

namespace mmx::codec {

// flac: 24 bit. mp3_v0: variable, the best quality LAME has a name for; mp3_320: 320 kbit/s throughout.
// opus: 160 kbit/s on average. The lossy ones change peaks and a little of the loudness: produce/deliver.h
// sees to that.
enum class Format { flac, wav16, wav24, wav32f, flac16, mp3_v0, mp3_320, opus };

struct FormatFacts {
    Format format;
    std::string_view name;        // "mp3_v0": for settings, requests and columns
    std::string_view ending;      // ".mp3"
    std::string_view media_type;  // "audio/mpeg"
    bool lossy;
};
const FormatFacts& facts_of(Format format);
std::optional<Format> format_named(std::string_view name);
// By file name: .flac, .wav (24 bit), .mp3 (V0), .opus, in any case of letters. Empty for others.
std::optional<Format> format_of(const std::string& path);
// MP3 knows three rates that music is kept at: 32, 44.1 and 48 kHz. All others take 8 to 192 kHz. Opus is
// played back at 48 kHz whatever went in.
bool takes_rate(Format format, int sample_rate);

struct Cue {
    std::uint64_t frame;
    std::string label;  // "Verse 1"
};
struct FileInfo {
    std::vector<std::pair<std::string, std::string>> tags;  // Vorbis comment names: TITLE, BPM, ...; UTF-8
    // Cue points of a WAV, chapters of an MP3 (CHAP) or Opus file (CHAPTER001); a FLAC has none.
    std::vector<Cue> cues;
};

// A file in the making, for sound that comes in portions. It lies beside its final place under a temporary
// name until finish() has synced and renamed it: a half file never bears the name, and an unfinished one is
// removed. Thread rule: one thread at a time, any thread; several writers at once are fine, so encoding may
// run beside other work.
class AudioWriter {
  public:
    // Kind::io says what stands in the way: a missing folder, no permission, a name that is a folder.
    // invalid_request: a rate the format does not take, a tag that is not UTF-8 (not looked at for WAV).
    static base::Result<AudioWriter> open(const std::string& path, int sample_rate, Format format,
                                          const FileInfo& info);
    AudioWriter(AudioWriter&&) noexcept;
    AudioWriter& operator=(AudioWriter&&) noexcept;
    ~AudioWriter();

    // Beyond full scale is clipped, except in wav32f. Not a number counts as silence.
    base::Status add(audio::ConstStereoView portion);
    base::Status finish();

  private:
    struct State;
    explicit AudioWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

// All of it at once. 16 bit is dithered (TPDF from a counter-based generator, so the bytes are the same every
// time); 24 bit is rounded. progress (0-1) is called from the calling thread.
base::Status write_audio(const std::string& path, audio::ConstStereoView audio, int sample_rate,
                         Format format, const FileInfo& info,
                         const std::function<void(double)>& progress = {});
// Mono becomes two equal channels; more than two channels are refused. Errors: not_found, io (no permission),
// unreadable (not audio, broken, ends early).
base::Result<audio::StereoBuffer> read_audio(const std::string& path);

// SHA-256 over the interleaved samples as 32-bit little-endian floats: the record's hash of the sound.
std::string hash_samples(audio::ConstStereoView audio);

}  // namespace mmx::codec
