import type { Meter } from '@opentelemetry/api';
import type { Follower } from './columns/follow.js';
import type { Projector } from './projector/projector.js';

/** What the dashboard counts: entries by what became of them, how far behind the figures are, what is set aside. */
export function dashboardMetrics(meter: Meter, projector: Projector, follower: Follower): void {
  meter
    .createObservableGauge('gdtx_figures_age', {
      unit: 's',
      description: 'how old the moment is up to which figures hold all',
    })
    .addCallback((gauge) => {
      const asOf = follower.freshness?.asOf;
      if (typeof asOf === 'number') gauge.observe((Date.now() - asOf) / 1000);
    });
  meter
    .createObservableGauge('gdtx_projector', { description: 'what the projector has counted, by name' })
    .addCallback((gauge) => {
      for (const [what, value] of Object.entries(projector.counts())) gauge.observe(value, { what });
    });
}
