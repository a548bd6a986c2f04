import { QueryClientProvider } from '@tanstack/react-query';
import { createBrowserRouter, Link, RouterProvider } from 'react-router';
import { queryClient } from '../api/queries.js';
import { useWords } from '../i18n/i18n.js';
import { Empty, Failed } from '../ui/states.js';
import { useView } from '../view/use-view.js';
import { Frame } from './frame.js';
import { SCREENS } from './screens.js';

const router = createBrowserRouter([
  {
    element: <Frame />,
    children: [
      {
        errorElement: <Broken />,
        children: [
          ...SCREENS.map(({ path, component: Screen }) => ({ path, element: <Screen /> })),
          { path: '*', element: <Missing /> },
        ],
      },
    ],
  },
]);

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
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

function Broken() {
  const { t } = useWords();
  return <Failed error={new Error(t('page.broken'))} retry={() => window.location.reload()} />;
}
