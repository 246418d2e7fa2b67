#include "master/low_end.h"

#include <algorithm>

#include "audio/k_weighting.h"
#include "audio/true_peak.h"
#include "base/maths.h"
#include "master/gain_curve.h"

namespace mmx::master {
namespace {

constexpr double kSubsonicHertz = 20, kMonoHertz = 150;
// A piece is filtered apart from the others after a run-up. In 0.5 s the 20 Hz filter has forgotten its
// beginning (1e-19); the meter's filters need their time after that. Backwards the 150 Hz filter needs 0.15 s
// (1e-43).
constexpr double kPieceSeconds = 10, kLeadSeconds = 0.5 + audio::kKWeightingMemorySeconds,
                 kTailSeconds = 0.15;

struct HighPass {
    double b0, b1, b2, a1, a2;
};
HighPass butterworth(double hertz, int sample_rate) {
    const double k = base::tan(base::kPi * hertz / sample_rate);
    const double root2 = base::sqrt(2.0);
    const double a0 = 1.0 + root2 * k + k * k;
    return {1.0 / a0, -2.0 / a0, 1.0 / a0, 2.0 * (k * k - 1.0) / a0, (1.0 - root2 * k + k * k) / a0};
}

// One piece of the song with what surrounds it, as it was before any piece was changed.
struct Piece {
    std::size_t start, count;
    std::vector<float> lead[2], tail[2];
};

struct Desk {
    audio::StereoView song;
    int sample_rate;
    std::size_t block;
    Seam seam;
    HighPass subsonic, side;

    // Copies `count` frames from position `from` on, which may lie outside the song.
    std::vector<float> around(std::span<const float> channel, std::ptrdiff_t from, std::size_t count) const {
        std::vector<float> copy(count);
        const auto frames = static_cast<std::ptrdiff_t>(channel.size());
        for (std::size_t i = 0; i < count; ++i) {
            std::ptrdiff_t at = from + static_cast<std::ptrdiff_t>(i);
            if (seam == Seam::loop) {
                at %= frames;
                if (at < 0) at += frames;
            }
            if (at >= 0 && at < frames) copy[i] = channel[static_cast<std::size_t>(at)];
        }
        return copy;
    }

    // Left and right become middle and side, the side filtered forwards ...
    void forwards(std::vector<float>& a, std::vector<float>& b) const {
        typedef double Pair __attribute__((vector_size(16)));
        const auto both = [](double x) { return Pair{x, x}; };
        const Pair b0 = both(subsonic.b0), b1 = both(subsonic.b1), b2 = both(subsonic.b2);
        const Pair a1 = both(subsonic.a1), a2 = both(subsonic.a2);
        Pair s1{}, s2{};
        double t1 = 0, t2 = 0;
        for (std::size_t i = 0; i < a.size(); ++i) {
            const Pair x{static_cast<double>(a[i]), static_cast<double>(b[i])};
            const Pair y = b0 * x + s1;
            s1 = (b1 * x + s2) - a1 * y;
            s2 = b2 * x - a2 * y;
            const double difference = 0.5 * (y[0] - y[1]);
            const double z = side.b0 * difference + t1;
            t1 = (side.b1 * difference + t2) - side.a1 * z;
            t2 = side.b2 * difference - side.a2 * z;
            a[i] = static_cast<float>(0.5 * (y[0] + y[1]));
            b[i] = static_cast<float>(z);
        }
    }
    // ... and backwards, and they become left and right again.
    void backwards(std::vector<float>& a, std::vector<float>& b) const {
        double t1 = 0, t2 = 0;
        for (std::size_t i = a.size(); i-- > 0;) {
            const double x = static_cast<double>(b[i]);
            const double z = side.b0 * x + t1;
            t1 = (side.b1 * x + t2) - side.a1 * z;
            t2 = side.b2 * x - side.a2 * z;
            const double middle = static_cast<double>(a[i]);
            a[i] = static_cast<float>(middle + z);
            b[i] = static_cast<float>(middle - z);
        }
    }

