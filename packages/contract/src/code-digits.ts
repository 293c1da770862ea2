/** The digits of what was typed or pasted: "123 456", "Code: 123456", and digits of other scripts. At most six. */
export function digitsOf(text: string): string {
  const latin = text.replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) % 16));
  return latin.replaceAll(/\D/g, '').slice(0, 6);
}
