// Editing lyrics: section tags are put in on lines of their own.

export const SECTION_TAGS = ['Intro', 'Verse', 'Pre-Chorus', 'Chorus', 'Bridge', 'Guitar Solo', 'Interlude', 'Breakdown', 'Outro'] as const;

export interface Edit { text: string; caret: number }

// "[Verse 2]" if there is a verse already; other tags repeat as they are.
export function nextTag(text: string, tag: string): string {
  if (tag !== 'Verse') return `[${tag}]`;
  return `[Verse ${(text.match(/^\s*\[verse\b/gim)?.length ?? 0) + 1}]`;
}

export function insertTag(text: string, caret: number, tag: string): Edit {
  // After the line that holds the caret, unless that line is empty.
  const lineStart = text.lastIndexOf('\n', caret - 1) + 1;
  const lineEnd = text.indexOf('\n', caret) === -1 ? text.length : text.indexOf('\n', caret);
  const empty = text.slice(lineStart, lineEnd).trim() === '';
  const before = text.slice(0, empty ? lineStart : lineEnd).replace(/\n+$/, '');
  const after = text.slice(lineEnd).replace(/^\n+/, '');
  const head = before === '' ? '' : `${before}\n\n`;
  const written = `${head}${nextTag(text, tag)}\n`;
  return { text: written + (after === '' ? '' : `\n${after}`), caret: written.length };
}

// As the API counts: code points, not UTF-16 units.
export const characters = (text: string) => [...text].length;
