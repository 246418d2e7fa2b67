import { webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { draftOf, drawSeed, emptyDraft, faultsOf, isDraft, parseDuration, requestOf } from './draft';
import { keep, kept, type Keeper } from './kept';

// A storage as browsers have it.
class Tab implements Keeper {
  texts = new Map<string, string>();
  getItem(key: string) { return this.texts.get(key) ?? null; }
  setItem(key: string, value: string) { this.texts.set(key, value); }
  removeItem(key: string) { this.texts.delete(key); }
}

describe('A draft', () => {
  it('that is empty asks for nothing', () => expect(requestOf(emptyDraft())).toEqual({}));
  it('leaves open what is left open', () => expect(requestOf({ ...emptyDraft(), prompt: ' jazz ' })).toEqual({ prompt: 'jazz' }));
  it('becomes the request with every parameter', () => {
    expect(requestOf({
      prompt: 'jazz', lyrics: 'la', instrumental: false, title: 'T', bpm: '82,5', tonic: 'F#', mode: 'dorian', metre: '7/8 (3+2+2)', duration: '2:30', ending: 'cold',
      voice: 'soft', preset: 'natural', instruments: [{ name: 'piano', not: false }, { name: 'drums', not: true }], seed: '42', seedLocked: true, sampleRate: '44100', inference: { swing: 0.5 },
    })).toEqual({
      prompt: 'jazz', lyrics: 'la', title: 'T', bpm: 82.5, key: 'F# dorian', time_signature: '7/8 (3+2+2)', duration_seconds: 150, ending: 'cold',
      voice: 'soft', preset: 'natural', instruments: ['piano', 'no drums'], seed: '42', sample_rate: 44100, inference: { swing: 0.5 },
    });
  });
  it('for an instrumental keeps its lyrics to itself', () => expect(requestOf({ ...emptyDraft(), prompt: 'x', lyrics: 'la la', instrumental: true })).toEqual({ prompt: 'x', voice: 'none' }));
  it('sends what is no number as it is, so that the server can say what is wrong', () => expect(requestOf({ ...emptyDraft(), bpm: 'fast' })).toEqual({ bpm: 'fast' }));
  it('comes back from the request that it became', () => {
    const request = { prompt: 'jazz', bpm: 82, key: 'C minor', time_signature: '3/4', instruments: ['piano', 'no drums'], duration_seconds: 90, ending: 'ring', preset: 'natural', seed: '18446744073709551615', inference: { energy: 0.2 } };
    expect(requestOf(draftOf(request, 'same seed'))).toEqual(request);
    expect(requestOf(draftOf(request, 'new seed')).seed).toBeUndefined();
  });
  it('is kept by the tab and found again', () => {
    const tab = new Tab();
    const draft = { ...emptyDraft(), prompt: 'kept' };
    keep('draft', draft, tab);
    expect(kept('draft', isDraft, tab)).toEqual(draft);
    keep('draft', undefined, tab);
    expect(kept('draft', isDraft, tab)).toBeUndefined();
  });
  it('of another version of the page is not taken', () => {
    const tab = new Tab();
    for (const odd of [null, 3, {}, { ...emptyDraft(), instruments: 'piano' }]) {
      keep('draft', odd, tab);
      expect(kept('draft', isDraft, tab)).toBeUndefined();
    }
    tab.setItem('mmx:draft', '{broken');
    expect(kept('draft', isDraft, tab)).toBeUndefined();
  });
});

describe('Lengths', () => {
  it.each([['2:30', 150], ['150', 150], ['45 s', 45], ['0:40', 40], ['long', 'long'], ['', undefined], ['1:75', '1:75']])('"%s" is %s', (text, seconds) => expect(parseDuration(text)).toBe(seconds));
});

// Browsers have it, and so has Node from 20 on.
globalThis.crypto ??= webcrypto;

it('A drawn seed is a whole number that JSON can hold', () => {
  expect(drawSeed(() => 0)).toBe('0');
  expect(Number(drawSeed(() => 0.9999999999))).toBeLessThan(2 ** 32);
  expect(drawSeed()).toMatch(/^\d{1,10}$/);
});

describe('Without asking the server', () => {
  const row = { otherwise: '', help: '' };
  const fields = [{ ...row, name: 'bpm', type: 'number', low: 30, high: 300 }, { ...row, name: 'prompt', type: 'text', most: 5 }, { ...row, name: 'seed', type: 'seed' }, { ...row, name: 'key', type: 'key' }];
  it('numbers out of bounds and texts that are too long are found', () => {
    expect(Object.keys(faultsOf({ bpm: 1, prompt: 'long words', seed: '18446744073709551616' }, fields)).sort()).toEqual(['bpm', 'prompt', 'seed']);
    expect(faultsOf({ bpm: 'fast' as unknown as number }, fields).bpm).toContain('30 to 300');
  });
  it('what is right, and what only the server can judge, passes', () => expect(faultsOf({ bpm: 30, prompt: 'añ🎵bc', seed: '18446744073709551615', key: 'H major' }, fields)).toEqual({}));
});
