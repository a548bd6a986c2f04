#!/usr/bin/env node
// What `npm start`, `npm test`, `npm run check` and `npm run reset` run: plain JavaScript without a dependency, because on a fresh clone
// nothing is installed yet. It sets the clone up, then hands over to what has been compiled from infra/local/src.
// This file itself also has to parse on a Node that is too old, to say so.
import process from 'node:process';

const OLDEST = [20, 19];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  console.error(
    `Node ${OLDEST.join('.')} or newer is needed, and this is ${process.versions.node}: install a newer Node, then try again.`,
  );
  process.exit(1);
}

import('./set-up/commands.mjs')
  .then(({ run }) => run(process.argv[2], process.argv.slice(3)))
  .then(
    (code) => {
      // `start` answers nothing: it lives on until it is stopped.
      if (code !== undefined) process.exit(code);
    },
    (error) => {
      console.error(error.name === 'SetUpError' ? error.message : error.stack);
      process.exit(1);
    },
  );
