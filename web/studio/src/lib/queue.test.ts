import { describe, expect, it } from 'vitest';
import { append, currentOf, isQueue, move, playNext, removeAt, startAt, step } from './queue';

describe('The queue', () => {
  const queue = startAt('b', ['a', 'b', 'c']);
  it('goes on with what follows in the list', () => { expect(currentOf(queue)).toBe('b'); expect(currentOf(step(queue, 1)!)).toBe('c'); });
  it('ends at both ends', () => { expect(step({ ...queue, index: 2 }, 1)).toBeUndefined(); expect(step({ ...queue, index: 0 }, -1)).toBeUndefined(); });
  it('of a song that is in no list is that song', () => expect(startAt('x', ['a']).ids).toEqual(['x']));
  it('takes a song once of what is still to come', () => expect(append(queue, ['c', 'a', 'd']).ids).toEqual(['a', 'b', 'c', 'a', 'd']));
  it('plays the next one next', () => expect(playNext(queue, 'x').ids).toEqual(['a', 'b', 'x', 'c']));
  it('keeps its place when something before it goes', () => expect(currentOf(removeAt(queue, 0))).toBe('b'));
  it('goes on with the next one when the present one goes', () => expect(currentOf(removeAt(queue, 1))).toBe('c'));
  it('keeps what plays when others are moved', () => {
    for (const [from, to] of [[0, 2], [2, 0], [1, 0], [1, 2], [0, 1], [2, 1]] as const) expect(currentOf(move(queue, from, to)), `${from} to ${to}`).toBe('b');
    expect(move(queue, 2, 0).ids).toEqual(['c', 'a', 'b']);
  });
  it('of another version is not taken', () => expect([null, {}, { ids: [1], index: 0 }, { ids: [], index: 0 }].map(isQueue)).toEqual([false, false, false, true]));
});
