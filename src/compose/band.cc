#include "compose/band.h"

#include <algorithm>
#include <array>

#include "base/random.h"
#include "compose/exclusions.h"

namespace mmx::compose {
namespace {

using music::Role;
using style::Texture;

// More than this nobody hears apart, and every stem costs time.
constexpr std::size_t kMostPlayers = 12;

bool is_melodic(const style::Instrument& instrument) {
    return !instrument.drums && instrument.family != "bass" && instrument.id != "timpani";
}

Player make_player(const style::PlayerStyle& manner, const style::Instrument& instrument,
                   const style::BandStyle& book) {
    return {manner.id, manner.role, &instrument, manner.enters_at_energy, manner.pan, manner, &book, false};
}

class Casting {
  public:
    Casting(const music::Plan& plan, const style::Style& style, const style::Style* second)
        : plan_(plan), style_(style), second_(second) {}

    base::Result<Band> cast() {
        if (!plan_.only_asked_instruments) {
            hire_all(style_.band, 0);
            if (second_ != nullptr && plan_.blend > 0) borrow(*second_);
            add_effects();
        }
        for (const music::AskedInstrument& asked : plan_.instruments) TRY_VOID(hire_asked(asked));
        stand_in();
        see_to_a_lead();
        carry_the_bass();
        trim();
        if (players_.empty())
            return base::fail_field(
                "instruments",
                "Every instrument is excluded, so there is nothing left to play; allow at least one.");
        name_apart();
        return Band{std::move(players_)};
    }

  private:
    bool allowed(const style::Instrument& instrument, Role role) const {
        // An asked instrument wins over a class that excludes it: "no strings, solo violin".
        for (const auto& asked : plan_.instruments)
            if (asked.id == instrument.id &&
                std::ranges::find(plan_.excluded, asked.id) == plan_.excluded.end())
                return true;
        return !is_excluded(plan_.excluded, instrument, role);
    }

    const style::Instrument* pick_instrument(const style::PlayerStyle& manner, base::Chance& chance) const {
        std::vector<const style::Instrument*> able;
        std::vector<double> weights;
        for (const auto& choice : manner.instruments) {
            const style::Instrument* instrument = style::find_instrument(choice.instrument);
            if (instrument == nullptr || !allowed(*instrument, manner.role)) continue;
            able.push_back(instrument);
            weights.push_back(choice.weight);
        }
        return able.empty() ? nullptr : able[chance.pick(weights)];
    }

    void hire_all(const style::BandStyle& book, std::uint64_t which) {
        for (std::size_t i = 0; i < book.players.size(); ++i) {
            const style::PlayerStyle& manner = book.players[i];
            base::Chance chance(plan_.seed, base::Stream::orchestration, {which, 0, i});
            double likely = manner.probability;
            if (likely < 1) likely += 0.4 * (plan_.energy - 0.5) + 0.4 * (plan_.complexity - 0.5);
            const bool comes = chance.happens(likely);
            const style::Instrument* instrument = pick_instrument(manner, chance);
            if (comes && instrument != nullptr) players_.push_back(make_player(manner, *instrument, book));
        }
    }

    // A blend keeps the first style's ground and takes players of the second: first the colours, last the
    // groove.
    void borrow(const style::Style& second) {
        base::Chance chance(plan_.seed, base::Stream::orchestration, {1, 0, 0});
        auto left = std::max(1, static_cast<int>(plan_.blend * static_cast<double>(players_.size()) + 0.5));
        for (const Role role : {Role::chords, Role::lead, Role::pad, Role::counter, Role::bass,
                                Role::percussion, Role::drums}) {
            if (left == 0) return;
            const auto theirs = std::ranges::find(second.band.players, role, &style::PlayerStyle::role);
            if (theirs == second.band.players.end()) continue;
            const style::Instrument* instrument = pick_instrument(*theirs, chance);
            if (instrument == nullptr) continue;
            const auto ours = std::ranges::find(players_, role, &Player::role);
            Player player = make_player(*theirs, *instrument, second.band);
            if (ours != players_.end()) {
                player.id = ours->id;
                *ours = std::move(player);
            } else {
                players_.push_back(std::move(player));
            }
            --left;
        }
    }

