import { count, noteAndSource, year } from '@gdtx/ledger/forms';
import { z } from 'zod';

export const literacyCounted = z.strictObject({ year, people: count, level1: count, level2: count, ...noteAndSource });
