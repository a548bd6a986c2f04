import { useEffect, useState, type ComponentType } from 'react';
import { matchPath } from 'react-router';
import type { Session } from '../api/types.js';
import { dayInVietNam } from '../formats/dates.js';
import * as today from '../today/today.js';
import { Loading } from '../ui/states.js';
import type { View } from '../view/view.js';
import { whoseOf } from './me.js';

/** What a screen is about to show. */
export interface Looked {
  unit: string;
  at: string;
  view: View;
}

/** What a reader's screen is about to show by a view. */
export const lookedAt = (me: Session, view: View): Looked => ({
  unit: whoseOf(me, view),
  at: view.at ?? dayInVietNam(new Date()),
  view,
});

/** What the files of a screen hold. */
interface ScreenFiles {
  default: ComponentType;
  /** Asks for what it will show, before it is drawn, and is through once its figures are there; what it leaves out is asked for then. */
  askAhead?: (looked: Looked) => Promise<unknown>;
}

export interface Screen {
  path: string;
  /** In the navigation, and the name of its sign; undefined: reached from other screens. */
  name: string | undefined;
  component: ComponentType;
  /** Fetches its files, once. */
  load: () => Promise<unknown>;
  /** Asks for what it will show, as soon as its files are there; undefined: it asks for nothing ahead. */
  askAhead: (looked: Looked) => Promise<unknown> | undefined;
}

function screen(path: string, name: string | undefined, files: () => Promise<ScreenFiles>): Screen {
  let there: ScreenFiles | undefined;
  const load = async () => {
    const loaded = await files();
    there = loaded;
    return loaded;
  };
  // Not by Suspense: whatever that has waited for it keeps back for 300 ms, so that less flickers.
  const Shown = () => {
    const [state, setState] = useState<{ Now?: ComponentType | undefined; failed?: unknown }>({ Now: there?.default });
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
  const askAhead = (looked: Looked) =>
    there
      ? there.askAhead?.(looked)
      : load().then(
          (loaded) => loaded.askAhead?.(looked),
          // Its failure is shown when the screen is opened.
          () => undefined,
        );
  return { path, name, load, askAhead, component: Shown };
}

/** Every screen there is, each with files of its own, but the one that most begin with: what it needs comes with the page's own files. */
export const SCREENS: readonly Screen[] = [
  screen('/', 'today', () => Promise.resolve(today)),
  screen('/map', 'map', () => import('../map/map.js')),
  screen('/inspections', 'inspections', () => import('../inspections/inspections.js')),
  screen('/community-learning', 'community', () => import('../community-learning/community-learning.js')),
  screen('/units', 'units', () => import('../units/units.js')),
  screen('/units/:id', undefined, () => import('../units/unit.js')),
  screen('/reporting', 'reporting', () => import('../reporting/reporting.js')),
  screen('/figure', undefined, () => import('../figure/figure.js')),
];

/** Fetches the files of the screen at a path, so that they come beside what is asked for meanwhile; through once they are there, or can't be had. */
export async function loadScreenAt(path: string): Promise<void> {
  try {
    await screenAt(path)?.load();
  } catch {
    // It is fetched, and its failure shown, when the screen is opened.
  }
}

/** Asks for what the screen at a path will show; undefined: nothing is asked ahead. */
export const askAheadAt = (path: string, looked: Looked): Promise<unknown> | undefined =>
  screenAt(path)?.askAhead(looked);

const screenAt = (path: string): Screen | undefined => SCREENS.find((each) => matchPath(each.path, path) !== null);
