import type { Route } from '../../routes';

export const routes: Route[] = [
  { path: '/legal/terms', title: 'Terms of use', needs: 'everyone', load: () => import('./Terms.svelte') },
  { path: '/legal/privacy', title: 'Privacy policy', needs: 'everyone', load: () => import('./Privacy.svelte') },
];
