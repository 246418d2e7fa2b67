import { describe, expect, it } from 'vitest';
import { bytes, clock, day, plural, spokenTime, tempo } from './format';

describe('Times', () => {
  it.each([[0, '0:00'], [7.4, '0:07'], [59.6, '1:00'], [210, '3:30'], [3723, '1:02:03']])('%d s are %s', (seconds, text) => expect(clock(seconds)).toBe(text));
  it('that are unknown are left out', () => { expect(clock(null)).toBe(''); expect(clock(NaN)).toBe(''); expect(clock(-1)).toBe(''); });
  it('are spoken in words', () => {
    expect(spokenTime(61)).toBe('1 minute 1 second');
    expect(spokenTime(120)).toBe('2 minutes');
    expect(spokenTime(5)).toBe('5 seconds');
  });
  it('of the last days are told as such', () => {
    const now = new Date(2026, 10, 25, 12);
    expect(day(new Date(2026, 10, 25, 1).toISOString(), now)).toBe('today');
    expect(day(new Date(2026, 10, 24, 23).toISOString(), now)).toBe('yesterday');
    expect(day(new Date(2026, 5, 3).toISOString(), now)).toBe('3 Jun');
    expect(day(new Date(2025, 5, 3).toISOString(), now)).toBe('3 Jun 2025');
  });
});

it('Sizes keep two digits that count', () => expect([999, 1000, 8_157_508, 41_191_242, 999_600].map(bytes)).toEqual(['999 B', '1.0 kB', '8.2 MB', '41 MB', '1.0 MB']));
it('Tempi have a decimal only when they need one', () => expect([82, 74.74, 95.04].map(tempo)).toEqual(['82', '74.7', '95']));
it('One is one and two are many', () => expect([plural(1, 'song'), plural(0, 'song'), plural(10500, 'credit')]).toEqual(['1 song', '0 songs', '10,500 credits']));
