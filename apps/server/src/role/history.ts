/** The task that gives the demo town its past, while people already use it. */
import { runTask } from './child-side.ts';

runTask(() => Promise.resolve(null));
