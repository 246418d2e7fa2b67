// Reads the tables of a SoundFont (specification 2.04, chapters 4 and 7). The file is not trusted.
#include "perform/sampler/sound_font.h"

#include <algorithm>
#include <optional>

namespace mmx::perform {
namespace {

template <class Number>
Number read(std::span<const std::byte> bytes, std::size_t at) {
    Number number;
    std::memcpy(&number, bytes.data() + at, sizeof number);
    return number;
}

tl::unexpected<base::Error> broken(const std::string& what) {
    return base::fail(base::Kind::unreadable, "The sound font is damaged.", "SoundFont: " + what);
}

struct Chunk {
    std::string_view id;
    std::span<const std::byte> body;
};

// The chunk at the front of `rest`, which shrinks by it; nothing when there is none or it is cut off.
std::optional<Chunk> next_chunk(std::span<const std::byte>& rest) {
    if (rest.size() < 8) return std::nullopt;
    const std::size_t size = read<std::uint32_t>(rest, 4);
    if (size > rest.size() - 8) return std::nullopt;
    const Chunk chunk{{reinterpret_cast<const char*>(rest.data()), 4}, rest.subspan(8, size)};
    rest = rest.subspan(std::min(rest.size(), 8 + size + (size & 1)));
    return chunk;
}

}  // namespace

class SoundFont::Reader {
  public:
    base::Status find_chunks(std::span<const std::byte> file) {
        const auto riff = next_chunk(file);
        if (!riff || riff->id != "RIFF" || riff->body.size() < 4) return broken("no RIFF file, or cut off");
        if (std::memcmp(riff->body.data(), "sfbk", 4) != 0) return broken("not a sound font");
        auto rest = riff->body.subspan(4);
        while (const auto list = next_chunk(rest)) {
            if (list->id != "LIST" || list->body.size() < 4) continue;
            auto inside = list->body.subspan(4);
            while (const auto chunk = next_chunk(inside)) place(*chunk);
        }
        for (const auto& [id, body] :
             {std::pair("phdr", phdr), std::pair("inst", inst), std::pair("shdr", shdr)})
            if (body.empty()) return broken(std::string("no ") + id + " chunk");
        return {};
    }

    // Owners (presets or instruments) whose rows are `row` bytes with the first zone's number at `at`.
    base::Result<Tables> read_tables(std::span<const std::byte> owners, std::size_t row, std::size_t at,
                                     std::span<const std::byte> bags, std::span<const std::byte> modulators,
                                     std::span<const std::byte> generators) const {
        Tables tables;
        for (std::size_t i = 0; i + 4 <= generators.size(); i += 4)
            tables.generators.push_back(
                {read<std::uint16_t>(generators, i), read<std::uint16_t>(generators, i + 2)});
        for (std::size_t i = 0; i + 10 <= modulators.size(); i += 10)
            tables.modulators.push_back(
                {read<std::uint16_t>(modulators, i), read<std::uint16_t>(modulators, i + 2),
                 read<std::int16_t>(modulators, i + 4), read<std::uint16_t>(modulators, i + 6),
                 read<std::uint16_t>(modulators, i + 8)});
        for (std::size_t i = 0; i + 8 <= bags.size(); i += 4) {
            const Zone zone{read<std::uint16_t>(bags, i), read<std::uint16_t>(bags, i + 4),
                            read<std::uint16_t>(bags, i + 2), read<std::uint16_t>(bags, i + 6)};
            if (zone.first_generator > zone.last_generator ||
                zone.last_generator > tables.generators.size() ||
                zone.first_modulator > zone.last_modulator || zone.last_modulator > tables.modulators.size())
                return broken("a zone points outside its tables");
            tables.zones.push_back(zone);
        }
        for (std::size_t i = 0; i + row <= owners.size(); i += row) {
            const std::uint32_t zone = read<std::uint16_t>(owners, i + at);
            if (zone > tables.zones.size() || (!tables.first_zone.empty() && zone < tables.first_zone.back()))
                return broken("a preset or instrument points outside its zones");
            tables.first_zone.push_back(zone);
        }
        if (tables.first_zone.empty()) return broken("an empty table");
        return tables;
    }

    std::vector<FontSample> read_samples(std::size_t frames) const {
        std::vector<FontSample> samples;
        for (std::size_t i = 0; i + 46 <= shdr.size(); i += 46) {
            FontSample sample{read<std::uint32_t>(shdr, i + 20), read<std::uint32_t>(shdr, i + 24),
                              read<std::uint32_t>(shdr, i + 28), read<std::uint32_t>(shdr, i + 32),
                              read<std::uint32_t>(shdr, i + 36)};
            const int root = read<std::uint8_t>(shdr, i + 40);
            sample.root = root <= 127 ? root : 60;  // 255 means unpitched (7.10)
            sample.correction = read<std::int8_t>(shdr, i + 41);
            const bool in_rom = (read<std::uint16_t>(shdr, i + 44) & 0x8000) != 0;
            sample.playable = !in_rom && sample.start < sample.end && sample.end <= frames &&
                              sample.end - sample.start >= 8 && sample.rate >= 400 && sample.rate <= 384000;
            samples.push_back(sample);
        }
        return samples;
    }

    std::span<const std::byte> smpl, phdr, pbag, pmod, pgen, inst, ibag, imod, igen, shdr;

  private:
    void place(const Chunk& chunk) {
        const std::pair<std::string_view, std::span<const std::byte>*> known[] = {
            {"smpl", &smpl}, {"phdr", &phdr}, {"pbag", &pbag}, {"pmod", &pmod}, {"pgen", &pgen},
            {"inst", &inst}, {"ibag", &ibag}, {"imod", &imod}, {"igen", &igen}, {"shdr", &shdr}};
        for (const auto& [id, body] : known)
            if (chunk.id == id) *body = chunk.body;
    }
};

base::Result<SoundFont> SoundFont::parse(std::span<const std::byte> file) {
    Reader reader;
    TRY_VOID(reader.find_chunks(file));
    SoundFont font;
    font.samples_ = reader.smpl;
    font.preset_tables_ = TRY(reader.read_tables(reader.phdr, 38, 24, reader.pbag, reader.pmod, reader.pgen));
    font.instrument_tables_ =
        TRY(reader.read_tables(reader.inst, 22, 20, reader.ibag, reader.imod, reader.igen));
    font.font_samples_ = reader.read_samples(font.sample_frames());
    for (std::size_t i = 0; i + 1 < font.preset_tables_.first_zone.size(); ++i) {
        const char* name = reinterpret_cast<const char*>(reader.phdr.data() + i * 38);
        font.presets_.push_back({read<std::uint16_t>(reader.phdr, i * 38 + 22),
                                 read<std::uint16_t>(reader.phdr, i * 38 + 20),
                                 std::string(name, std::find(name, name + 20, '\0'))});
    }
    return font;
}

}  // namespace mmx::perform