    // Rain, wind and vinyl that the words ask for.
    void add_effects() {
        const auto says = [&](std::string_view word) { return plan_.prompt.find(word) != std::string::npos; };
        const bool wanted = says("rain") || says("Rain") || says("wind") || plan_.production.lofi > 0.5;
        if (!wanted || std::ranges::find(players_, Role::effects, &Player::role) != players_.end()) return;
        const style::Instrument* kit = style::find_instrument("fx-kit");
        if (kit == nullptr || !allowed(*kit, Role::effects)) return;
        style::PlayerStyle manner;
        manner.id = "effects";
        manner.role = Role::effects;
        manner.texture = Texture::effects;
        players_.push_back(make_player(manner, *kit, style_.band));
    }

    bool lead_is_asked() const {
        return std::ranges::any_of(players_, [](const Player& p) { return p.role == Role::lead && p.asked; });
    }

    Role role_for(const style::Instrument& instrument, bool lead) const {
        const std::string_view family = instrument.family, id = instrument.id;
        if (id == "fx-kit") return Role::effects;
        if (family == "drums") return Role::drums;
        if (family == "percussion") return Role::percussion;
        if (lead) return Role::lead;
        if (family == "bass") return Role::bass;
        const bool free_lead =
            !lead_is_asked() && std::ranges::none_of(plan_.instruments, &music::AskedInstrument::lead);
        if (!instrument.polyphonic) {
            if (id == "contrabass" || id == "tuba") return Role::bass;
            return free_lead ? Role::lead : Role::counter;
        }
        for (const Role role : {Role::chords, Role::pad, Role::arpeggio, Role::counter})
            for (const auto& manner : style_.band.players)
                if (manner.role == role &&
                    std::ranges::find(manner.instruments, id, &style::InstrumentChoice::instrument) !=
                        manner.instruments.end())
                    return role;
        if (family == "choir" || id.ends_with("-pad") || id.ends_with("-strings") || id == "string-ensemble")
            return Role::pad;
        if (id == "harp" || id == "synth-pluck" || id == "synth-arp") return Role::arpeggio;
        if (id.ends_with("-lead")) return free_lead ? Role::lead : Role::counter;
        if (family == "mallets" || family == "brass" || id == "synth-bell" || id == "synth-brass" ||
            id == "celesta" || family == "reeds")
            return Role::counter;
        return Role::chords;
    }

    struct Found {
        const style::PlayerStyle* manner = nullptr;
        const style::BandStyle* book = nullptr;
    };

    // How an instrument that the style does not have plays its role: as the style's own player of that role
    // does, or as players of other styles who have it do.
    Found manner_for(const style::Instrument& instrument, Role role) const {
        std::vector<const style::BandStyle*> books = {&style_.band};
        if (second_ != nullptr) books.push_back(&second_->band);
        for (const std::string_view id :
             {"pop", "folk-ballad", "orchestral-film", "jazz-swing", "bossa-nova", "rock", "synthwave"})
            if (const style::Style* other = style::find_style(id)) books.push_back(&other->band);
        const auto plays = [&](const style::PlayerStyle& manner, auto&& like) {
            return manner.role == role && std::ranges::any_of(manner.instruments, like);
        };
        for (const style::BandStyle* book : books) {
            for (const auto& manner : book->players)
                if (plays(manner, [&](const auto& choice) { return choice.instrument == instrument.id; }))
                    return {&manner, book};
            for (const auto& manner : book->players)
                if (plays(manner, [&](const auto& choice) {
                        const style::Instrument* other = style::find_instrument(choice.instrument);
                        return other != nullptr && other->family == instrument.family &&
                               other->polyphonic == instrument.polyphonic;
                    }))
                    return {&manner, book};
            for (const auto& manner : book->players)
                if (manner.role == role && manner.texture != Texture::roll &&
                    (instrument.polyphonic || instrument.drums || manner.texture != Texture::sustain) &&
                    instrument.drums == (manner.texture == Texture::kit))
                    return {&manner, book};
        }
        return {};
    }

