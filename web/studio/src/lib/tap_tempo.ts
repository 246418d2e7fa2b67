// Tempo by tapping: the median of the last few gaps, so that one late finger does not count.

const PAUSE_MS = 2200;   // longer: a new count begins (30 bpm is a tap every 2,000 ms)
const MOST_TAPS = 9;

export class TapTempo {
  #taps: number[] = [];

  // `at_ms` on any steady clock. The tempo after this tap, from the second tap on.
  tap(at_ms: number): number | undefined {
    const last = this.#taps.at(-1);
    if (last !== undefined && (at_ms - last > PAUSE_MS || at_ms < last)) this.#taps = [];
    this.#taps.push(at_ms);
    if (this.#taps.length > MOST_TAPS) this.#taps.shift();
    if (this.#taps.length < 2) return undefined;
    const gaps = this.#taps.slice(1).map((tap, i) => tap - (this.#taps[i] ?? tap)).sort((a, b) => a - b);
    const middle = gaps.length >> 1;
    const gap = gaps.length % 2 ? gaps[middle] : ((gaps[middle - 1] ?? 0) + (gaps[middle] ?? 0)) / 2;
    return gap ? Math.round(60_000 / gap) : undefined;
  }

  get taps() { return this.#taps.length; }
}
