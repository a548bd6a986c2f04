// With `node --import`: a dashboard that lets fewer entries wait: GDTX_MOST_ENTRIES, and stores them all when half of them do. So its limit is reached
// with as many entries as a fault can publish. Other services start as they are.
if (/services[/\\]dashboard[/\\]/.test(process.argv[1] ?? '')) {
  const { FLUSH_PACE } = await import('../../../services/dashboard/dist/projector/flush-schedule.js');
  const most = Number(process.env.GDTX_MOST_ENTRIES);
  if (!(FLUSH_PACE.mostEntries > most)) throw new Error('the dashboard has no such limit');
  Object.assign(FLUSH_PACE, { mostEntries: most, manyEntries: most / 2 });
}
