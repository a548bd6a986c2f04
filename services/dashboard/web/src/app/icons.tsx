/** The few signs of the bar at the foot of a phone's screen. */
const PATHS: Record<string, string> = {
  today: 'M4 19V9m5.300 10V5m5.400 14v-7M20 19V8',
  map: 'M9 4 3.500 6.500v13L9 17l6 3 5.500-2.500v-13L15 7 9 4Zm0 0v13m6-10v13',
  units: 'M4 20V9l8-5 8 5v11M4 20h16M9.500 20v-5h5v5',
  reporting: 'M5 5h14v15H5zM5 9.500h14M9 3v4m6-4v4m-6.500 7.500 2.500 2.500 4.500-4.500',
  inspections: 'M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13Zm4.800-1.700L20 20',
  community:
    'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm8 0a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.500 19c.5-3.500 2.500-5 5.500-5s5 1.500 5.500 5m1-4.600c.6-.3 1.200-.4 1.500-.4 3 0 5 1.500 5.500 5',
};

export function Icon({ name }: { name: string }) {
  return (
    <svg
      {...{ width: 20, height: 20, viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', strokeWidth: 1.7 }}
      {...{ strokeLinejoin: 'round', strokeLinecap: 'round', 'aria-hidden': true }}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
