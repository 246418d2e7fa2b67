// Builds small SoundFonts in memory, for tests.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "perform/sampler/sound_font.h"

namespace mmx::perform {

struct TinyFont {
    struct Zone {
        std::vector<std::pair<int, int>> generators;  // instrument or sample last
        std::vector<Modulator> modulators;
    };
    struct Sample {
        std::vector<std::int16_t> frames;
        std::uint32_t loop_start = 0, loop_end = 0, rate = 48000;
        int root = 60, correction = 0;
    };
    std::vector<Zone> preset = {{{{kInstrument, 0}}, {}}};
    std::vector<Zone> instrument = {{{{kSampleId, 0}}, {}}};
    std::vector<Sample> samples;

    std::vector<std::byte> bytes() const {
        std::string smpl, shdr;
        for (const Sample& sample : samples) {
            const auto at = static_cast<std::uint32_t>(smpl.size() / 2);
            for (const std::int16_t frame : sample.frames)
                smpl += number(static_cast<std::uint16_t>(frame), 2);
            shdr += std::string(20, 'x') + number(at, 4) +
                    number(at + static_cast<std::uint32_t>(sample.frames.size()), 4) +
                    number(at + sample.loop_start, 4) + number(at + sample.loop_end, 4) +
                    number(sample.rate, 4) + number(static_cast<std::uint32_t>(sample.root), 1) +
                    number(static_cast<std::uint32_t>(sample.correction) & 0xff, 1) + number(0, 2) +
                    number(1, 2);
            smpl += std::string(92, '\0');  // the pause that 7.10 asks for
        }
        shdr += std::string(46, '\0');
        const std::string name = "tiny" + std::string(16, '\0');
        const auto phdr = [&](std::size_t zone) {
            return name + number(0, 2) + number(0, 2) + number(static_cast<std::uint32_t>(zone), 2) +
                   std::string(12, '\0');
        };
        const auto inst = [&](std::size_t zone) {
            return name + number(static_cast<std::uint32_t>(zone), 2);
        };
        const Tables p = tables(preset), i = tables(instrument);
        const std::string pdta = chunk("phdr", phdr(0) + phdr(preset.size())) + chunk("pbag", p.bags) +
                                 chunk("pmod", p.modulators) + chunk("pgen", p.generators) +
                                 chunk("inst", inst(0) + inst(instrument.size())) + chunk("ibag", i.bags) +
                                 chunk("imod", i.modulators) + chunk("igen", i.generators) +
                                 chunk("shdr", shdr);
        const std::string file =
            chunk("RIFF", "sfbk" + chunk("LIST", "INFO") + chunk("LIST", "sdta" + chunk("smpl", smpl)) +
                              chunk("LIST", "pdta" + pdta));
        const auto* first = reinterpret_cast<const std::byte*>(file.data());
        return {first, first + file.size()};
    }

  private:
    struct Tables {
        std::string bags, modulators, generators;
    };
    static std::string number(std::uint32_t value, int size) {
        std::string text;
        for (int i = 0; i < size; ++i) text += static_cast<char>((value >> (8 * i)) & 0xff);
        return text;
    }
    static std::string chunk(const std::string& id, const std::string& body) {
        return id + number(static_cast<std::uint32_t>(body.size()), 4) + body +
               std::string(body.size() & 1, '\0');
    }
    static Tables tables(const std::vector<Zone>& zones) {
        Tables t;
        const auto bag = [&] {
            t.bags += number(static_cast<std::uint32_t>(t.generators.size() / 4), 2) +
                      number(static_cast<std::uint32_t>(t.modulators.size() / 10), 2);
        };
        for (const Zone& zone : zones) {
            bag();
            for (const auto& [which, amount] : zone.generators)
                t.generators += number(static_cast<std::uint32_t>(which), 2) +
                                number(static_cast<std::uint32_t>(amount) & 0xffff, 2);
            for (const Modulator& m : zone.modulators)
                t.modulators += number(m.source, 2) + number(m.destination, 2) +
                                number(static_cast<std::uint16_t>(m.amount), 2) + number(m.amount_source, 2) +
                                number(m.transform, 2);
        }
        bag();
        t.generators += std::string(4, '\0');
        t.modulators += std::string(10, '\0');
        return t;
    }
};

}  // namespace mmx::perform
