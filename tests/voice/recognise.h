// Can it be understood? A speech recogniser that knows all words of all texts, and not their order, is asked.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "music/vocals.h"
#include "voice/line.h"

namespace mmx::voice::testing {

// A sung line brought back to the length of speech: of each vowel longer than it would be spoken, the middle
// is cut out. Recognisers have never heard vowels of a second.
std::vector<float> destretched(std::span<const float> sound, int sample_rate, const Line& line);

std::vector<std::string> plain_words(const music::SungLine& line);

// Every word of the lines once, with the phones it was given; equal weights, no order. Files are made in
// `folder`.
class Recogniser {
  public:
    Recogniser(std::string folder, const std::vector<music::SungLine>& vocabulary);
    // One utterance each, at `sample_rate`; what was heard. Starts one process.
    std::vector<std::vector<std::string>> listen(const std::vector<std::vector<float>>& utterances,
                                                 int sample_rate) const;
    std::size_t words() const { return words_; }

  private:
    std::string folder_;
    std::size_t words_ = 0;
};

// Substitutions, deletions and insertions.
int word_errors(const std::vector<std::string>& said, const std::vector<std::string>& heard);

}  // namespace mmx::voice::testing
