import { describe, expect, it } from 'vitest';
import { searchInstruments } from './instruments';
import { gainOf, nudge } from './stem_maths';
import { stateWords } from './song_states';
import type { SongSummary } from './types';

const words = (song: Partial<SongSummary>) => stateWords({ state: 'ready', error: null, ...song });

describe('A song\'s state in words', () => {
  it('says how far it is and what happens', () => expect(words({ state: 'making', progress: 0.6283, stage: 'mixing' })).toBe('making 62 %: mixing'));
  it('never says more than there is', () => { expect(words({ state: 'making' })).toBe('making 0 %'); expect(words({ state: 'making', progress: 1.2 })).toBe('making 100 %'); });
  it('says how many wait before it', () => { expect(words({ state: 'queued', queue_position: 3 })).toBe('waiting, 2 before it'); expect(words({ state: 'queued', queue_position: 1 })).toBe('waiting to be made'); });
  it('says what an archived one needs', () => expect(words({ state: 'archived' })).toBe('archived: make again to hear it'));
  it('says why one failed', () => expect(words({ state: 'failed', error: 'it took too long' })).toBe('could not be made: it took too long'));
  it('says that it is being cancelled', () => expect(words({ state: 'making', cancel_asked: true })).toBe('being cancelled'));
});

describe('Instruments', () => {
  const all = [
    { id: 'grand-piano', name: 'grand piano', family: 'keys', words: ['grand piano', 'piano'] }, { id: 'electric-piano', name: 'Rhodes electric piano', family: 'keys', words: ['rhodes', 'electric piano'] },
    { id: 'kit', name: 'drum kit', family: 'drums', words: ['drum kit'] },
  ];
  const found = (text: string, taken: { name: string }[] = []) => searchInstruments(all, text, taken).map((one) => (one.not ? 'no ' : '') + one.word);
  it('are found by any of their words, the exact one first', () => expect(found('piano')).toEqual(['grand piano', 'rhodes']));
  it('are found by the beginning of a word', () => expect(found('rho')).toEqual(['rhodes']));
  it('can be forbidden, and so can whole families', () => expect(found('no drum')).toEqual(['no drum kit', 'no drums']));
  it('that are chosen are not offered again', () => expect(found('piano', [{ name: 'rhodes' }])).toEqual(['grand piano']));
  it('that do not exist are not found', () => expect(found('raccoon')).toEqual([]));
});

describe('Stems', () => {
  const [a, b] = [{ muted: false, solo: true, volume: 0.8 }, { muted: false, solo: false, volume: 1 }];
  it('with solo silence the others', () => expect([gainOf(a!, [a!, b!]), gainOf(b!, [a!, b!])]).toEqual([0.8, 0]));
  it('that are muted are silent, solo or not', () => expect(gainOf({ ...a!, muted: true }, [a!])).toBe(0));
  it('that drifted a little come back unheard', () => { expect(nudge(0.004)).toBe(1); expect(nudge(0.02)).toBeCloseTo(0.99); expect(nudge(-0.2)).toBe(1.03); });
  it('that drifted far jump', () => expect(nudge(0.4)).toBe('jump'));
});
