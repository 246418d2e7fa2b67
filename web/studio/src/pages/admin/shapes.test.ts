import { describe, expect, it } from 'vitest';
import { canRetry, deed, detailWords, JOB_STATES } from './shapes';

describe('P49 the administration', () => {
  it('offers a retry for what ended badly and for nothing else', () => {
    expect(JOB_STATES.filter((state) => canRetry({ state }))).toEqual(['failed', 'dead']);
  });
  it('tells deeds in words, and unknown ones as they are', () => {
    expect(deed('credits.grant')).toBe('granted credits');
    expect(deed('hold.set')).toBe('hold.set');
  });
  it('tells details as they were kept', () => {
    expect(detailWords({ amount: 25, reason: 'a contest won' })).toBe('amount 25, reason a contest won');
    expect(detailWords(null)).toBe('');
  });
});
