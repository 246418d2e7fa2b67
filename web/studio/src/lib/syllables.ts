// Syllables of an English line while it is being written: vowel groups, with what the rule gets wrong most often.
// The singer's own count, from its dictionary, may differ by one now and then; this one is for the eye.

const EXCEPTIONS: Record<string, number> = {
  area: 3, being: 2, business: 2, chocolate: 3, choir: 1, cruel: 2, different: 2, diamond: 2, doing: 2, every: 2, everybody: 4,
  everyone: 3, everything: 3, evening: 2, fire: 1, flower: 2, flying: 2, forever: 3, going: 2, hour: 1, hours: 1, idea: 3, lion: 2,
  maybe: 2, ocean: 2, people: 2, poem: 2, quiet: 2, radio: 3, real: 1, really: 2, rhythm: 2, science: 2, seeing: 2, silent: 2,
  someone: 2, something: 2, sometimes: 2, somewhere: 2, trying: 2, piano: 3, create: 2, neon: 2, violin: 3, world: 1,
};

export function syllablesOfWord(raw: string): number {
  const word = raw.toLowerCase().normalize('NFD').replace(/[^a-z]/g, '');
  if (word === '') return /\p{L}/u.test(raw) ? 1 : 0;
  const accented = /[éèêëáàóòíú](s|d)?$/.test(raw.toLowerCase().normalize('NFC'));
  const known = EXCEPTIONS[word];
  if (known !== undefined) return known;
  let count = word.match(/[aeiouy]+/g)?.length ?? 0;
  // A last e is silent, also before s and d, unless the consonants in front of it need it: "little", "wanted", "roses".
  if (accented) return Math.max(1, count);
  if (/[^aeiouy]e$/.test(word) && !/[^aeiouyl]le$/.test(word)) --count;
  else if (/[^aeiouytd]ed$/.test(word) && !/[^aeiouyl]led$/.test(word)) --count;
  else if (/[^aeiouyszxcg]es$/.test(word) && !/(ch|sh|[^aeiouyl]l)es$/.test(word)) --count;
  return Math.max(1, count);
}

export function syllablesOfLine(line: string): number {
  // Directions are not sung.
  const sung = line.replace(/\[[^\]]*\]/g, ' ');
  return (sung.match(/[\p{L}\p{M}'’]+/gu) ?? []).reduce((sum, word) => sum + syllablesOfWord(word), 0);
}

export const isTag = (line: string) => /^\s*\[[^\]]*\]\s*$/.test(line);

// One number a line, or none for tags and empty lines.
export function syllablesOfLines(text: string): (number | undefined)[] {
  return text.split('\n').map((line) => (isTag(line) ? undefined : syllablesOfLine(line) || undefined));
}
