// Tags of an MP3 as an ID3v2.4 tag, which stands before the sound.
#pragma once

#include <cstdint>
#include <string>

#include "codec/codec.h"

namespace mmx::codec {

// Names that ID3 has a frame for get it (TIT2, TCON, TBPM, TKEY, TSSE, COMM ...), all others a TXXX of
// their own name. Cues become chapters (CHAP) under one table (CTOC), each lasting until the next. The size
// does not depend on `frames`, so a tag whose song is still being written can be put in place later.
// invalid_request: text that is not UTF-8.
base::Result<std::string> id3_tag(const FileInfo& info, int sample_rate, std::uint64_t frames);

// ID3 writes keys in three characters: "D minor" and "D dorian" are "Dm", "none" is "o". Empty for what is
// not a key.
std::string id3_key(const std::string& key);

}  // namespace mmx::codec
