import { QueryClientProvider } from '@tanstack/react-query';
import { BrowserRouter, Link, Route, Routes } from 'react-router';
import { queryClient } from '../api/queries.js';
import { useWords } from '../i18n/i18n.js';
import { Empty } from '../ui/states.js';
import { useView } from '../view/use-view.js';
import { WhereItBreaks } from './broken.js';
import { Frame } from './frame.js';
import { SCREENS } from './screens.js';

/** What is shown by another address is drawn in one go: in slices, as a transition, it would take longer. */
export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <BrowserRouter useTransitions={false}>
        <WhereItBreaks>
          <Routes>
            <Route element={<Frame />}>
              {SCREENS.map(({ path, component: Screen }) => (
                <Route key={path} path={path} element={<Screen />} />
              ))}
              <Route path="*" element={<Missing />} />
            </Route>
          </Routes>
        </WhereItBreaks>
      </BrowserRouter>
    </QueryClientProvider>
  );
}

function Missing() {
  const { t } = useWords();
  const { to } = useView();
  return (
    <>
      <h1>{t('page.missing')}</h1>
      <Empty>
        {t('page.missingLead')} <Link to={to('/')}>{t('page.back')}</Link>
      </Empty>
    </>
  );
}
