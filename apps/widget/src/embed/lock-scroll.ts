/** The page behind an open window stays where it is, and does not jump when its scrollbar goes. Answers how to let it go again. */
export function lockScroll(): () => void {
  const { style, clientWidth } = document.documentElement;
  const before = { overflow: style.overflow, padding: style.paddingInlineEnd };
  const bar = innerWidth - clientWidth;
  style.overflow = 'hidden';
  if (bar > 0) style.paddingInlineEnd = `${bar}px`;
  return () => {
    style.overflow = before.overflow;
    style.paddingInlineEnd = before.padding;
  };
}
