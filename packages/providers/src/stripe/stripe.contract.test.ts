import { keepsTheContract } from '../contract-suite/keeps-the-contract.ts';
import { subjectOf } from '../testing/subject-of.ts';
import { startSandbox } from './sandbox/as-sandbox.ts';
import { createStripeProvider } from './stripe.ts';

keepsTheContract('stripe', () => subjectOf(createStripeProvider, startSandbox));
