import type { Route } from '../../routes';

export const routes: Route[] = [
  { path: '/', title: 'Create', needs: 'session', frame: 'wide', load: () => import('./Create.svelte') },
];
