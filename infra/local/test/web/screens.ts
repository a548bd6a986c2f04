/** Every screen, with an address that shows something on it. Both languages and both sizes are tried of each. */
export const SCREENS: readonly [name: string, address: string][] = [
  ['today', '/'],
  ['map', '/map?indicator=community-centres&map=2025-06-30'],
  ['map-of-a-province', '/map?indicator=centres&unit=province-14&by=centre'],
  ['figure', '/figure?indicator=general-vocational-pupils&unit=gdtx-son-la&from=1900-01'],
  ['inspections', '/inspections'],
  ['inspections-of-a-year', '/inspections?status=open&from=2022-01&to=2022-12&unit=province-31-2025'],
  ['community-learning', '/community-learning'],
  ['community-learning-of-a-province', '/community-learning?unit=province-31-2025&indicator=topics-held'],
  ['units', '/units?q=S%C6%A1n%20La'],
  ['unit', '/units/gdtx-son-la'],
  ['unit-rated', '/units/gdnn-gdtx-dong-ha'],
  ['unit-that-ended', '/units/district-290'],
  ['unit-in-a-commune', '/units/tthtcd-sao-do'],
  ['missing', '/there-is-no-such-page'],
];
