import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { BENCHMARKS } from './benchmarks.js';
import { readOptions, USAGE, type BenchOptions } from './options.js';
import { asText, intoPage, type Report } from './report.js';
import { prepareData, runBenchmarks } from './run.js';

const say = (sentence: string) => console.error(sentence);

/** `npm run bench [-- NAME…]`: answers the exit code. */
export async function bench(args: readonly string[]): Promise<number> {
  const options = readOptions(
    args,
    BENCHMARKS.map(({ name }) => name),
  );
  if (typeof options === 'string') {
    console.error(`${options}\n\n${usage()}`);
    return 1;
  }
  if (options.help) {
    console.log(usage());
    return 0;
  }
  if (options.dataOnly) {
    const { entries, topicPrefix, mongodbUri } = await prepareData({ ...options, keep: options.keep!, say });
    console.log(`${entries} entries in the topics ${topicPrefix}*; their read model is at ${mongodbUri}`);
    return 0;
  }
  const chosen = BENCHMARKS.filter(({ name }) => options.names.length === 0 || options.names.includes(name));
  const report = await runBenchmarks(chosen, { ...options, say });
  console.log(asText(report));
  return (await written(options, report)) ? 0 : 1;
}

async function written({ json, markdown }: BenchOptions, report: Report): Promise<boolean> {
  if (json) await writeFile(resolve(json), `${JSON.stringify(report, null, 2)}\n`);
  let all = true;
  for (const file of markdown) {
    const page = intoPage(await readFile(resolve(file), 'utf8'), report);
    if (page !== undefined) await writeFile(resolve(file), page);
    else console.error(`${file} has no place for some table: each needs two marks, see infra/bench/README.md.`);
    all &&= page !== undefined;
  }
  return all;
}

function usage(): string {
  return `${USAGE}\n\nBenchmarks:\n${BENCHMARKS.map(({ name, about }) => `  ${name.padEnd(12)} ${about}`).join('\n')}`;
}
