import { describe, expect, it } from 'vitest';
import { sayValue } from './words';

describe('What was decided', () => {
  it('is said with its unit', () => {
    expect(sayValue('bpm', '87.31')).toBe('87.3 bpm');
    expect(sayValue('duration_seconds', '132')).toBe('2:12');
    expect(sayValue('sample_rate', '44100')).toBe('44.1 kHz');
    expect(sayValue('inference.energy', '0.31')).toBe('31 %');
    expect(sayValue('energy', '0.3')).toBe('30 %');
  });
  it('between two ends is said in words', () => {
    expect([-0.9, -0.5, -0.3, 0, 0.5, 1].map((value) => sayValue('arousal', String(value))))
      .toEqual(['very calm', 'calm', 'rather calm', 'in the middle', 'lively', 'very lively']);
  });
  it('stays as it is where it is a word already', () => {
    expect(sayValue('key', 'D minor')).toBe('D minor');
    expect(sayValue('time_signature', '4/4')).toBe('4/4');
    expect(sayValue('ending', 'ring')).toBe('rings out');
    expect(sayValue('voice', 'none')).toBe('nobody sings');
    expect(sayValue('title', '')).toBe('');
  });
});
