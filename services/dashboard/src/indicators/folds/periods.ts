import {
  ConflictSettled,
  PeriodApproved,
  PeriodClosed,
  PeriodReopened,
} from '@gdtx/contracts/gen/gdtx/ledger/v1/ledger';
import type { Contribution, PeriodPart, PeriodRemark } from '../../model.js';
import { factFold, type FactFold, type FoldEntry } from './fold.js';

/**
 * What every service is told: of the months of a unit's reports, closed by it, approved by its province, opened again; and of
 * entries that the registry contradicts, that they stand (record id: the entry's seq).
 */
export function periodFolds(service: string): readonly FactFold[] {
  return [
    factFold(service, 'PeriodClosed', PeriodClosed, ({ month, nothingToReport, controlTotals, note }, entry) => {
      const remark = remarkOf(entry, { note, ...(controlTotals.length > 0 ? { controlTotals } : {}) });
      return period('closed', month, entry, { nothing: nothingToReport, remark });
    }),
    factFold(service, 'PeriodApproved', PeriodApproved, ({ month, upToSeq, note }, entry) =>
      period('approved', month, entry, { upToSeq, remark: remarkOf(entry, { note }) }),
    ),
    factFold(service, 'PeriodReopened', PeriodReopened, ({ month, reason, note }, entry) =>
      period('reopened', month, entry, { remark: remarkOf(entry, { reason, note }) }),
    ),
    factFold(service, 'ConflictSettled', ConflictSettled, (data, entry) => {
      const { seq, reason, note } = data;
      const settled = {
        seq: entry.seq,
        recordedAt: entry.recordedAt,
        by: entry.source,
        reason,
        ...(note ? { note } : {}),
      };
      return [{ kind: 'record', collection: 'settlements', id: String(seq), set: settled }];
    }),
  ];
}

interface Detail {
  nothing?: boolean;
  upToSeq?: number;
  remark: PeriodRemark | undefined;
}

function period(
  what: PeriodPart['what'],
  month: string,
  { recordedAt }: FoldEntry,
  { nothing = false, upToSeq = 0, remark }: Detail,
): Contribution[] {
  const said: PeriodPart = { kind: 'period', what, month, at: recordedAt, nothing, upToSeq };
  return [remark ? { ...said, remark } : said];
}

/** Most say nothing of the kind. */
function remarkOf(
  { unit, source }: FoldEntry,
  { controlTotals, reason, note }: Omit<PeriodRemark, 'by'>,
): PeriodRemark | undefined {
  if (source === unit && !controlTotals && !reason && !note) return undefined;
  return {
    ...(source === unit ? {} : { by: source }),
    ...(controlTotals ? { controlTotals } : {}),
    ...(reason ? { reason } : {}),
    ...(note ? { note } : {}),
  };
}
