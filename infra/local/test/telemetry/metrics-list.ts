import { isOwner, type Service } from '@gdtx/service-kit/services';

/** The metrics that a table lists: `| name | unit | who | … |`, who being `all`, `owners`, or a service. */
export function listedMetrics(markdown: string): { of(service: Service): string[] } {
  const rows = [...markdown.matchAll(/^\| `([a-z_]+)`[^|]*\|[^|]*\| ([a-z, -]+?) +\|/gm)];
  if (rows.length === 0) throw new Error('no metric is listed');
  const says = (who: string, service: Service) =>
    who.split(', ').some((one) => one === 'all' || one === service || (one === 'owners' && isOwner(service)));
  return { of: (service) => rows.flatMap(([, name, who]) => (says(who!, service) ? [name!] : [])).sort() };
}

/** The names of what a service answers at `/metrics`. */
export function namesOf(metrics: string): string[] {
  return [...metrics.matchAll(/^# TYPE ([a-z_]+) /gm)].map(([, name]) => name!).sort();
}
