// Finding an instrument by any of its words; "no ..." finds it as one that must not play.
import type { Instrument } from './types';

export interface Option { id: string; name: string; family: string; word: string; not: boolean }

const MOST = 40;

export function searchInstruments(all: readonly Instrument[], typed: string, taken: readonly { name: string }[] = []): Option[] {
  const no = /^\s*(no|without|not)\s+(.*)$/i.exec(typed);
  const text = (no ? no[2] ?? '' : typed).trim().toLowerCase();
  const not = no !== null;
  const chosen = new Set(taken.map((one) => one.name));
  const ranked: { option: Option; rank: number }[] = [];
  const consider = (id: string, name: string, family: string, word: string, words: readonly string[]) => {
    if (chosen.has(word)) return;
    const rank = rankOf(text, [name.toLowerCase(), ...words]);
    if (rank < 0) return;
    ranked.push({ option: { id, name, family, word, not }, rank });
  };
  for (const one of all) consider(one.id, one.name, one.family, one.words[0] ?? one.name, one.words);
  // Whole families can be left out: "no strings".
  if (not) for (const family of new Set(all.map((one) => one.family))) consider(`all-${family}`, `all ${family}`, 'family', family, [family]);
  ranked.sort((a, b) => a.rank - b.rank);
  return ranked.slice(0, MOST).map(({ option }) => option);
}

// 0: it is the word; 1: a word begins so; 2: it is somewhere in a word; -1: not at all.
function rankOf(text: string, words: readonly string[]): number {
  if (text === '') return 1;
  if (words.includes(text)) return 0;
  if (words.some((word) => word.split(/[\s-]/).some((part) => part.startsWith(text)) || word.startsWith(text))) return 1;
  return words.some((word) => word.includes(text)) ? 2 : -1;
}