    // Voicings and registers belong to hands: a guitarist cannot reach what a pianist can.
    static void fit_hands(Player& player) {
        style::PlayerStyle& manner = player.manner;
        const style::Instrument& instrument = *player.instrument;
        const bool guitar = instrument.family == "guitar";
        if ((manner.texture == Texture::strum || manner.voicing == style::VoicingKind::guitar) && !guitar) {
            manner.voicing = style::VoicingKind::close;
        } else if (guitar && manner.voicing == style::VoicingKind::left_hand) {
            manner.voicing = style::VoicingKind::guitar;
        }
        if (manner.low < instrument.low || manner.high > instrument.high || manner.high - manner.low < 12)
            manner.low = manner.high = 0;
    }

    base::Status hire_asked(const music::AskedInstrument& asked) {
        const style::Instrument* instrument = style::find_instrument(asked.id);
        if (instrument == nullptr)
            return base::fail_field("instruments",
                                    "\"" + asked.asked_as + "\" is no instrument this program can play.");
        if (std::ranges::find(plan_.excluded, asked.id) != plan_.excluded.end()) return {};
        const Role role = role_for(*instrument, asked.lead && is_melodic(*instrument));
        const bool already = std::ranges::any_of(players_, [&](Player& p) {
            if (p.instrument != instrument || p.role != role) return false;
            p.asked = true;
            return true;
        });
        if (already) return {};

        const Found found = manner_for(*instrument, role);
        Player player;
        if (found.manner != nullptr) {
            player = make_player(*found.manner, *instrument, *found.book);
        } else {
            style::PlayerStyle manner;
            manner.role = role;
            manner.texture = role == Role::lead                                 ? Texture::melody
                             : role == Role::bass                               ? Texture::drone
                             : role == Role::counter || !instrument->polyphonic ? Texture::answer
                                                                                : Texture::sustain;
            player = make_player(manner, *instrument, style_.band);
            player.pan = role == Role::bass || role == Role::lead ? 0 : 0.2;
        }
        if (instrument->id == "timpani") player.manner.texture = Texture::roll;
        player.id = std::string(music::role_name(role));
        player.asked = true;
        player.enters_at_energy = player.manner.enters_at_energy = std::min(player.enters_at_energy, 0.35);
        fit_hands(player);

        const auto same =
            std::ranges::find_if(players_, [&](const Player& p) { return p.role == role && !p.asked; });
        if (same != players_.end()) {
            player.id = same->id;
            *same = std::move(player);
        } else {
            players_.push_back(std::move(player));
        }
        return {};
    }

    // "Classical piano, no piano": the style's hands at another instrument, rather than silence.
    void stand_in() {
        if (plan_.only_asked_instruments ||
            std::ranges::any_of(players_, [](const Player& p) { return p.role != Role::effects; }))
            return;
        for (const std::string_view id :
             {"harp", "electric-piano", "nylon-guitar", "string-ensemble", "vibraphone", "synth-pluck"}) {
            const style::Instrument* instrument = style::find_instrument(id);
            if (instrument == nullptr || !allowed(*instrument, Role::chords)) continue;
            for (const style::PlayerStyle& manner : style_.band.players) {
                if (manner.role != Role::lead && manner.role != Role::chords && manner.role != Role::pad)
                    continue;
                players_.push_back(make_player(manner, *instrument, style_.band));
                fit_hands(players_.back());
            }
            if (!players_.empty()) return;
        }
    }

