import { describe, expect, it } from 'vitest';
import { span, visibleRange, wantsMore } from './virtual_list';

describe('Of a list of 10,000 rows', () => {
  it('only those in view exist, and a few more', () => {
    const range = visibleRange(0, 900, 68, 10_000);
    expect(range).toEqual({ first: 0, end: 14 + 6 });
    expect(visibleRange(68 * 5000, 900, 68, 10_000)).toEqual({ first: 4994, end: 5020 });
  });
  it('the last ones exist at the end, and none beyond', () => expect(visibleRange(68 * 10_000 - 900, 900, 68, 10_000).end).toBe(10_000));
  it('none exist while the list is far below or above', () => {
    expect(visibleRange(-5000, 900, 68, 10_000)).toEqual({ first: 0, end: 0 });
    const above = visibleRange(68 * 20_000, 900, 68, 10_000);
    expect(above.end - above.first).toBe(0);
  });
  it('an empty list has none', () => expect(visibleRange(0, 900, 68, 0)).toEqual({ first: 0, end: 0 }));
});

describe('The next page', () => {
  it('is asked for before its rows come into view', () => {
    expect(wantsMore({ first: 0, end: 60 }, 100, true)).toBe(false);
    expect(wantsMore({ first: 0, end: 71 }, 100, true)).toBe(true);
  });
  it('is not asked for when there is none', () => expect(wantsMore({ first: 0, end: 100 }, 100, false)).toBe(false));
  it('is asked for again and again until a far place is reached', () => expect(wantsMore({ first: 5000, end: 5020 }, 300, true)).toBe(true));
});

describe('Selecting with Shift', () => {
  const ids = ['a', 'b', 'c', 'd'];
  it('takes all between, in both directions', () => {
    expect(span(ids, 'b', 'd')).toEqual(['b', 'c', 'd']);
    expect(span(ids, 'd', 'b')).toEqual(['b', 'c', 'd']);
  });
  it('takes the one alone when the other has gone', () => expect(span(ids, 'x', 'c')).toEqual(['c']));
});
