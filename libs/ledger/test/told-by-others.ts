import type { OthersFact } from '@gdtx/testing/test-owner';

const on = (day: string) => ({ on: day, notBefore: '', notAfter: '' });

/** The registry facts of provinces, as they come by Kafka: the country and two provinces. */
export const provinces: OthersFact[] = [
  { unit: 'vn', kind: 'country', name: { vi: 'Việt Nam' }, effectiveOn: on('1945-09-02') },
  { unit: 'province-14', kind: 'province', parent: 'vn', name: { vi: 'Sơn La' }, effectiveOn: on('1990-01-01') },
  { unit: 'province-15', kind: 'province', parent: 'vn', name: { vi: 'Yên Bái' }, effectiveOn: on('1990-01-01') },
].map((data) => ({ service: 'provinces', name: 'UnitEstablished', data }));

/** Centres in the first of them. */
export const centres = (...ids: string[]): OthersFact[] =>
  ids.map((centre) => ({
    service: 'centres',
    name: 'CentreEstablished',
    data: { centre, kind: 'gdtx', name: { vi: centre }, seat: 'province-14', establishedOn: on('2000-01-01') },
  }));
