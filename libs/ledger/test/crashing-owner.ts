import { startOwner } from '../src/owner.js';
import { classRules } from './rules.js';

/** A service of its own process, which is killed between the n-th send to Kafka and its mark. */
let sends = 0;
const crashAt = Number(process.env['CRASH_AT_SEND']);

const { grpcAddress } = await startOwner(process.env, {
  service: 'programmes',
  rules: classRules,
  afterSend: async () => {
    sends += 1;
    if (sends === crashAt) process.kill(process.pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 20));
  },
});
process.send!(grpcAddress);
