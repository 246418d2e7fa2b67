import { describe, expect, it } from 'vitest';
import { characters, insertTag } from './lyrics';

describe('A section tag', () => {
  it('stands on a line of its own in an empty text', () => expect(insertTag('', 0, 'Verse')).toEqual({ text: '[Verse 1]\n', caret: 10 }));
  it('goes behind the line that is being written', () => {
    const edit = insertTag('one\ntwo\nthree', 5, 'Chorus');
    expect(edit.text).toBe('one\ntwo\n\n[Chorus]\n\nthree');
    expect(edit.text.slice(0, edit.caret).endsWith('[Chorus]\n')).toBe(true);
  });
  it('takes the place of an empty line', () => expect(insertTag('one\n\n', 5, 'Outro').text).toBe('one\n\n[Outro]\n'));
  it('counts the verses', () => expect(insertTag('[Verse 1]\none', 13, 'Verse').text).toBe('[Verse 1]\none\n\n[Verse 2]\n'));
});

it('Characters are counted as the server counts them', () => expect(characters('añ🎵')).toBe(3));
