import { parentPort, workerData } from 'node:worker_threads';
import writeExcelFile from 'write-excel-file/node';
import type { Table } from './table.js';
import { sheetsOf } from './xlsx-sheets.js';

// The program of a thread that makes a workbook: see xlsx-table.ts.

const made = await writeExcelFile(sheetsOf(workerData as Table)).toBuffer();
parentPort!.postMessage(made);
