import { askForSession, askIndicators, askUnit } from '../api/queries.js';
import { dayInVietNam } from '../formats/dates.js';
import { readView, START } from '../view/view.js';
import { whoseOf } from './me.js';
import { askAheadAt, loadScreenAt } from './screens.js';

/** So long the frame waits for the files of its screen: then both are drawn at once. */
const FILES_MS = 130;

/**
 * Asks who is there, before which nothing can be shown, and, of who has signed in, for what the address shows. Through once that is on
 * its way: what is drawn then comes beside it.
 */
export async function askAtStart({ pathname, search }: Pick<Location, 'pathname' | 'search'>): Promise<void> {
  const files = loadScreenAt(pathname);
  const session = await askForSession();
  if (!session?.signedIn) return;
  const view = readView(new URLSearchParams(search));
  const unit = whoseOf(session, view);
  void askIndicators();
  void askUnit(unit);
  await Promise.race([files, new Promise((resolve) => setTimeout(resolve, FILES_MS))]);
  const { language, map, known, at, unit: of } = view;
  const isAsOpened = Object.entries({ ...START, language, map, known, at, unit: of }).every(
    ([name, value]) => view[name as keyof typeof view] === value,
  );
  // What else an address may say is the screen's own, and it asks for that itself.
  if (isAsOpened) void askAheadAt(pathname, { unit, at: at ?? dayInVietNam(new Date()), view });
}
