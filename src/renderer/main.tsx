// The window's entry: words first, then the app. The base styles come first, so that components can override them.
import './styles/tokens.css';
import './styles/base.css';
import { createRoot } from 'react-dom/client';
import { languageFor } from '@shared/domain/settings';
import { App } from './app/App';
import { ErrorBoundary } from './app/ErrorBoundary';
import { startI18n } from './i18n/i18n';

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no root element.');
  await startI18n(languageFor('system', navigator.language));
  createRoot(root).render(
    <ErrorBoundary>
      <App />
    </ErrorBoundary>,
  );
}

void start();
