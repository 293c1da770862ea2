import { keepsTheContract } from '../contract-suite/keeps-the-contract.ts';
import { notebookSubject } from '../testing/notebook-subject.ts';
import { createInvoiceProvider } from './invoice.ts';

const merchant = (iban: string) => ({ way: 'transfer', payee: 'Salon', iban });

keepsTheContract('invoice', async () =>
  notebookSubject(createInvoiceProvider, {
    credentials: merchant('PT50 0002 0123 1234 5678 9015 4'),
    otherMerchant: merchant('GB29 NWBK 6016 1331 9268 19'),
    nobody: merchant(''),
  }),
);
