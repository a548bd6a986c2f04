import { readsAll, useMe } from '../app/me.js';
import { address } from '../api/client.js';
import { useAnswer, useUnit } from '../api/queries.js';
import type { Units } from '../api/types.js';
import { useWords } from '../i18n/i18n.js';
import { useView } from '../view/use-view.js';
import { Field } from './field.js';

/** Whose: the nation, a province of the day, or the unit that the address names; who doesn't read the nation, their own units. */
export function UnitChoice() {
  const { t, text } = useWords();
  const { view, change } = useView();
  const me = useMe();
  const all = readsAll(me);
  const provinces = useAnswer<Units>(
    'units',
    all ? address('/v1/units', { kind: 'province', on: view.at, limit: 100 }) : undefined,
  );
  const offered = all
    ? (provinces.data?.units ?? []).map(({ id, label }) => ({ id, name: text(label) }))
    : (me.units ?? []).map((id) => ({ id, name: undefined }));
  const isOffered = view.unit === undefined || offered.some(({ id }) => id === view.unit);
  return (
    <Field label={t('choice.unit')}>
      {(id) => (
        <select id={id} value={view.unit ?? ''} onChange={({ target }) => change({ unit: target.value || undefined })}>
          {all && <option value="">{t('choice.nation')}</option>}
          {!isOffered && <Named unit={view.unit!} />}
          {offered.map((each) =>
            each.name === undefined ? (
              <Named key={each.id} unit={each.id} />
            ) : (
              <option key={each.id} value={each.id}>
                {each.name}
              </option>
            ),
          )}
        </select>
      )}
    </Field>
  );
}

function Named({ unit }: { unit: string }) {
  const { text } = useWords();
  const found = useUnit(unit);
  return <option value={unit}>{found.data ? text(found.data.label) : unit}</option>;
}
