const DOTS = '••••••';

export function hideCode(text: string, code: string): string {
  return text.replaceAll(code, DOTS);
}

/** For the demo's inbox, which is the telephone. */
export function showCode(text: string, code: string): string {
  return text.replaceAll(DOTS, code);
}
