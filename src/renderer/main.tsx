// The window's entry: words first, then the app. The base styles come first, so that components can override them.
import './styles/tokens.css';
import './styles/base.css';
import './styles/contrast.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { ErrorBoundary } from './app/ErrorBoundary';
import { guardComposition } from './client/composing';
import { startI18n } from './i18n/i18n';

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no root element.');
  // Before any other listener.
  guardComposition(window);
  // As main gave the page out; what is chosen later changes it.
  await startI18n(document.documentElement.lang === 'zh-CN' ? 'zh-CN' : 'en');
  createRoot(root).render(
    <ErrorBoundary>
      <App />
    </ErrorBoundary>,
  );
}

void start();