    // Somebody has to carry the tune: a single line first, else the hands that already play chords also sing.
    void see_to_a_lead() {
        if (std::ranges::find(players_, Role::lead, &Player::role) != players_.end()) return;
        auto found = std::ranges::find_if(
            players_, [](const Player& p) { return is_melodic(*p.instrument) && p.role == Role::counter; });
        if (found == players_.end() && !plan_.only_asked_instruments) {
            // The style's leads are all excluded: any instrument of the band that sings.
            base::Chance chance(plan_.seed, base::Stream::orchestration, {2, 0, 0});
            for (const std::string_view id : {"grand-piano", "flute", "violin", "clean-guitar",
                                              "electric-piano", "synth-lead", "trumpet"}) {
                const style::Instrument* instrument = style::find_instrument(id);
                if (instrument == nullptr || !allowed(*instrument, Role::lead)) continue;
                if (players_.empty()) break;
                add_lead(*instrument, false);
                return;
            }
        }
        if (found != players_.end()) {
            found->role = found->manner.role = Role::lead;
            found->manner.texture = Texture::melody;
            found->id = "lead";
            return;
        }
        found = std::ranges::find_if(
            players_, [](const Player& p) { return is_melodic(*p.instrument) && p.role != Role::pad; });
        if (found == players_.end())
            found = std::ranges::find_if(players_, [](const Player& p) { return is_melodic(*p.instrument); });
        if (found == players_.end()) return;
        const style::Instrument& instrument = *found->instrument;
        add_lead(instrument, found->asked);
    }

    void add_lead(const style::Instrument& instrument, bool asked) {
        style::PlayerStyle manner;
        manner.id = "lead";
        manner.role = Role::lead;
        manner.texture = Texture::melody;
        Player player = make_player(manner, instrument, style_.band);
        player.asked = asked;
        players_.insert(players_.begin(), std::move(player));
    }

    // A song without a bass player needs its roots from somewhere: the left hand.
    void carry_the_bass() {
        if (std::ranges::find(players_, Role::bass, &Player::role) != players_.end()) return;
        const auto keys = std::ranges::find_if(players_, [](const Player& p) {
            return p.role == Role::chords &&
                   (p.instrument->family == "keys" || p.instrument->family == "organ") &&
                   (p.manner.texture == Texture::chords || p.manner.texture == Texture::sustain);
        });
        if (keys == players_.end() || keys->manner.voicing == style::VoicingKind::left_hand) return;
        keys->manner.voicing = style::VoicingKind::left_hand;
        keys->manner.low = std::max(36, keys->instrument->low);
        keys->manner.high = 72;
    }

    void trim() {
        const auto needed = [](const Player& p) {
            return p.asked || p.role == Role::lead || p.role == Role::bass || p.role == Role::drums ||
                   p.role == Role::chords;
        };
        for (std::size_t i = players_.size(); i-- > 0 && players_.size() > kMostPlayers;)
            if (!needed(players_[i])) players_.erase(players_.begin() + static_cast<std::ptrdiff_t>(i));
    }

    void name_apart() {
        std::ranges::stable_sort(players_, {}, [](const Player& p) { return p.role == Role::lead ? 0 : 1; });
        for (std::size_t i = 0; i < players_.size(); ++i) {
            const std::string wanted = players_[i].id;
            const auto taken = [&](const std::string& id) {
                return std::ranges::any_of(players_.begin(),
                                           players_.begin() + static_cast<std::ptrdiff_t>(i),
                                           [&](const Player& p) { return p.id == id; });
            };
            for (int number = 2; taken(players_[i].id); ++number)
                players_[i].id = wanted + "-" + std::to_string(number);
        }
    }

    const music::Plan& plan_;
    const style::Style& style_;
    const style::Style* second_;
    std::vector<Player> players_;
};

}  // namespace

const Player* Band::lead() const {
    const auto found = std::ranges::find(players, Role::lead, &Player::role);
    return found == players.end() ? nullptr : &*found;
}

base::Result<Band> choose_band(const music::Plan& plan, const style::Style& style,
                               const style::Style* second) {
    return Casting(plan, style, second).cast();
}

}  // namespace mmx::compose
