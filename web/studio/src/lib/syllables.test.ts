import { describe, expect, it } from 'vitest';
import { syllablesOfLine, syllablesOfLines } from './syllables';

describe('Syllables', () => {
  it.each([
    ['rain', 1], ['window', 2], ['smile', 1], ['little', 2], ['wanted', 2], ['walked', 1], ['roses', 2], ['times', 1], ['candles', 2], ['fire', 1],
    ['forever', 3], ['create', 2], ['the', 1], ['being', 2], ['you', 1], ['café', 2], ["don't", 1], ['hmm', 1], ['wishes', 2],
  ])('of "%s" are %i', (word, count) => expect(syllablesOfLine(word)).toBe(count));
  it('of a line are those of its words', () => expect(syllablesOfLine('Rain upon the window, lamps along the street')).toBe(11));
  it('of directions are not counted', () => expect(syllablesOfLine('[softly] rain')).toBe(1));
  it('of a script we cannot count are one a word, never none', () => expect(syllablesOfLine('雨')).toBe(1));
  it('of nothing are none', () => expect(syllablesOfLine(' , ')).toBe(0));
});

it('Tags and empty lines have no number', () => expect(syllablesOfLines('[Verse 1]\nrain\n\nwindow')).toEqual([undefined, 1, undefined, 2]));
