import { keepsTheContract } from '../contract-suite/keeps-the-contract.ts';
import { subjectOf } from '../testing/subject-of.ts';
import { createMonoProvider } from './mono.ts';
import { startSandbox } from './sandbox/start-sandbox.ts';

keepsTheContract('mono', () => subjectOf(createMonoProvider, startSandbox));
