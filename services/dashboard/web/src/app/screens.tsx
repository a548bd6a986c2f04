import { lazy, type ComponentType } from 'react';
import { matchPath } from 'react-router';

export interface Screen {
  path: string;
  /** In the navigation, and the name of its sign; undefined: reached from other screens. */
  name: string | undefined;
  component: ComponentType;
  /** Fetches its files, once. */
  load: () => Promise<unknown>;
}

const screen = (path: string, name: string | undefined, load: () => Promise<{ default: ComponentType }>): Screen => ({
  path,
  name,
  load,
  component: lazy(load),
});

/** Every screen there is, each with files of its own. */
export const SCREENS: readonly Screen[] = [
  screen('/', 'today', () => import('../today/today.js')),
  screen('/map', 'map', () => import('../map/map.js')),
  screen('/inspections', 'inspections', () => import('../inspections/inspections.js')),
  screen('/community-learning', 'community', () => import('../community-learning/community-learning.js')),
  screen('/units', 'units', () => import('../units/units.js')),
  screen('/units/:id', undefined, () => import('../units/unit.js')),
  screen('/reporting', 'reporting', () => import('../reporting/reporting.js')),
  screen('/figure', undefined, () => import('../figure/figure.js')),
];

/** Fetches the files of the screen at a path, so that they come beside what is asked for meanwhile. */
export function loadScreenAt(path: string): void {
  const found = SCREENS.find((each) => matchPath(each.path, path) !== null);
  // What doesn't come now is fetched, and its failure shown, when the screen is opened.
  found?.load().catch(() => undefined);
}
