import { lazy, type ComponentType } from 'react';

export interface Screen {
  path: string;
  /** In the navigation, and the name of its sign; undefined: reached from other screens. */
  name: string | undefined;
  component: ComponentType;
}

/** Every screen there is, each loaded when it is first opened; the first one with the page. */
export const SCREENS: readonly Screen[] = [
  { path: '/', name: 'today', component: lazy(() => import('../today/today.js')) },
  { path: '/map', name: 'map', component: lazy(() => import('../map/map.js')) },
  { path: '/inspections', name: 'inspections', component: lazy(() => import('../inspections/inspections.js')) },
  {
    path: '/community-learning',
    name: 'community',
    component: lazy(() => import('../community-learning/community-learning.js')),
  },
  { path: '/units', name: 'units', component: lazy(() => import('../units/units.js')) },
  { path: '/units/:id', name: undefined, component: lazy(() => import('../units/unit.js')) },
  { path: '/reporting', name: 'reporting', component: lazy(() => import('../reporting/reporting.js')) },
  { path: '/figure', name: undefined, component: lazy(() => import('../figure/figure.js')) },
];
