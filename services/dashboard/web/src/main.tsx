import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles/default-css-variables.css';
import './app/tokens.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.js';

createRoot(document.getElementById('root')!).render(<App />);
