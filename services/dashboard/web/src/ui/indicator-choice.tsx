import { MantineProvider, Select } from '@mantine/core';
import { useIndicators } from '../api/queries.js';
import type { Indicator } from '../api/types.js';
import { useWords } from '../i18n/i18n.js';
import './mantine-choice.js';

/**
 * Which figure: found by typing a part of its name. Mantine comes with the first screen that has it. Its styles come from files alone:
 * its variables are set in mantine-choice.css, and its inline ones are left out.
 */
export function IndicatorChoice({
  value,
  onChoose,
  among = () => true,
}: {
  value: string;
  onChoose: (id: string) => void;
  among?: (indicator: Indicator) => boolean;
}) {
  const { t, text } = useWords();
  const indicators = useIndicators();
  const shown = [...(indicators.data?.values() ?? [])].filter((each) => !each.supporting && among(each));
  return (
    <MantineProvider defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <Select
        label={t('choice.indicator')}
        data={shown.map(({ id, label }) => ({ value: id, label: text(label) }))}
        value={value}
        onChange={(id) => id && onChoose(id)}
        searchable
        allowDeselect={false}
        nothingFoundMessage={t('choice.nothingFound')}
        maxDropdownHeight={360}
        w={380}
        maw="100%"
        // A hundred options that nobody has opened would be drawn with every screen.
        comboboxProps={{ transitionProps: { duration: 0 }, keepMounted: false }}
      />
    </MantineProvider>
  );
}
