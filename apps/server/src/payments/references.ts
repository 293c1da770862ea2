/**
 * What a provider and its webhooks call an attempt: `hf_<mark>_<attempt id>`. The mark is this installation's, so that other sales of the same
 * merchant (and another Holdfast on the same account) are told apart from ours.
 */
export function paymentReference(mark: string, attemptId: string): string {
  return `hf_${mark}_${attemptId}`;
}

/** The attempt a reference names, if it carries our mark. */
export function attemptOfReference(mark: string, reference: string | undefined): string | undefined {
  const ours = `hf_${mark}_`;
  return reference?.startsWith(ours) && reference.length > ours.length ? reference.slice(ours.length) : undefined;
}

/** One per attempt: the same call repeated with it has one effect. */
export function createKey(attemptId: string): string {
  return `create_${attemptId}`;
}
