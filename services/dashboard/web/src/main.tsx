import '@fontsource-variable/inter/wght.css';
import './app/tokens.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.js';
import { askAtStart } from './app/ask-at-start.js';

const root = createRoot(document.getElementById('root')!);
void askAtStart(window.location).finally(() => root.render(<App />));
