// The waveform in numbers: pairs of lowest and highest sample, as audiowaveform's JSON (version 2) has them.

export interface Peaks { bits: number; length: number; data: number[]; samples_per_pixel: number; sample_rate: number }

// One height from 0 to 1 for each pair.
export function amplitudes(peaks: Peaks): number[] {
  const full = 2 ** (peaks.bits - 1);
  const heights: number[] = [];
  for (let i = 0; i + 1 < peaks.data.length; i += 2) heights.push(Math.min(1, Math.max(Math.abs(peaks.data[i] ?? 0), Math.abs(peaks.data[i + 1] ?? 0)) / full));
  return heights;
}
