import { askForSession, askIndicators, askUnit } from '../api/queries.js';
import { readyToFormat } from '../formats/numbers.js';
import { addressOf, readView, writeView } from '../view/view.js';
import { askAheadAt, loadScreenAt, lookedAt } from './screens.js';

/** So long the frame waits for the files of its screen: then both are drawn at once. */
const FILES_MS = 130;

/**
 * Asks who is there, before which nothing can be shown, and, of who has signed in, for what the address shows. Through once that is on
 * its way: what is drawn then comes beside it.
 */
export async function askAtStart({ pathname, search }: Pick<Location, 'pathname' | 'search'>): Promise<void> {
  const files = loadScreenAt(pathname);
  const asked = askForSession();
  const view = readView(new URLSearchParams(search));
  readyToFormat(view.language);
  const session = await asked;
  if (!session?.signedIn) return;
  const looked = lookedAt(session, view);
  void askIndicators();
  void askUnit(looked.unit);
  await Promise.race([files, new Promise((resolve) => setTimeout(resolve, FILES_MS))]);
  // What an address says besides is the screen's own, and it asks for that itself.
  if (addressOf(view, pathname) === pathname + writeView(view)) void askAheadAt(pathname, looked);
}
