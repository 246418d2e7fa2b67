import { describe, expect, it } from 'vitest';
import { amplitudes } from './peaks';
import { at, chordsOf, clockOf, labelsThatFit, parseLrc, sectionsOf, type Score } from './score';

const score: Score = {
  ticks_per_quarter: 960, length_seconds: 20, end_tick: 30720, metre: '4/4',
  tempo: [{ tick: 0, quarter_microseconds: 500_000, bpm: 120 }, { tick: 3840, quarter_microseconds: 1_000_000, bpm: 60 }],
  bars: [], sections: [
    { kind: 'verse', label: 'Verse 1', first_bar: 0, bars: 1, start_seconds: 0, key: 'D minor' },
    { kind: 'chorus', label: '', first_bar: 1, bars: 2, start_seconds: 2, key: null },
  ],
  chords: [{ tick: 0, ticks: 1920, chord: 'Dm' }, { tick: 1920, ticks: 1920, chord: 'Dm' }, { tick: 3840, ticks: 3840, chord: 'Gm7' }],
};

describe('The score on the clock', () => {
  it('follows its tempo changes', () => { const seconds = clockOf(score); expect([0, 960, 3840, 4800].map(seconds)).toEqual([0, 0.5, 2, 3]); });
  it('has sections from one to the next and to the end', () => expect(sectionsOf(score).map(({ start, end, label }) => [start, end, label])).toEqual([[0, 2, 'Verse 1'], [2, 20, 'chorus']]));
  it('shows a chord that is held on once', () => expect(chordsOf(score).map(({ start, end, label }) => [start, end, label])).toEqual([[0, 2, 'Dm'], [2, 6, 'Gm7']]));
  it('knows what is heard now', () => { const spans = chordsOf(score); expect([at(spans, 0), at(spans, 1.99), at(spans, 2), at(spans, 6), at([], 1)]).toEqual([0, 0, 1, -1, -1]); });
});

describe('Synced lyrics', () => {
  it('are lines from one time to the next', () => {
    expect(parseLrc('[ti:Rain]\n[00:01.50]Rain upon the window\n[00:04.00]Lamps along the street\n[00:07.25]\n', 20)).toEqual([
      { start: 1.5, end: 4, text: 'Rain upon the window' }, { start: 4, end: 7.25, text: 'Lamps along the street' }]);
  });
  it('may have times of words', () => {
    const [line] = parseLrc('[00:01.00]<00:01.00>Rain <00:01.40>upon', 9);
    expect(line?.text).toBe('Rain upon');
    expect(line?.words).toEqual([{ at: 1, text: 'Rain ' }, { at: 1.4, text: 'upon' }]);
  });
  it('may repeat a line', () => expect(parseLrc('[00:01.00][00:05.00]La', 9).map((line) => [line.start, line.end])).toEqual([[1, 5], [5, 9]]));
  it('of something else are none', () => expect(parseLrc('hello\n[Verse 1]', 9)).toEqual([]));
});

it('A waveform has one height for each pair', () => expect(amplitudes({ bits: 8, length: 2, data: [-64, 32, -10, 127], samples_per_pixel: 1, sample_rate: 1 })).toEqual([0.5, 127 / 128]));

describe('Labels of a lane', () => {
  const wide = [30, 30, 30, 30];
  it('are all shown where there is room', () => expect(labelsThatFit([0, 40, 80, 120], wide, 160, -1)).toEqual([true, true, true, true]));
  it('are left out where they would cover the one before, or end behind the lane', () => {
    expect(labelsThatFit([0, 20, 40, 60], wide, 80, -1)).toEqual([true, false, true, false]);
  });
  it('give way to the present one, which is moved to fit', () => {
    expect(labelsThatFit([0, 20, 40, 60], wide, 80, 1)).toEqual([false, true, false, false]);
    expect(labelsThatFit([0, 20, 40, 60], wide, 80, 3)).toEqual([true, false, false, true]);
  });
});
