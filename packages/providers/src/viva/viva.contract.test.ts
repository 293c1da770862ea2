import { keepsTheContract } from '../contract-suite/keeps-the-contract.ts';
import { subjectOf } from '../testing/subject-of.ts';
import { startSandbox } from './sandbox/start-sandbox.ts';
import { createVivaProvider } from './viva.ts';

keepsTheContract('viva', () => subjectOf(createVivaProvider, startSandbox));
