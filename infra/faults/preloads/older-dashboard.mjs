// With `node --import`: the dashboard as it was before it knew some fact types: those of GDTX_UNKNOWN_FACTS, with commas between them.
// Other services start as they are.
if (/services[/\\]dashboard[/\\]/.test(process.argv[1] ?? '')) {
  const { FOLDS } = await import('../../../services/dashboard/dist/indicators/folds/all.js');
  for (const type of (process.env.GDTX_UNKNOWN_FACTS ?? '').split(',').filter(Boolean)) {
    if (!FOLDS.folds.delete(type)) throw new Error(`the dashboard folds no ${type}`);
  }
}