    void filter(const Piece& piece, Profile& profile) const {
        std::vector<float> room[2];
        for (int c = 0; c < 2; ++c) {
            const auto& channel = (c == 0 ? song.left : song.right).subspan(piece.start, piece.count);
            room[c].reserve(piece.lead[c].size() + piece.count + piece.tail[c].size());
            room[c].insert(room[c].end(), piece.lead[c].begin(), piece.lead[c].end());
            room[c].insert(room[c].end(), channel.begin(), channel.end());
            room[c].insert(room[c].end(), piece.tail[c].begin(), piece.tail[c].end());
        }
        forwards(room[0], room[1]);
        backwards(room[0], room[1]);

        const std::size_t lead = piece.lead[0].size();
        const float* left = room[0].data() + lead;
        const float* right = room[1].data() + lead;
        std::copy_n(left, piece.count, song.left.data() + piece.start);
        std::copy_n(right, piece.count, song.right.data() + piece.start);

        audio::KWeighting weighting(sample_rate);
        const auto run_up = static_cast<std::size_t>(audio::kKWeightingMemorySeconds * sample_rate);
        weighting.add(left - run_up, right - run_up, run_up);
        const std::size_t first_block = piece.start / block, blocks = (piece.count + block - 1) / block;
        for (std::size_t k = 0; k < blocks; ++k) {
            const std::size_t from = k * block, count = std::min(block, piece.count - from);
            profile.energies[first_block + k] =
                static_cast<float>(weighting.add(left + from, right + from, count));
        }
        std::vector<float> right_peaks(blocks);
        float* peaks = profile.peaks.data() + first_block;
        audio::block_true_peaks(left, piece.count, block, audio::Oversampling::four, peaks);
        audio::block_true_peaks(right, piece.count, block, audio::Oversampling::four, right_peaks.data());
        for (std::size_t k = 0; k < blocks; ++k) peaks[k] = std::max(peaks[k], right_peaks[k]);
    }
};

// A loop's file also begins and ends in silence when it is played once: those peaks count as well.
void add_edge_peaks(audio::ConstStereoView song, std::size_t block, Profile& profile) {
    const std::size_t blocks = profile.peaks.size();
    const std::size_t edge = std::min<std::size_t>(blocks, 2 * audio::kTruePeakReach / block + 1);
    const auto look = [&](std::size_t k) {
        const std::size_t start = k * block, count = std::min(block, song.frames() - start);
        for (const auto& channel : {song.left, song.right}) {
            const auto peak = static_cast<float>(audio::channel_true_peak(channel, start, count));
            profile.peaks[k] = std::max(profile.peaks[k], peak);
        }
    };
    for (std::size_t k = 0; k < edge; ++k) look(k), look(blocks - 1 - k);
}

}  // namespace

Profile order_low_end(audio::StereoView song, int sample_rate, Seam seam, base::Tasks& crew) {
    const std::size_t block = block_frames(sample_rate);
    const Desk desk{song,
                    sample_rate,
                    block,
                    seam,
                    butterworth(kSubsonicHertz, sample_rate),
                    butterworth(kMonoHertz, sample_rate)};
    const auto frames_of = [&](double seconds) { return static_cast<std::size_t>(seconds * sample_rate); };
    const std::size_t piece_frames = frames_of(kPieceSeconds) / block * block;
    const std::size_t lead = frames_of(kLeadSeconds), tail = frames_of(kTailSeconds);

    std::vector<Piece> pieces;
    for (std::size_t start = 0; start < song.frames(); start += piece_frames) {
        Piece piece{start, std::min(piece_frames, song.frames() - start), {}, {}};
        for (int c = 0; c < 2; ++c) {
            const auto& channel = c == 0 ? song.left : song.right;
            piece.lead[c] = desk.around(
                channel, static_cast<std::ptrdiff_t>(start) - static_cast<std::ptrdiff_t>(lead), lead);
            piece.tail[c] = desk.around(channel, static_cast<std::ptrdiff_t>(start + piece.count), tail);
        }
        pieces.push_back(std::move(piece));
    }
    Profile profile;
    profile.peaks.resize((song.frames() + block - 1) / block);
    profile.energies.resize(profile.peaks.size());
    crew.run(pieces.size(), [&](std::size_t i) { desk.filter(pieces[i], profile); });
    if (seam == Seam::loop) add_edge_peaks(song, block, profile);
    return profile;
}

}  // namespace mmx::master
