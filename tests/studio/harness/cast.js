// A service with people in it and a song or two: what the checks of all pages and the screenshots need.
import { api, newPerson } from './browser.js';
import { member, setUp } from './people.js';
import { Service } from './service.js';
import { orderSong, ready } from './songs.js';

export const OPERATOR = {
  operator_name: 'Example Operator', operator_address: 'Example Street 1, 12345 Example Town', privacy_contact: 'privacy@example.com',
  support_contact: 'support@example.com', dmca_contact: 'dmca@example.com', authority: 'https://authority.example.com', data_region: 'Germany (European Union)',
};

// `songs`: request by request, the last one is the song of the song page.
export async function castOf(songs, options = {}) {
  const service = await new Service({ settings: { ...OPERATOR, welcome_songs: 0 } }).start();
  const administrator = await setUp(service, options);
  const owner = await member(service, { ...options, name: 'Somebody' });
  const visitor = await newPerson(service, options);
  const { id: account } = await api(owner, 'GET', 'me');
  await api(administrator, 'POST', `admin/users/${account}/plan`, { plan: 'studio' });
  await api(administrator, 'POST', `admin/users/${account}/credits`, { amount: 25, reason: 'a contest won' });
  const made = [];
  for (const song of songs) made.push(await ready(owner, await orderSong(owner, song)));
  const last = made.at(-1);
  return { service, people: { administrator, owner, visitor }, facts: { song: last.id, title: last.title, account, email: owner.email } };
}
