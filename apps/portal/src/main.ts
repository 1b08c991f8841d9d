/** Every page works without this; what fails here must not take the form with it. */
import './portal.css';
import { keptStep, showPage, shown } from './islands/show-page.ts';
import { wake } from './islands/wake.ts';

document.addEventListener(shown, wake);
const step = keptStep();
if (step === null) wake();
else showPage(step);
