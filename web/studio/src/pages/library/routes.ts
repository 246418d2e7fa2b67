import type { Route } from '../../routes';

export const routes: Route[] = [
  { path: '/library', title: 'Library', needs: 'session', frame: 'wide', load: () => import('./Library.svelte') },
];
