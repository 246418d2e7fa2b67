import { describe, expect, it } from 'vitest';
import { emptyDraft } from './draft';
import { partsOf, pin, sentenceOf, unpin, withGenre } from './reading';
import type { Reading } from './types';

const reading: Reading = {
  title: 'Rainy Night', genre: 'lofi-hip-hop', bpm: 82, key: 'D minor', time_signature: '4/4', duration_seconds: 135, ending: 'ring', voice: 'none', instrumental: true,
  instruments: [{ id: 'electric-piano', asked_as: 'Rhodes' }], excluded: ['drums'], messages: [], substitutions: [], not_understood: ['raccoon'],
  decisions: [{ field: 'bpm', value: '82', because: "said in the prompt ('82 bpm')" }, { field: 'genre', value: 'lo-fi hip hop', because: "said in the prompt ('lo-fi hip hop')" }],
};
const names = { genre: () => 'lo-fi hip hop', instrument: (id: string) => ({ 'electric-piano': 'Rhodes', drums: 'drums' })[id] ?? id };

describe('What was heard', () => {
  it('is one sentence for those who listen', () => {
    expect(sentenceOf(partsOf(reading, emptyDraft(), names), reading.not_understood))
      .toBe('I hear: lo-fi hip hop, 82 bpm, D minor, 4/4, Rhodes, without drums, 2:15, rings out, instrumental. Not understood: raccoon.');
  });
  it('says why', () => expect(partsOf(reading, emptyDraft(), names).find((part) => part.field === 'bpm')?.because).toContain('82 bpm'));
  it('can be set by hand, part by part, and left open again', () => {
    const draft = emptyDraft();
    const fields = ['bpm', 'key', 'time_signature', 'duration_seconds', 'ending', 'voice', 'instruments'];
    for (const field of fields) pin(draft, reading, field, (id) => id);
    expect(draft).toMatchObject({ bpm: '82', tonic: 'D', mode: 'minor', metre: '4/4', duration: '2:15', ending: 'ring', instrumental: true, instruments: [{ name: 'electric-piano', not: false }, { name: 'drums', not: true }] });
    expect(partsOf(reading, draft, names).filter((part) => part.field !== 'genre').every((part) => part.pinned)).toBe(true);
    for (const field of [...fields, 'excluded']) unpin(draft, field);
    expect(draft).toEqual(emptyDraft());
  });
  it('does not change what was set before', () => { const draft = { ...emptyDraft(), bpm: '90' }; pin(draft, reading, 'bpm', (id) => id); expect(draft.bpm).toBe('90'); });
});

describe('Another genre', () => {
  it('takes the place of the words that named it', () => expect(withGenre('Warm Lo-Fi Hip Hop, rain', reading.decisions[1], 'bossa nova')).toBe('Warm bossa nova, rain'));
  it('is added where none was named', () => expect(withGenre('rain', { field: 'genre', value: 'x', because: 'usual' }, 'house')).toBe('house, rain'));
});
