import type { Route } from '../../routes';

export const routes: Route[] = [
  { path: '/songs/{id}', title: 'Song', needs: 'session', frame: 'wide', load: () => import('./Song.svelte') },
];
