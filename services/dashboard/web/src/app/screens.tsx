import { useEffect, useState, type ComponentType } from 'react';
import { matchPath } from 'react-router';
import { Loading } from '../ui/states.js';

export interface Screen {
  path: string;
  /** In the navigation, and the name of its sign; undefined: reached from other screens. */
  name: string | undefined;
  component: ComponentType;
  /** Fetches its files, once. */
  load: () => Promise<unknown>;
}

function screen(path: string, name: string | undefined, files: () => Promise<{ default: ComponentType }>): Screen {
  let there: ComponentType | undefined;
  const load = async () => {
    const loaded = await files();
    there = loaded.default;
    return loaded;
  };
  // Not by Suspense: whatever that has waited for it keeps back for 300 ms, so that less flickers.
  const Shown = () => {
    const [state, setState] = useState<{ Now?: ComponentType | undefined; failed?: unknown }>({ Now: there });
    const isThere = state.Now !== undefined;
    useEffect(() => {
      if (isThere) return undefined;
      let isLeft = false;
      load()
        .then(
          (loaded) => ({ Now: loaded.default }),
          (failed: unknown) => ({ failed }),
        )
        .then((next) => isLeft || setState(next));
      return () => void (isLeft = true);
    }, [isThere]);
    if (state.failed !== undefined) throw state.failed;
    return state.Now ? <state.Now /> : <Loading lines={8} />;
  };
  return { path, name, load, component: Shown };
}

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
