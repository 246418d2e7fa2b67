// The song that is being described: what the Create page holds, and the request it becomes.
import type { FieldRow, SongRequest } from './types';

export interface Pick { name: string; not: boolean }  // an instrument that plays, or must not

export interface Draft {
  prompt: string; lyrics: string; instrumental: boolean; title: string;
  bpm: string; tonic: string; mode: string; metre: string; duration: string; ending: string;
  voice: string; preset: string; instruments: Pick[];
  seed: string; seedLocked: boolean; sampleRate: string;
  inference: Record<string, number>;
}

export function emptyDraft(): Draft {
  return {
    prompt: '', lyrics: '', instrumental: false, title: '', bpm: '', tonic: '', mode: 'major', metre: '', duration: '', ending: '',
    voice: '', preset: '', instruments: [], seed: '', seedLocked: false, sampleRate: '', inference: {},
  };
}

// What a tab kept may come from an older version of this page.
export function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false;
  const model = emptyDraft() as unknown as Record<string, unknown>;
  const given = value as Record<string, unknown>;
  return Object.entries(model).every(([name, like]) => typeof given[name] === typeof like && Array.isArray(given[name]) === Array.isArray(like));
}

// "2:30", "150" and "150 s" are 150; other text is given on as it is, for the server to say what is wrong.
export function parseDuration(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const clock = /^(\d{1,2}):([0-5]\d)$/.exec(trimmed);
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  const seconds = /^(\d+(?:\.\d+)?)\s*(?:s|sec|seconds)?$/i.exec(trimmed);
  return seconds ? Number(seconds[1]) : trimmed;
}

const number = (text: string): number | string | undefined => {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return undefined;
  return Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed;
};

// What is left open is left out: the words decide it.
export function requestOf(draft: Draft): SongRequest {
  const request: Record<string, unknown> = {
    prompt: draft.prompt.trim() || undefined,
    lyrics: draft.instrumental ? undefined : draft.lyrics.trim() || undefined,
    title: draft.title.trim() || undefined,
    bpm: number(draft.bpm),
    key: draft.tonic === '' ? undefined : draft.tonic === 'none' ? 'none' : `${draft.tonic} ${draft.mode}`,
    time_signature: draft.metre.trim() || undefined,
    instruments: draft.instruments.length ? draft.instruments.map(({ name, not }) => (not ? `no ${name}` : name)) : undefined,
    duration_seconds: parseDuration(draft.duration),
    ending: draft.ending || undefined,
    sample_rate: draft.sampleRate ? Number(draft.sampleRate) : undefined,
    seed: draft.seed.trim() || undefined,
    voice: draft.instrumental ? 'none' : draft.voice || undefined,
    preset: draft.preset || undefined,
    inference: Object.keys(draft.inference).length ? draft.inference : undefined,
  };
  for (const name of Object.keys(request)) if (request[name] === undefined) delete request[name];
  return request as SongRequest;
}

// The other way: the settings of a song that is there, for one like it.
export function draftOf(request: SongRequest, seed: 'same seed' | 'new seed'): Draft {
  const draft = emptyDraft();
  draft.prompt = request.prompt ?? '';
  draft.lyrics = request.lyrics ?? '';
  draft.instrumental = !request.lyrics && request.voice === 'none';
  draft.title = request.title ?? '';
  draft.bpm = request.bpm === undefined ? '' : String(request.bpm);
  if (request.key) setKey(draft, request.key);
  draft.metre = request.time_signature ?? '';
  draft.instruments = (request.instruments ?? []).map((text) => {
    const not = /^(no|without)\s+/i.exec(text);
    return not ? { name: text.slice(not[0].length), not: true } : { name: text, not: false };
  });
  draft.duration = request.duration_seconds === undefined ? '' : String(request.duration_seconds);
  draft.ending = request.ending ?? '';
  draft.voice = draft.instrumental ? '' : request.voice ?? '';
  draft.preset = request.preset ?? '';
  draft.sampleRate = request.sample_rate === undefined || request.sample_rate === 48000 ? '' : String(request.sample_rate);
  draft.inference = { ...request.inference };
  if (seed === 'same seed' && request.seed) { draft.seed = request.seed; draft.seedLocked = true; }
  return draft;
}

// "F# harmonic minor" -> tonic and mode.
export function setKey(draft: Draft, key: string) {
  if (key.toLowerCase() === 'none') { draft.tonic = 'none'; return; }
  const parts = /^([A-Ga-g][#b♯♭]?)\s*(.*)$/.exec(key);
  if (!parts) return;
  draft.tonic = (parts[1] ?? '').replace('♯', '#').replace('♭', 'b');
  draft.tonic = draft.tonic.charAt(0).toUpperCase() + draft.tonic.slice(1);
  draft.mode = parts[2] || 'major';
}

// Below 2^53, so that it is the same number wherever it is read.
export function drawSeed(random: () => number = () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32): string {
  return String(Math.floor(random() * 2 ** 32));
}

export const limitsOf = (fields: readonly FieldRow[], name: string) => fields.find((field) => field.name === name);

// What can be seen to be wrong without asking: the bounds of the server's own table. Everything else it says itself.
export function faultsOf(request: SongRequest, fields: readonly FieldRow[]): Record<string, string> {
  const faults: Record<string, string> = {};
  const given = request as Record<string, unknown>;
  for (const field of fields) {
    const value = given[field.name];
    if (value === undefined) continue;
    if (field.type === 'number') {
      const { low = -Infinity, high = Infinity } = field;
      if (typeof value !== 'number' || value < low || value > high) faults[field.name] = `${value} is not allowed; a number from ${low} to ${high}, or leave it out`;
    } else if (field.type === 'text' && typeof value === 'string' && field.most !== undefined && [...value].length > field.most) {
      faults[field.name] = `${[...value].length.toLocaleString('en')} characters; at most ${field.most.toLocaleString('en')} are allowed`;
    } else if (field.type === 'seed' && (typeof value !== 'string' || !/^\d{1,20}$/.test(value) || BigInt(value) >= 2n ** 64n)) {
      faults[field.name] = `${value} is not allowed; a whole number from 0 to 18446744073709551615`;
    }
  }
  return faults;
}
