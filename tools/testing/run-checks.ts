import { staticChecks } from './checks.ts';
import { type PartResult, printFailure, printSummary, runPart, stopPartsWithUs } from './run-part.ts';

/** `npm run check`: what needs neither database nor browser, in seconds. */
stopPartsWithUs();
const began = performance.now();
const results: PartResult[] = [];
for (const part of staticChecks()) results.push(await runPart(part));
for (const failed of results.filter(({ ok }) => !ok)) printFailure(failed);
printSummary(results, (performance.now() - began) / 1000);
if (results.some(({ ok }) => !ok)) process.exitCode = 1;
