import {
  ConflictSettled,
  PeriodApproved,
  PeriodClosed,
  PeriodReopened,
} from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import { factFold, type FactFold } from './fold.js';
import { plainObject } from '@gdtx/contracts/plain';

/**
 * What every service is told: of the months of a unit's reports, closed by it, approved by its province, opened again (record id:
 * the month); and of entries that the registry contradicts, that they stand (record id: the entry's seq).
 */
export function periodFolds(service: string): readonly FactFold[] {
  return [
    factFold(service, 'PeriodClosed', PeriodClosed, (data, entry) => {
      const { month, nothingToReport, controlTotals } = data;
      const by = entry.source;
      const closed = { seq: entry.seq, recordedAt: entry.recordedAt, by, nothingToReport, controlTotals };
      return [
        {
          kind: 'record',
          collection: 'periods',
          id: month,
          set: { unit: entry.unit, month, status: 'closed', closed: { ...closed, ...note(data) }, approved: null },
        },
      ];
    }),
    factFold(service, 'PeriodApproved', PeriodApproved, (data, entry) => {
      const { month, upToSeq } = data;
      const approved = { seq: entry.seq, recordedAt: entry.recordedAt, by: entry.source, upToSeq, ...note(data) };
      const set = { unit: data.unit || entry.unit, month, status: 'approved', approved };
      return [{ kind: 'record', collection: 'periods', id: month, set }];
    }),
    factFold(service, 'PeriodReopened', PeriodReopened, (data, entry) => {
      const { month } = data;
      const { reason } = plainObject(data);
      const reopened = { seq: entry.seq, recordedAt: entry.recordedAt, by: entry.source, reason, ...note(data) };
      const set = { unit: data.unit || entry.unit, month, status: 'open', closed: null, approved: null };
      return [{ kind: 'record', collection: 'periods', id: month, set, append: { reopened } }];
    }),
    factFold(service, 'ConflictSettled', ConflictSettled, (data, entry) => {
      const { seq, reason } = data;
      const settled = { seq: entry.seq, recordedAt: entry.recordedAt, by: entry.source, reason, ...note(data) };
      return [{ kind: 'record', collection: 'settlements', id: String(seq), set: settled }];
    }),
  ];
}

const note = ({ note: said }: { note: string }) => (said ? { note: said } : {});
