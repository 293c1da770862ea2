import { useEffect } from 'preact/hooks';

/** Fills in the code as soon as its SMS arrives, where the browser can hand it over (WebOTP). Elsewhere the field's own autocompletion offers it. */
export function useIncomingCode(wanted: boolean, onCode: (code: string) => void): void {
  useEffect(() => {
    if (!wanted || !('OTPCredential' in window)) return;
    const leave = new AbortController();
    const options = { otp: { transport: ['sms'] }, signal: leave.signal } as CredentialRequestOptions;
    navigator.credentials.get(options).then(
      (found) => {
        const { code } = (found ?? {}) as { code?: string };
        if (code) onCode(code);
      },
      () => undefined, // refused or left: there is the field
    );
    return () => leave.abort();
  }, [wanted]);
}
