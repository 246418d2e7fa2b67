import { expect, it } from 'vitest';
import { TapTempo } from './tap_tempo';

const tapped = (...times: number[]) => { const taps = new TapTempo(); return times.map((time) => taps.tap(time)).at(-1); };

it('One tap is no tempo', () => expect(tapped(0)).toBeUndefined());
it('Half a second between taps is 120', () => expect(tapped(0, 500, 1000, 1500)).toBe(120));
it('One late finger does not count', () => expect(tapped(0, 500, 1000, 1700, 2200, 2700)).toBe(120));
it('A pause begins anew', () => expect(tapped(0, 500, 1000, 9000, 9750, 10500)).toBe(80));
it('After a pause the first tap is no tempo', () => expect(tapped(0, 500, 9000)).toBeUndefined());
it('30 bpm can be tapped', () => expect(tapped(0, 2000, 4000)).toBe(30));
it('Only the last taps count, so that a change is followed', () => {
  const taps = new TapTempo();
  let time = 0, bpm: number | undefined;
  for (let i = 0; i < 10; ++i) bpm = taps.tap(time += 1000);
  for (let i = 0; i < 9; ++i) bpm = taps.tap(time += 400);
  expect(bpm).toBe(150);
});
