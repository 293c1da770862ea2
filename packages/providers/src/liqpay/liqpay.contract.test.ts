import { keepsTheContract } from '../contract-suite/keeps-the-contract.ts';
import { subjectOf } from '../testing/subject-of.ts';
import { createLiqpayProvider } from './liqpay.ts';
import { startSandbox } from './sandbox/start-sandbox.ts';

keepsTheContract('liqpay', () => subjectOf(createLiqpayProvider, startSandbox));
