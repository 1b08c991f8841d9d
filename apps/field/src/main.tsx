import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import '@wangge/ui/ui.css';
import '@wangge/ui/notify.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/shell.css';
import './styles/tasks.css';
import './styles/clocks.css';
import './styles/report.css';
import './styles/patrol.css';
import { applyTextSize, storedTextSize } from './shell/text-size.ts';
import { registerWorker } from './sw/register.ts';

applyTextSize(storedTextSize());
registerWorker();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
