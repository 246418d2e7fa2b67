import { describe, expect, it } from 'vitest';
import { ApiError, besideField, noConnection, retryAfterSeconds } from './problem';

describe('Problem details', () => {
  it('put each fault beside its field, without the name in front', () => {
    const error = new ApiError(422, {
      title: 'A field is wrong', detail: 'bpm: 1 is not allowed; a number from 30 to 300, or leave it out', field: 'bpm', request_id: 'r1',
      errors: [{ field: 'bpm', detail: 'bpm: 1 is not allowed; a number from 30 to 300, or leave it out' }, { field: 'key', detail: 'key: \'x\' is not allowed' }],
    });
    expect(error.fields).toEqual({ bpm: '1 is not allowed; a number from 30 to 300, or leave it out', key: "'x' is not allowed" });
    expect(error.requestId).toBe('r1');
    expect(error.status).toBe(422);
  });
  it('with a field but no list still find the field', () => {
    expect(new ApiError(422, { detail: 'email: it is not an address', field: 'email' }).fields).toEqual({ email: 'It is not an address' });
  });
  it('keep the first of two faults of one field', () => {
    expect(new ApiError(422, { errors: [{ field: 'a', detail: 'one' }, { field: 'a', detail: 'two' }] }).fields).toEqual({ a: 'One' });
  });
  it('without any words say at least that something went wrong', () => {
    expect(new ApiError(500, {}).message).not.toBe('');
    expect(noConnection().status).toBe(0);
  });
  it('leave a text alone that does not begin with the field', () => {
    expect(besideField('password', 'too short')).toBe('Too short');
    expect(besideField('bpm', 'bpm is odd')).toBe('Bpm is odd');
  });
});

describe('Retry-After', () => {
  it('is read as seconds', () => expect(retryAfterSeconds('30')).toBe(30));
  it('is read as a date', () => expect(retryAfterSeconds('Wed, 25 Nov 2026 17:00:10 GMT', Date.parse('2026-11-25T17:00:00Z'))).toBe(10));
  it('is never before now', () => expect(retryAfterSeconds('Wed, 25 Nov 2026 16:00:00 GMT', Date.parse('2026-11-25T17:00:00Z'))).toBe(0));
  it('is unknown when it is missing or broken', () => {
    expect(retryAfterSeconds(null)).toBeUndefined();
    expect(retryAfterSeconds('soon')).toBeUndefined();
  });
});
