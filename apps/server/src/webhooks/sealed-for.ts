/** To which place an endpoint's secret belongs: sealed for one, it opens for no other. */
export function sealedFor(chainId: string, endpointId: string): string {
  return `webhook/${chainId}/${endpointId}`;
}
