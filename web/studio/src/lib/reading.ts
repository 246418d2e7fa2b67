// What the words were taken to mean, as parts that can be pointed at and changed.
import type { Draft } from './draft';
import { setKey } from './draft';
import { clock, tempo } from './format';
import type { Decision, Reading } from './types';
import { ENDINGS } from './words';

export interface Part {
  field: string; text: string; because: string;
  // Set by hand: the words no longer decide it.
  pinned: boolean;
}

const because = (reading: Reading, field: string) => reading.decisions.find((one) => one.field === field)?.because ?? '';

export function partsOf(reading: Reading, draft: Draft, names: { genre(id: string): string; instrument(id: string): string }): Part[] {
  const parts: Part[] = [];
  const add = (field: string, text: string, pinned: boolean) => { if (text) parts.push({ field, text, because: because(reading, field), pinned }); };
  add('genre', names.genre(reading.genre), false);
  add('bpm', `${tempo(reading.bpm)} bpm`, draft.bpm.trim() !== '');
  add('key', reading.key, draft.tonic !== '');
  add('time_signature', reading.time_signature, draft.metre !== '');
  add('instruments', reading.instruments.map((one) => names.instrument(one.id)).join(', '), draft.instruments.some((one) => !one.not));
  add('excluded', reading.excluded.length ? `without ${reading.excluded.map((id) => names.instrument(id)).join(', ')}` : '', draft.instruments.some((one) => one.not));
  add('duration_seconds', clock(reading.duration_seconds), draft.duration.trim() !== '');
  add('ending', ENDINGS[reading.ending] ?? reading.ending, draft.ending !== '');
  add('voice', reading.instrumental || reading.voice === 'none' ? 'instrumental' : `sung: ${reading.voice}`, draft.voice !== '' || draft.instrumental);
  return parts;
}

// Makes what was heard the parameter's value, so that it can be changed from there.
export function pin(draft: Draft, reading: Reading, field: string, wordOf: (id: string) => string) {
  switch (field) {
    case 'bpm': if (!draft.bpm.trim()) draft.bpm = tempo(reading.bpm); break;
    case 'key': if (!draft.tonic) setKey(draft, reading.key); break;
    case 'time_signature': if (!draft.metre) draft.metre = reading.time_signature; break;
    case 'duration_seconds': if (!draft.duration.trim()) draft.duration = clock(reading.duration_seconds); break;
    case 'ending': if (!draft.ending) draft.ending = reading.ending; break;
    case 'voice':
      if (reading.voice === 'none') draft.instrumental = true; else if (!draft.voice) draft.voice = reading.voice;
      break;
    case 'instruments':
    case 'excluded':
      if (draft.instruments.length) break;
      draft.instruments = [
        ...reading.instruments.map((one) => ({ name: wordOf(one.id), not: false })),
        ...reading.excluded.map((id) => ({ name: wordOf(id), not: true })),
      ];
      break;
  }
}

export function unpin(draft: Draft, field: string) {
  switch (field) {
    case 'bpm': draft.bpm = ''; break;
    case 'key': draft.tonic = ''; draft.mode = 'major'; break;
    case 'time_signature': draft.metre = ''; break;
    case 'duration_seconds': draft.duration = ''; break;
    case 'ending': draft.ending = ''; break;
    case 'voice': draft.voice = ''; draft.instrumental = false; break;
    case 'instruments': draft.instruments = draft.instruments.filter((one) => one.not); break;
    case 'excluded': draft.instruments = draft.instruments.filter((one) => !one.not); break;
  }
}

// The genre lives in the words: another one takes the place of the words that named it, or is added.
export function withGenre(prompt: string, decision: Decision | undefined, genre: string): string {
  const said = /\('([^']+)'\)/.exec(decision?.because ?? '')?.[1];
  const place = said ? prompt.toLowerCase().indexOf(said.toLowerCase()) : -1;
  if (said && place >= 0) return prompt.slice(0, place) + genre + prompt.slice(place + said.length);
  const rest = prompt.trim();
  return rest ? `${genre}, ${rest}` : genre;
}

// One sentence for those who listen.
export function sentenceOf(parts: readonly Part[], notUnderstood: readonly string[]): string {
  const heard = `I hear: ${parts.map((part) => part.text).join(', ')}.`;
  return notUnderstood.length ? `${heard} Not understood: ${notUnderstood.join(', ')}.` : heard;
}
