// The names of a song's fields, and their values, as people say them.
import { clock, tempo } from './format';

const NAMES: Record<string, string> = {
  prompt: 'Prompt', lyrics: 'Lyrics', title: 'Title', genre: 'Genre', bpm: 'Tempo', key: 'Key', time_signature: 'Metre', instruments: 'Instruments',
  duration_seconds: 'Length', ending: 'Ending', sample_rate: 'Sample rate', seed: 'Seed', voice: 'Voice', engine: 'Engine', preset: 'Mastering',
  valence: 'Mood, dark to bright', arousal: 'Mood, calm to lively', 'inference.variation': 'Variation', 'inference.complexity': 'Complexity',
  'inference.energy': 'Energy', 'inference.humanise': 'Human timing', 'inference.swing': 'Swing',
};

export function fieldName(field: string): string {
  const known = NAMES[field];
  if (known) return known;
  const last = field.split('.').at(-1) ?? field;
  return (last.charAt(0).toUpperCase() + last.slice(1)).replaceAll('_', ' ');
}

export const ENDINGS: Record<string, string> = {
  cold: 'stops dead', button: 'ends on a button', ring: 'rings out', fade: 'fades out', loop: 'loops seamlessly',
};

// From one end, -1, to the other, 1.
const DEGREES: Record<string, [string, string]> = { valence: ['dark', 'bright'], arousal: ['calm', 'lively'] };
const SHARES = ['variation', 'complexity', 'energy', 'humanise', 'swing'];

export function sayValue(field: string, value: string): string {
  const number = Number(value);
  if (value.trim() === '' || Number.isNaN(number)) {
    if (field === 'ending') return ENDINGS[value] ?? value;
    return field === 'voice' && value === 'none' ? 'nobody sings' : value;
  }
  const ends = DEGREES[field];
  if (ends) {
    const far = Math.abs(number);
    return far < 0.15 ? 'in the middle' : `${far < 0.4 ? 'rather ' : far > 0.75 ? 'very ' : ''}${ends[number < 0 ? 0 : 1]}`;
  }
  if (field === 'bpm') return `${tempo(number)} bpm`;
  if (field === 'duration_seconds') return clock(number);
  if (field === 'sample_rate') return `${number / 1000} kHz`;
  return SHARES.includes(field.replace('inference.', '')) ? `${Math.round(100 * number)} %` : value;
}
export const METRES = ['4/4', '3/4', '6/8', '2/4', '5/4', '7/8', '7/8 (3+2+2)', '7/4', '6/4', '9/8', '11/8', '12/8', '3/8'];
export const TONICS = ['C', 'C#', 'Db', 'D', 'Eb', 'E', 'F', 'F#', 'Gb', 'G', 'Ab', 'A', 'Bb', 'B'];

export const EXAMPLES = [
  'warm lo-fi hip hop, rainy night, mellow Rhodes, 82 bpm in D minor',
  'slow jazz waltz with muted trumpet and brushed drums',
  'bright bossa nova, morning at the beach, nylon guitar and flute',
  'heroic orchestral film theme, brass and strings, grows to a triumphant end',
  'driving synthwave, neon highway, 110 bpm, fades out',
  'solo piano, wistful, 6/8, no drums, two minutes',
];
