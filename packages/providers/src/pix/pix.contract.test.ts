import { keepsTheContract } from '../contract-suite/keeps-the-contract.ts';
import { subjectOf } from '../testing/subject-of.ts';
import { createPixProvider } from './pix.ts';
import { startSandbox } from './sandbox/start-sandbox.ts';

keepsTheContract('pix', () => subjectOf(createPixProvider, startSandbox));
