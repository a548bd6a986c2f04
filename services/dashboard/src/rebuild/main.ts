import { runRebuild } from './command.js';

process.exit(await runRebuild(process.argv.slice(2), process.env));
