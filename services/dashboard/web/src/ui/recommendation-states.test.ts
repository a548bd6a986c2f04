import { expect, test } from '@jest/globals';
import { statesOf } from './recommendation-states.js';

const said = (state: 'in-progress' | 'done') => ({ reportedOn: '2026-01-10', text: 'x', state });

test.each([
  ['nothing said yet', { status: 'open', overdue: false }, ['open']],
  ['past its day', { status: 'open', overdue: true }, ['overdue', 'open']],
  ['under way', { status: 'in-progress', overdue: false, progress: [said('in-progress')] }, ['inProgress']],
  [
    'said to be done, and nobody has closed it',
    { status: 'in-progress', overdue: true, progress: [said('in-progress'), said('done')] },
    ['overdue', 'reportedDone'],
  ],
  ['closed', { status: 'closed', overdue: false, outcome: 'done', progress: [said('done')] }, ['done']],
  ['lapsed', { status: 'closed', overdue: false, outcome: 'lapsed' }, ['lapsed']],
] as const)('%s', (_what, recommendation, expected) => {
  expect(statesOf(recommendation as never)).toEqual(expected);
});
