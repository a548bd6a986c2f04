/** English of one, where it isn't said like that of many: laid over the words of en.ts. Vietnamese says both alike. */
export const enOne = {
  said: { lacks_one: 'not whole, {{count, number}} part missing' },
  state: { partial_one: 'Not whole: {{count, number}} part that the system is waiting for is missing in this.' },
  reporting: {
    unitsMeasure_one: 'unit',
    approveChosen_one: 'Approve the chosen unit',
    approveNow_one: 'Approve {{count, number}} unit',
  },
  unit: {
    found_one: '{{count, number}} unit',
    years_one: '{{count, number}} year',
    months_one: '{{count, number}} month',
  },
  inspections: { recommendations_one: '{{count, number}} recommendation' },
  figure: { proof_one: '{{count, number}} part of an entry makes {{recomputed}}; the figure is {{figure}}' },
  changed: {
    entries_one: '{{count, number}} entry',
    conflicts_one: 'Contradicted by the registry: {{count, number}} entry',
  },
};
