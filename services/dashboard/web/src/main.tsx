import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles/default-css-variables.css';
import './app/tokens.css';
import { createRoot } from 'react-dom/client';
import { askForSession } from './api/queries.js';
import { App } from './app/app.js';
import { loadScreenAt } from './app/screens.js';

// Beside each other, and beside what is drawn first.
askForSession();
loadScreenAt(window.location.pathname);

createRoot(document.getElementById('root')!).render(<App />);
