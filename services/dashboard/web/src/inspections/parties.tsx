import { Link } from 'react-router';
import type { Office, Party } from '../api/follow-up.js';
import type { Text } from '../api/types.js';
import { useWords } from '../i18n/i18n.js';
import { useView } from '../view/use-view.js';

export type Labels = Record<string, Text>;

/** A unit by the name that it had, opening its page. */
export function UnitLink({ unit, labels }: { unit: string; labels: Labels }) {
  const { text } = useWords();
  const { to } = useView();
  return <Link to={to(`/units/${unit}`)}>{labels[unit] ? text(labels[unit]) : unit}</Link>;
}

/** Who is meant: units, offices, or every centre of a place. */
export function Parties({ parties, labels }: { parties: readonly Party[]; labels: Labels }) {
  const { t } = useWords();
  return (
    <>
      {parties.map(({ unit, body, every }, i) => (
        <span key={i}>
          {i > 0 && '; '}
          {body && <OfficeName office={body} labels={labels} />}
          {every && (
            <>
              {t('inspections.every', { kind: t(`kindsOf.${every.kind}`) })}{' '}
              <UnitLink unit={every.in} labels={labels} />
            </>
          )}
          {unit && <UnitLink unit={unit} labels={labels} />}
        </span>
      ))}
    </>
  );
}

/** «Phòng GDĐT thành phố Chí Linh (Thành phố Chí Linh)»: the unit tells offices of one name apart. */
export function OfficeName({ office, labels }: { office: Office; labels: Labels }) {
  const { body, of } = office;
  return (
    <>
      {body}
      {of !== 'vn' && (
        <>
          {' ('}
          <UnitLink unit={of} labels={labels} />)
        </>
      )}
    </>
  );
}
