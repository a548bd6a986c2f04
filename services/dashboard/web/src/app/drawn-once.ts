/** Before that, nobody sees that a screen waits for what it shows: then it is drawn once, and not first empty and then filled. */
const UNSEEN_MS = 130;

/** Through once what a screen will show is there (undefined: it asks for nothing ahead), or after 130 ms: time to draw it. */
export const drawnOnce = (asked: Promise<unknown> | undefined): Promise<unknown> =>
  Promise.race([asked, new Promise((resolve) => setTimeout(resolve, UNSEEN_MS))]);
